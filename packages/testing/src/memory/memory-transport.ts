import { defineTransport, type Message, settings, type TransportDefinition, Type } from '@waybill/contract';
import { eventually } from '../eventually.ts';
import { MemoryConnection } from './memory-connection.ts';
import { MemoryListener } from './memory-listener.ts';
import { MemoryQueues } from './memory-queues.ts';
import { MemorySender } from './memory-sender.ts';

const connection = settings({});
const endpoint = settings({
  queue: Type.String({ minLength: 1, description: 'The queue to read from or to write to. It need not exist.', examples: ['ORDERS'] }),
});

export type MemoryTransport = TransportDefinition<typeof connection, MemoryConnection, typeof endpoint, typeof endpoint>;

export interface MemoryTransportOptions {
  /** The word for it in a manifest. Default `memory`. */
  readonly name?: string | undefined;
  /** Deliveries carry units of work, and sends join them. Default false. */
  readonly units?: boolean | undefined;
}

export interface Memory {
  /** The definition, to be loaded by a kernel. */
  readonly transport: MemoryTransport;
  /** Makes a message arrive on a queue. What is left out is made up: an id, no properties. */
  put(queue: string, message: Partial<Omit<Message, 'body'>> & { readonly body: Uint8Array | string }): Message;
  /** Takes the next message from a queue; waits for it up to `within` milliseconds (default 10,000). */
  take(queue: string, within?: number): Promise<Message>;
  /** Takes everything that is on a queue now. */
  takeAll(queue: string): readonly Message[];
  /** How many messages are on a queue. What is in the hands of a listener does not count. */
  size(queue: string): number;
  /** Hands everything that is put into a queue from now on to `sink`. Ends with the function that comes back. */
  divert(queue: string, sink: (message: Message) => void): () => void;
  /** Cuts every connection: listeners end with a lost connection, what was in hand goes back to its queue. */
  breakConnections(): void;
}

/**
 * A transport whose queues are in the memory of this process: every call makes a transport with queues of its own, which
 * all its connections share. For tests and measurements; nothing survives the process.
 */
export function memoryTransport({ name = 'memory', units = false }: MemoryTransportOptions = {}): Memory {
  const queues = new MemoryQueues();
  let ids = 0;
  return {
    transport: define(name, queues, units),
    put(queue, { body, ...rest }) {
      const bytes = typeof body === 'string' ? Buffer.from(body) : body;
      const message: Message = { id: `memory-${++ids}`, properties: {}, ...rest, body: bytes };
      queues.put(queue, message);
      return message;
    },
    async take(queue, within) {
      const entry = await eventually(() => queues.of(queue).take(), { what: `a message on the queue "${queue}"`, within });
      return entry.message;
    },
    takeAll(queue) {
      const all: Message[] = [];
      for (let entry = queues.of(queue).take(); entry; entry = queues.of(queue).take()) all.push(entry.message);
      return all;
    },
    size: (queue) => queues.of(queue).size,
    divert: (queue, sink) => queues.divert(queue, sink),
    breakConnections() {
      for (const open of queues.connections) open.end();
    },
  };
}

function define(name: string, queues: MemoryQueues, units: boolean): MemoryTransport {
  return defineTransport({
    name,
    summary: 'Keeps queues in the memory of one process, for tests.',
    connection,
    connect: async () => new MemoryConnection(queues),
    disconnect: async (memory) => memory.end(),
    receive: {
      endpoint,
      guarantees: {
        transacted: units ? 'receive-and-send' : 'receive',
        ordered: 'per-endpoint',
        replies: 'addressed',
        redelivers: true,
        countsAttempts: true,
      },
      open: async (memory, { queue }, { concurrency }) => new MemoryListener(memory, queues.of(queue), concurrency, units),
    },
    send: {
      endpoint,
      guarantees: { requestReply: true, joinsUnits: units, deduplicates: false },
      open: async (memory, { queue }) => new MemorySender(memory, queue),
    },
  });
}
