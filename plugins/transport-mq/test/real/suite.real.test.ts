import { setTimeout as pause } from 'node:timers/promises';
import { type Outside, type OutsideMessage, transportSuite } from '@waybill/testing';
import { describe } from 'vitest';
import { MqConnection } from '../../src/connection.ts';
import type { MqHandle, MqMessage } from '../../src/handle/handle.ts';
import { openHostHandle } from '../../src/handle/host-handle.ts';
import transport from '../../src/index.ts';
import { putOf, seen } from '../outside.ts';

// Against a queue manager that the environment names; the README says how one is started. Its queues are emptied.

const {
  WAYBILL_MQ_QUEUE_MANAGER: queueManager = 'QM1',
  WAYBILL_MQ_HOSTS: hosts,
  WAYBILL_MQ_CHANNEL: channel = 'DEV.APP.SVRCONN',
  WAYBILL_MQ_USER: user,
  WAYBILL_MQ_PASSWORD: password = '',
} = process.env;

const names = { in: 'DEV.QUEUE.1', out: 'DEV.QUEUE.2', replies: 'DEV.QUEUE.3' };
const connection = {
  queueManager,
  server: { hosts: (hosts ?? 'localhost(1414)').split(','), channel },
  ...(user === undefined ? {} : { credentials: { user, password } }),
};

/** Takes what comes to a queue, and keeps it. */
class Drain {
  readonly messages: OutsideMessage[] = [];
  readonly raw: MqMessage[] = [];
  readonly #handle: MqHandle;

  constructor(handle: MqHandle) {
    this.#handle = handle;
  }

  async all(): Promise<readonly OutsideMessage[]> {
    for (let got = await this.#next(); got; got = await this.#next()) {
      this.raw.push(got);
      this.messages.push(seen(got));
      await this.#handle.commit();
    }
    return this.messages;
  }

  close(): Promise<void> {
    return this.#handle.close();
  }

  #next(): Promise<MqMessage | undefined> {
    return this.#handle.get({ maxBytes: 10 * 1024 ** 2, waitMs: 0 });
  }
}

async function prepare(): Promise<Outside & { readonly queue: string; readonly send: (message: OutsideMessage) => Promise<void> }> {
  const own = new MqConnection({ ...connection, application: 'suite', heartbeat: 30_000, patience: 60_000 }, openHostHandle);
  const { signal } = new AbortController();
  const drainOf = async (queue: string): Promise<Drain> => {
    const handle = await own.open(100 * 1024 ** 2, signal);
    await handle.open(queue, 'shared');
    const drain = new Drain(handle);
    await drain.all();
    drain.messages.length = 0;
    drain.raw.length = 0;
    return drain;
  };
  // A queue that somebody else has open cannot be held alone.
  await (await drainOf(names.in)).close();
  const [out, replies, putter] = [await drainOf(names.out), await drainOf(names.replies), await own.open(100 * 1024 ** 2, signal)];
  const send = async (message: OutsideMessage): Promise<void> => void (await putter.commit([putOf(names.in, message)]));
  const over = new AbortController();
  return {
    queue: names.in,
    connection,
    inbound: { queue: names.in, limit: '2MB' },
    outbound: { queue: names.out, replyQueue: names.replies },
    send,
    async put(message) {
      await send(message);
      return undefined;
    },
    taken: () => out.all(),
    replyTo: names.replies,
    replies: () => replies.all(),
    async answer(reply) {
      void (async () => {
        for (let done = 0; !over.signal.aborted; await pause(10)) {
          await out.all();
          for (; done < out.messages.length; done++) {
            const [request, answer] = [out.raw[done], await reply(out.messages[done] as OutsideMessage)];
            if (answer) await putter.commit([{ ...putOf(request?.replyTo?.queue ?? '', answer), kind: 'reply', correlId: request?.msgId }]);
          }
        }
      })().catch(() => undefined);
    },
    async close() {
      over.abort();
      await own.close();
    },
  };
}

if (hosts === undefined) throw new Error('Set WAYBILL_MQ_HOSTS to where a queue manager is: see the README of transport-mq.');

describe('against a real queue manager', () => {
  transportSuite(transport, {
    prepare,
    module: new URL('../../src/index.ts', import.meta.url),
    carries: ['id', 'type', 'contentType', 'correlationId', 'properties', 'createdAt', 'priority', 'expiresAt', 'persistent'],
    lateReplies: true,
    // Each connection is a process that has to be started, maybe on a busy machine.
    patience: 30_000,
    prompt: 1_000,
    putOversized: async ({ send }) => send({ body: new Uint8Array(3 * 1024 ** 2) }),
    unreachable: async ({ outbound = {} }) => ({ connection: { ...connection, server: { hosts: ['localhost(1)'], channel } }, outbound }),
  });
});
