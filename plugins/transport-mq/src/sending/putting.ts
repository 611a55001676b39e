import type { Receipt, TransportError } from '@waybill/contract';
import { errors } from '../errors.ts';
import { errorOf, isLost } from '../handle/error-of.ts';
import type { MqPut } from '../handle/handle.ts';
import { textOfId } from '../headers/ids.ts';
import type { HandlePool } from './handle-pool.ts';

/** Puts a message and commits it, in a unit of its own. Throws a `TransportError` that says whether it may be there. */
export async function putThrough(pool: HandlePool, put: MqPut, signal: AbortSignal): Promise<Receipt> {
  const place = placeOf(put);
  const lent = await pool.take(signal).catch((error: unknown) => {
    throw signal.aborted ? givenUp(place) : error;
  });
  if (!lent) throw givenUp(place);
  // A call that blocks is ended by nothing else; the queue manager backs out what is not committed.
  const end = (): void => lent.handle.kill();
  if (signal.aborted) end();
  signal.addEventListener('abort', end, { once: true });
  let lost = true;
  try {
    const [id] = await lent.handle.commit([put]);
    lost = signal.aborted;
    return { id: id && textOfId(id), detail: place };
  } catch (failure) {
    lost = signal.aborted || isLost(failure);
    throw errorOf(failure, `The message cannot be put on ${place}`);
  } finally {
    signal.removeEventListener('abort', end);
    lent.release(lost);
  }
}

export function placeOf({ to: { queue, manager } }: Pick<MqPut, 'to'>): string {
  return manager === '' ? `queue ${queue}` : `queue ${queue} of ${manager}`;
}

/** The time was over before anything was put. */
export function givenUp(place: string): TransportError {
  return errors.WB_MQ_GIVEN_UP(`The time was over before the message could be put on ${place}.`);
}
