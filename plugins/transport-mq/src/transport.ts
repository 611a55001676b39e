import { defineTransport } from '@waybill/contract';
import { MqConnection } from './connection.ts';
import { putterOf, takerOf } from './counterpart.ts';
import { errorOf } from './handle/error-of.ts';
import type { OpenHandle } from './handle/handle.ts';
import { headerRoom } from './headers/room.ts';
import { openInput } from './receiving/input.ts';
import { MqListener } from './receiving/mq-listener.ts';
import { MqSender } from './sending/mq-sender.ts';
import * as settings from './settings.ts';

/** How long a probe may take, in milliseconds. */
const probeWithin = 14_000;

/** How long a unit of work is held back for a retry, in milliseconds. What waits longer the kernel keeps. */
const holdsFor = 5_000;

/** The transport over whatever opens handles. */
export function mqTransport(openHandle: OpenHandle) {
  return defineTransport({
    name: 'mq',
    summary: 'Receives and sends messages over IBM MQ.',
    connection: settings.queueManager,
    connect: async (queueManager) => new MqConnection(queueManager, openHandle),
    disconnect: (connection) => connection.close(),
    probe: async (connection) => {
      const handle = await connection.open(headerRoom, AbortSignal.timeout(probeWithin));
      await handle.close();
    },
    receive: {
      endpoint: settings.source,
      guarantees: {
        transacted: true,
        ordered: 'per-endpoint',
        shared: true,
        exclusive: true,
        replies: 'addressed',
        waits: false,
        // A unit that is held keeps its place in the log of the queue manager, and a handle.
        redelivers: { upTo: holdsFor },
        countsAttempts: true,
      },
      // Each message would go to one of two such entries, to whichever is faster.
      rules: { unique: ['queue'] },
      probe: async (connection, { queue }) => {
        const { handle } = await openInput(connection, queue, 'shared', AbortSignal.timeout(probeWithin));
        await handle.close();
      },
      counterpart: putterOf,
      open: (connection, source, context) => MqListener.open(connection, source, context),
    },
    send: {
      endpoint: settings.target,
      // MQ does not refuse a message id that it has seen before.
      guarantees: { requestReply: true, deduplicates: false },
      probe: async (connection, { queue, manager = '' }) => {
        const handle = await connection.open(headerRoom, AbortSignal.timeout(probeWithin));
        try {
          await handle.check({ queue, manager });
        } catch (failure) {
          throw errorOf(failure, `Queue ${queue} cannot be put to`, { opening: true });
        } finally {
          await handle.close();
        }
      },
      counterpart: takerOf,
      open: (connection, target, context) => MqSender.open(connection, target, context),
    },
  });
}
