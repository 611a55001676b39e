import type { ReceiveContext } from '@waybill/contract';
import type { MqHandle } from '../handle/handle.ts';
import { MqFailure } from '../handle/mq-failure.ts';
import { sleep } from './sleep.ts';

/** How often a queue is asked for that somebody else has open alone, in milliseconds. */
const every = 500;
const objectInUse = 2042;

/**
 * Opens the queue, once it is free: until then this listener stands by and says so. False when `stop` aborts first. Throws an `MqFailure`.
 * It belongs into `run`: opening has a time limit, and a standby may last for months.
 */
export async function openWhenFree(
  handle: MqHandle,
  { queue, how }: { readonly queue: string; readonly how: 'shared' | 'exclusive' },
  { tell }: Pick<ReceiveContext, 'tell'>,
  stop: AbortSignal,
): Promise<boolean> {
  let isStandingBy = false;
  while (!stop.aborted) {
    if (await isOpened(handle, queue, how)) {
      if (isStandingBy) tell('receiving');
      return true;
    }
    if (!isStandingBy) tell('standing-by', `Somebody else has queue ${queue} open alone.`);
    isStandingBy = true;
    await sleep(every, stop);
  }
  return false;
}

/** False where somebody else has it. */
export async function isOpened(handle: MqHandle, queue: string, how: 'shared' | 'exclusive'): Promise<boolean> {
  try {
    await handle.open(queue, how);
    return true;
  } catch (failure) {
    if (failure instanceof MqFailure && failure.verb === 'open' && failure.reason === objectInUse) return false;
    throw failure;
  }
}
