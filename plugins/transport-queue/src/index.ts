import { defineTransport } from '@waybill/contract';
import { warnOfWalFault } from '@waybill/sqlite';
import { QueueListener } from './queue-listener.ts';
import { QueueSender } from './queue-sender.ts';
import { openQueues } from './queues.ts';

export type { PutOptions } from './unit.ts';

import * as settings from './settings.ts';

export { errors } from './errors.ts';
export { type GetOptions, type OpenOptions, openQueues, type Queues, type SeenMessage } from './queues.ts';
export type { QueueUnit } from './unit.ts';
export type { NewMessage } from './wire.ts';

const aDay = 86_400_000;

export default defineTransport({
  name: 'queue',
  summary: 'Durable local queues in one SQLite file, with the meaning of IBM MQ.',
  connection: settings.queueFile,
  connect: (file, { log }) => {
    warnOfWalFault(log);
    return openQueues(file);
  },
  disconnect: (queues) => queues.close(),
  probe: async (queues) => void (await queues.depth('WAYBILL.PROBE')),
  receive: {
    endpoint: settings.source,
    guarantees: {
      transacted: true,
      ordered: 'per-endpoint',
      shared: true,
      exclusive: false,
      replies: 'addressed',
      waits: false,
      // The file holds a message back for any time. What waits for days is better seen in the journal.
      redelivers: { upTo: aDay },
      countsAttempts: true,
    },
    // Each message would go to one of two such entries, to whichever is faster.
    rules: { unique: ['queue'] },
    counterpart: settings.putterOf,
    open: async (queues, source, context) => new QueueListener(queues, source, context),
  },
  send: {
    endpoint: settings.target,
    // IBM MQ does not refuse a message id that it has seen before, and so do these queues.
    guarantees: { requestReply: true, deduplicates: false },
    counterpart: settings.takerOf,
    open: async (queues, target, context) => new QueueSender(queues, target, context),
  },
});
