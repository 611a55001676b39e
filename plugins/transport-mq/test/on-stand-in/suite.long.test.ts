import { setTimeout as pause } from 'node:timers/promises';
import { type Outside, transportSuite } from '@waybill/testing';
import { describe } from 'vitest';
import { idOfText } from '../../src/headers/ids.ts';
import transport from '../../src/index.ts';
import { hasStandIn } from '../stand-in/library.ts';
import { type QueueManager, startQueueManager } from '../stand-in/queue-manager.ts';
import { given, seen } from './outside.ts';

/** Each question has queues of its own. */
interface World extends Outside {
  readonly in: string;
  readonly out: string;
}

let running: Promise<QueueManager> | undefined;
let number = 0;

/** One queue manager serves all questions. */
async function queueManager(): Promise<QueueManager> {
  running ??= startQueueManager({ sync: false, maxMsgLength: 8 * 1024 ** 2 });
  const qm = await running;
  Object.assign(process.env, qm.env);
  return qm;
}

async function prepare(): Promise<World> {
  const qm = await queueManager();
  await qm.clearFaults();
  const name = `SUITE.${++number}`;
  const names = {
    in: `${name}.IN`,
    out: `${name}.OUT`,
    answers: `${name}.OUT.REPLY`,
    replies: `${name}.REPLIES`,
    backout: `${name}.BACKOUT`,
  };
  for (const queue of Object.values(names))
    await qm.define(queue, { type: 'local', maxMsgLength: 8 * 1024 ** 2, backoutQueue: names.backout });
  const over = new AbortController();
  const all = async (queue: string) => (await qm.browse(queue)).map(seen);
  return {
    ...names,
    connection: { queueManager: 'QM1', server: { hosts: ['localhost(1414)'], channel: 'SUITE.SVRCONN' }, application: name },
    inbound: { queue: names.in, limit: '2MB' },
    outbound: { queue: names.out },
    async put(message) {
      await qm.put(names.in, given(message));
      return undefined;
    },
    taken: () => all(names.out),
    replyTo: names.replies,
    replies: () => all(names.replies),
    async answer(reply) {
      void (async () => {
        while (!over.signal.aborted) {
          for (const request of await qm.take(names.out)) {
            const answer = await reply(seen(request));
            const to = request.descriptor.ReplyToQ.trimEnd();
            if (answer) await qm.put(to, withDescriptor(given(answer), { MsgType: 2, CorrelId: request.descriptor.MsgId }));
          }
          await pause(5);
        }
      })().catch(() => undefined);
    },
    close: async () => {
      over.abort();
    },
  };
}

function withDescriptor(message: ReturnType<typeof given>, descriptor: NonNullable<ReturnType<typeof given>['descriptor']>) {
  return { ...message, descriptor: { ...message.descriptor, ...descriptor } };
}

const often = 1_000;

describe.runIf(hasStandIn('the transport was not run on the real package'))('on the real package', () => {
  transportSuite(
    transport,
    {
      prepare,
      card: new URL('../../waybill.plugin.json', import.meta.url),
      module: new URL('../../src/index.ts', import.meta.url),
      carries: ['id', 'type', 'contentType', 'correlationId', 'replyTo', 'properties', 'createdAt', 'priority', 'expiresAt', 'persistent'],
      lateReplies: true,
      // Each connection is a process that has to be started, maybe on a busy machine.
      patience: 30_000,
      prompt: 600,
      putOversized: async (world) => (await queueManager()).put(world.in, given({ body: new Uint8Array(3 * 1024 ** 2) })),
      putReport: async (world, { about }) => {
        const message = given({ body: new Uint8Array(0), correlationId: about });
        await (await queueManager()).put(world.in, withDescriptor(message, { MsgType: 4, Feedback: 276, CorrelId: idOfText(about) }));
      },
      breakConnection: async () => (await queueManager()).end(),
      repairConnection: async () => (await queueManager()).start(),
      failSettlements: async (world) =>
        (await queueManager()).fault({ verb: 'CMIT', queue: world.in, times: often, act: { reason: 2003 } }),
      repairSettlements: async () => (await queueManager()).clearFaults(),
      refuseReplies: async ({ replyTo = '' }) => (await queueManager()).define(replyTo, { type: 'local', putInhibited: true }),
      unreachable: async ({ connection, outbound = {} }) => ({
        connection: { ...connection, server: { hosts: ['nowhere(1414)'], channel: 'SUITE.SVRCONN' } },
        outbound,
      }),
      hanging: async ({ connection }) => {
        await (await queueManager()).fault({ verb: 'CONNX', times: often, act: { silence: 'before' } });
        return connection;
      },
      silence: async (world) => (await queueManager()).fault({ verb: 'CMIT', queue: world.out, times: often, act: { silence: 'after' } }),
      speak: async () => (await queueManager()).clearFaults(),
      refuse: async (world) => (await queueManager()).fault({ verb: 'PUT', queue: world.out, times: often, act: { reason: 2030 } }),
      loseAnswer: async (world) => (await queueManager()).fault({ verb: 'CMIT', queue: world.out, times: often, act: { cut: 'after' } }),
    },
    { report: new URL('../../node_modules/.waybill/suite.json', import.meta.url) },
  );
});
