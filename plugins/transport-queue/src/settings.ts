import { bytes, type CounterpartEntry, duration, type NoCounterpart, path, type Static, settings, Type } from '@waybill/contract';

/** What IBM MQ accepts as the name of a queue (reference/ibm-mq.md; 48 characters). */
export const queueNamePattern = '^[A-Za-z0-9._/%]{1,48}$';

const queueName = (description: string) => Type.String({ description, pattern: queueNamePattern, examples: ['ORDERS.OUT'] });

export const queueFile = settings({
  path: path({
    description: 'The file that holds the queues. All processes on this machine that name it share them.',
    examples: ['./data/queues.db'],
  }),
  limit: bytes({ description: 'The largest body that is put on a queue.', default: '10MB' }),
  maxDepth: Type.Integer({ description: 'How many messages a queue may hold before it counts as full.', default: 100_000, minimum: 1 }),
  create: Type.Boolean({
    description: 'Whether a queue comes into being when it is first named. If not, an unknown name is an error.',
    default: true,
  }),
  lease: duration({
    description:
      'After what silence of another process its messages in hand are given to others. A process that has ended is noticed at once.',
    default: '3s',
  }),
});
export type QueueFile = Static<typeof queueFile>;

export const source = settings({
  queue: queueName('The queue to take messages from.'),
  inHandBytes: bytes({
    description:
      'How many bytes of messages may be in hand at the same time, beside `concurrency`. One message always may be, however large.',
    default: '32MB',
  }),
  replyQueues: Type.Optional(
    Type.Array(queueName('A queue that replies may go to.'), {
      description: 'The only queues that replies may go to, whatever a message asks for. Without it, every queue.',
    }),
  ),
});
export type Source = Static<typeof source>;

export const target = settings({
  queue: queueName('The queue to put messages on.'),
  replyQueue: Type.Optional(
    queueName('Where replies to requests are awaited. Nobody may listen to it. Without it, the name of the queue followed by ".REPLY".'),
  ),
  priority: Type.Integer({
    description: 'The priority of the messages: 9 is taken off the queue first.',
    default: 0,
    minimum: 0,
    maximum: 9,
  }),
  expiry: Type.Optional(
    duration({ description: 'How long a message may wait on the queue before it is discarded. Without it, for ever.' }),
  ),
});
export type Target = Static<typeof target>;

// The other side shares the file and names the same queues.

export function takerOf(file: QueueFile, { queue }: Target): CounterpartEntry {
  return { connection: shared(file), endpoint: { queue } };
}

export function putterOf(file: QueueFile, { queue, replyQueues }: Source): CounterpartEntry | NoCounterpart {
  // This side answers to no other queues than these.
  const replyQueue = replyQueues?.[0];
  if (replyQueues !== undefined && replyQueue === undefined) return { impossible: 'it may reply to no queue' };
  return { connection: shared(file), endpoint: { queue, ...(replyQueue === undefined ? {} : { replyQueue }) } };
}

function shared({ limit, lease, ...file }: QueueFile): CounterpartEntry['connection'] {
  return { ...file, limit: `${limit}B`, lease: `${lease}ms` };
}
