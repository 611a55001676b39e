import type { Message, TransportError } from '@waybill/contract';
import { transportErrors } from './errors.ts';
import type { MemoryQueue } from './queue.ts';
import type { MemoryQueues, QueueUser } from './queues.ts';

/** What a connection has to know of its listeners. */
interface Receiving {
  readonly queue: MemoryQueue;
  /** Gives back what is in hand. */
  giveBack(): void;
  /** Gives back what is in hand and ends. */
  abandon(reason: Error): void;
}

/** One user of the shared queues. */
export class MemoryConnection implements QueueUser {
  readonly listeners = new Set<Receiving>();
  readonly queues: MemoryQueues;
  /** Why the connection cannot be used any more. */
  lost: TransportError | undefined;

  constructor(queues: MemoryQueues) {
    this.queues = queues;
    queues.users.add(this);
  }

  /** Puts a message on a queue. Throws what the queue was told to fail with. */
  put(queue: string, message: Message): void {
    const trouble = this.queues.trouble(queue);
    if (trouble === 'not-sent' || trouble === 'refused') {
      throw transportErrors.WB_MEMORY_FAILED(`The queue ${queue} does not take messages.`, { retryable: trouble === 'not-sent' });
    }
    this.queues.put(queue, message);
    if (trouble === 'unknown') {
      throw transportErrors.WB_MEMORY_FAILED(`The queue ${queue} did not say whether it took a message.`, {
        retryable: true,
        outcome: 'unknown',
      });
    }
  }

  giveBack(queue: MemoryQueue): void {
    for (const listener of this.listeners) if (listener.queue === queue) listener.giveBack();
  }

  /** Ends the connection. What is still in hand goes back to its queue. */
  end(): void {
    this.lost ??= transportErrors.WB_MEMORY_LOST('The connection to the queues in memory is gone.', { connectionLost: true });
    this.queues.users.delete(this);
    for (const listener of this.listeners) listener.abandon(this.lost);
  }
}
