import type { MqConnection } from '../connection.ts';
import { errorOf } from '../handle/error-of.ts';
import type { MqHandle, QueueFacts } from '../handle/handle.ts';
import { isOpened } from './standby.ts';

/** The largest message that MQ has: one that is larger than the limit is taken whole, so that it can be copied whole. */
const largestMessage = 100 * 1024 ** 2;

/** A queue to get from. */
export interface Input {
  readonly handle: MqHandle;
  /** False while somebody else has the queue open alone. */
  readonly isOpen: boolean;
  readonly facts: QueueFacts | undefined;
  readonly maxMessage: number;
}

/** Connects and tries the queue: name and rights are better asked here than when the first message is awaited. Throws a `TransportError`. */
export async function openInput(connection: MqConnection, queue: string, how: 'shared' | 'exclusive', signal: AbortSignal): Promise<Input> {
  const handle = await connection.open(largestMessage, signal);
  const kill = (): void => handle.kill();
  signal.addEventListener('abort', kill, { once: true });
  try {
    const isOpen = await isOpened(handle, queue, how);
    return { handle, isOpen, facts: await handle.inquire(queue), maxMessage: largestMessage };
  } catch (failure) {
    await handle.close();
    throw errorOf(failure, `Queue ${queue} cannot be got from`, { opening: true });
  } finally {
    signal.removeEventListener('abort', kill);
  }
}
