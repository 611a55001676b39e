import type { Message } from '@waybill/contract';
import { MemoryQueue } from './memory-queue.ts';

/** All queues of one in-memory transport, by name. A queue comes into being when somebody names it. */
export class MemoryQueues {
  /** Those who use the queues at the moment. */
  readonly connections = new Set<{ end(): void }>();
  readonly #queues = new Map<string, MemoryQueue>();
  /** Whoever consumes a queue on the spot, by the name of the queue. */
  readonly #sinks = new Map<string, (message: Message) => void>();
  #names = 0;

  of(name: string): MemoryQueue {
    let queue = this.#queues.get(name);
    if (queue === undefined) {
      queue = new MemoryQueue();
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
}
