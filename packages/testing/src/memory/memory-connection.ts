import { type Message, TransportError, type UnitOfWork } from '@waybill/contract';
import { errors } from '../errors.ts';
import type { MemoryQueues } from './memory-queues.ts';

interface Unit extends UnitOfWork {
  readonly sends: { readonly queue: string; readonly message: Message }[];
}

/** What a connection has to know of its listeners. */
interface Receiving {
  /** Gives back what is in hand and ends. */
  abandon(reason: Error): void;
}

/** One user of the shared queues. */
export class MemoryConnection {
  readonly listeners = new Set<Receiving>();
  readonly queues: MemoryQueues;
  /** Why the connection cannot be used any more. */
  lost: TransportError | undefined;

  constructor(queues: MemoryQueues) {
    this.queues = queues;
    queues.connections.add(this);
  }

  put(queue: string, message: Message): void {
    this.queues.put(queue, message);
  }

  newUnit(): UnitOfWork {
    const unit: Unit = { connection: this, sends: [] };
    return unit;
  }

  putWith(unit: UnitOfWork, queue: string, message: Message): void {
    (unit as Unit).sends.push({ queue, message });
  }

  commit(unit: UnitOfWork): void {
    for (const { queue, message } of (unit as Unit).sends) this.put(queue, message);
  }

  /** Ends the connection. What is still in hand goes back to its queue. */
  end(): void {
    this.lost ??= new TransportError('WB_MEMORY_LOST', 'The connection to the queues in memory is gone.', {
      connectionLost: true,
      hint: errors.WB_MEMORY_LOST.remedy,
    });
    this.queues.connections.delete(this);
    for (const listener of this.listeners) listener.abandon(this.lost);
  }
}
