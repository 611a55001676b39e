import type { Message, SendFailure } from '@waybill/contract';
import type { Clock } from '../../tools/clock.ts';
import { MemoryQueue } from './queue.ts';

/** Somebody who uses the queues. */
export interface QueueUser {
  /** Ends its connection as if it had been cut. */
  end(): void;
  /** Gives back what it has in hand of a queue, as when a lock runs out. */
  giveBack(queue: MemoryQueue): void;
}

/** What a test wants a queue to do with what is sent to it: to say nothing at all, or to fail. */
export type QueueTrouble = SendFailure | 'silent';

/** All queues of one in-memory transport, by name. A queue comes into being when somebody names it. */
export class MemoryQueues {
  /** Those who use the queues at the moment. */
  readonly users = new Set<QueueUser>();
  readonly #queues = new Map<string, MemoryQueue>();
  /** What takes the messages of a queue as they come, by the name of the queue. */
  readonly #sinks = new Map<string, (message: Message) => void>();
  readonly #troubles = new Map<string, QueueTrouble>();
  /** Queues whose settlements fail. */
  readonly unsettled = new Set<string>();
  /** Attempts to connect are not answered. */
  hangs = false;
  #names = 0;
  readonly clock: Clock;

  constructor(clock: Clock) {
    this.clock = clock;
  }

  of(name: string): MemoryQueue {
    let queue = this.#queues.get(name);
    if (queue === undefined) {
      queue = new MemoryQueue(this.clock);
      this.#queues.set(name, queue);
    }
    return queue;
  }

  put(name: string, message: Message): void {
    const sink = this.#sinks.size > 0 ? this.#sinks.get(name) : undefined;
    if (sink) sink(message);
    else this.of(name).put(message);
  }

  /** A name that no other queue has. */
  newName(purpose: string): string {
    return `${purpose}#${++this.#names}`;
  }

  /** What is put into the queue from now on goes to `sink` and nowhere else. Ends with the function that comes back. */
  divert(name: string, sink: (message: Message) => void): () => void {
    this.#sinks.set(name, sink);
    return () => {
      this.#sinks.delete(name);
    };
  }

  trouble(name: string): QueueTrouble | undefined {
    return this.#troubles.size > 0 ? this.#troubles.get(name) : undefined;
  }

  setTrouble(name: string, trouble: QueueTrouble | undefined): void {
    if (trouble === undefined) this.#troubles.delete(name);
    else this.#troubles.set(name, trouble);
  }
}
