import { defineTransport, type Message, type Report, type Settlement, settings, type TransportDefinition, Type } from '@waybill/contract';
import { systemClock } from '../../tools/clock.ts';
import { eventually } from '../../tools/eventually.ts';
import { MemoryConnection } from './connection.ts';
import { transportErrors } from './errors.ts';
import { MemoryListener } from './listener.ts';
import { guaranteesOf, type MemoryTransportOptions } from './options.ts';
import { MemoryQueues, type QueueTrouble } from './queues.ts';
import { MemorySender } from './sender.ts';

const connection = settings({});
const queue = (description: string) => Type.String({ minLength: 1, description, examples: ['ORDERS'] });
const source = settings({ queue: queue('The queue to read from. It need not exist.') });
const target = settings({
  queue: queue('The queue to write to. It need not exist.'),
  also: Type.Optional(Type.Array(Type.String(), { description: 'More queues that get each message. Each queue is a recipient then.' })),
});

export type MemoryTransport = TransportDefinition<typeof connection, MemoryConnection, typeof source, typeof target>;

/** A message as a test puts it. What is left out is made up: an id, the time, no properties. */
export type PutMessage = Partial<Omit<Message, 'body'>> & { readonly body: Uint8Array | string };

export interface Memory {
  /** The definition, to be loaded by a kernel. */
  readonly transport: MemoryTransport;
  /** Makes a message arrive on a queue. */
  put(queue: string, message: PutMessage): Message;
  /** Makes a message arrive whose sender waits: resolves with its first settlement, which holds the reply. */
  exchange(queue: string, message: PutMessage): Promise<Settlement>;
  /** Makes news about something that was sent earlier arrive on a queue. It comes again until it is recorded. */
  report(queue: string, report: Report): void;
  /** Takes the next message from a queue; waits for it up to `within` milliseconds (default 10,000). */
  take(queue: string, within?: number): Promise<Message>;
  /** Takes everything that is on a queue now. */
  takeAll(queue: string): readonly Message[];
  /** How many messages are on a queue. What is in the hands of a listener does not count. */
  size(queue: string): number;
  /** Hands everything that is put into a queue from now on to `sink`. Ends with the function that comes back. */
  divert(queue: string, sink: (message: Message) => void): () => void;
  /**
   * What becomes of messages that are sent to a queue from now on: they are not taken (`not-sent`), not wanted (`refused`), taken
   * with an error (`unknown`), or taken without a word until the time of the send is over (`silent`). Undefined repairs it.
   */
  trouble(queue: string, trouble: QueueTrouble | undefined): void;
  /** Makes the settlements of a queue fail from now on: listeners end with an error, and what they had in hand comes again. */
  failSettlements(queue: string, fail: boolean): void;
  /** Lets attempts to connect go unanswered until their time is over. */
  hang(hangs: boolean): void;
  /** Takes back what listeners have in hand of a queue, as when a lock runs out: the deliveries are lost, the messages come again. */
  takeBack(queue: string): void;
  /** Cuts every connection: listeners end with a lost connection, what was in hand goes back to its queue. */
  breakConnections(): void;
}

const none = {};

/**
 * A transport whose queues are in the memory of this process: every call makes a transport with queues of its own, which
 * all its connections share. For tests and measurements; nothing survives the process.
 */
export function memoryTransport(options: MemoryTransportOptions = {}): Memory {
  const { clock = systemClock } = options;
  const queues = new MemoryQueues(clock);
  let ids = 0;
  // What was given as undefined stays so: it is missing on the wire.
  const complete = (message: PutMessage): Message => {
    const { body, properties = none } = message;
    const id = 'id' in message ? message.id : `memory-${++ids}`;
    const createdAt = 'createdAt' in message ? message.createdAt : (options.clock?.now() ?? Date.now());
    return { ...message, id, createdAt, properties, body: typeof body === 'string' ? Buffer.from(body) : body };
  };
  return {
    transport: define(options, queues),
    put(name, message) {
      const made = complete(message);
      queues.put(name, made);
      return made;
    },
    exchange: (name, message) => new Promise((told) => queues.of(name).put(complete(message), { told })),
    report: (name, report) => queues.of(name).put(complete({ body: '' }), { report }),
    async take(name, within) {
      const entry = await eventually(() => queues.of(name).take(), { what: `a message on the queue "${name}"`, within });
      return entry.message;
    },
    takeAll(name) {
      const all: Message[] = [];
      for (let entry = queues.of(name).take(); entry; entry = queues.of(name).take()) all.push(entry.message);
      return all;
    },
    size: (name) => queues.of(name).size,
    divert: (name, sink) => queues.divert(name, sink),
    trouble: (name, trouble) => queues.setTrouble(name, trouble),
    failSettlements(name, fail) {
      if (fail) queues.unsettled.add(name);
      else queues.unsettled.delete(name);
    },
    hang(hangs) {
      queues.hangs = hangs;
    },
    takeBack(name) {
      for (const user of queues.users) user.giveBack(queues.of(name));
    },
    breakConnections() {
      for (const user of queues.users) user.end();
    },
  };
}

function define(options: MemoryTransportOptions, queues: MemoryQueues): MemoryTransport {
  const treatment = { guarantees: guaranteesOf(options), giveUpAfter: options.giveUpAfter };
  return defineTransport({
    name: options.name ?? 'memory',
    summary: 'Keeps queues in the memory of one process, for tests.',
    connection,
    async connect(_, { signal }) {
      if (queues.hangs) await silence(signal);
      return new MemoryConnection(queues);
    },
    disconnect: async (memory) => memory.end(),
    receive: {
      endpoint: source,
      guarantees: treatment.guarantees,
      counterpart: (_, { queue }) => ({ connection: {}, endpoint: { queue } }),
      async open(memory, endpoint, context) {
        const listener = new MemoryListener(memory, endpoint.queue, context, treatment);
        return options.waits ? { run: (deliver, stop) => listener.run(deliver, stop) } : listener;
      },
    },
    send: {
      endpoint: target,
      guarantees: { requestReply: true, deduplicates: false },
      counterpart: (_, { queue }) => ({ connection: {}, endpoint: { queue } }),
      open: async (memory, { queue: first, also = [] }, { late }) => new MemorySender(memory, [first, ...also], late),
    },
  });
}

/** Waits until the time for connecting is over. */
function silence(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const end = (): void => reject(transportErrors.WB_MEMORY_TIMEOUT('Nobody answered who was connected to.'));
    if (signal.aborted) end();
    signal.addEventListener('abort', end, { once: true });
  });
}
