import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type Message } from '@waybill/contract';
import { resolveSettings } from '@waybill/contract/host';
import { makeFolder, type Outside, type OutsideMessage, removeFolder, transportSuite } from '@waybill/testing';
import { keepThread } from '../../../test/house/kept-thread.ts';
import transport, { openQueues, type Queues } from '../src/index.ts';
import { lock, takeBackAll } from './helpers.ts';

keepThread();

/** In milliseconds. */
const lease = 1_000;

interface World extends Outside {
  readonly path: string;
  readonly lock: () => void;
  readonly unlock: () => void;
}

let made = 0;

function complete(message: OutsideMessage): Message {
  return { id: `outside-${++made}`, createdAt: Date.now(), properties: {}, ...message };
}

async function all(queues: Queues, queue: string): Promise<readonly Message[]> {
  return (await queues.browse(queue, { limit: 1_000 })).map(({ message }) => message);
}

/** Takes requests off a queue and answers them, until the queues are closed. */
async function serve(queues: Queues, queue: string, reply: Parameters<NonNullable<Outside['answer']>>[0]): Promise<void> {
  for (;;) {
    const unit = await queues.get(queue);
    const answer = unit && (await reply(unit.message));
    await unit?.commit(answer && complete(answer));
  }
}

async function prepare(): Promise<World> {
  const folder = await makeFolder();
  const path = join(folder, 'queues.db');
  const connection = { path, lease: `${lease}ms` };
  const outside = await openQueues(resolveSettings(transport.connection, connection, { folder }) as { path: string });
  let locked: ReturnType<typeof lock> | undefined;
  const unlock = (): void => {
    locked?.unlock();
    locked = undefined;
  };
  return {
    path,
    connection,
    inbound: { queue: 'SUITE.IN' },
    outbound: { queue: 'SUITE.OUT', replyQueue: 'SUITE.ANSWERS' },
    async put(message) {
      await outside.put('SUITE.IN', complete(message));
      return undefined;
    },
    taken: () => all(outside, 'SUITE.OUT'),
    replyTo: 'SUITE.REPLIES',
    replies: () => all(outside, 'SUITE.REPLIES'),
    async answer(reply) {
      void serve(outside, 'SUITE.OUT', reply).catch(() => undefined);
    },
    lock: () => {
      locked = lock(path);
    },
    unlock,
    async close() {
      unlock();
      await outside.close();
      await removeFolder(folder);
    },
  };
}

/** Makes the queue for replies hold as much as it may. */
function fillReplies(path: string): void {
  const db = new DatabaseSync(path, { timeout: 10_000 });
  db.exec(`INSERT INTO queue (name, depth) VALUES ('SUITE.REPLIES', 1000000) ON CONFLICT DO UPDATE SET depth = 1000000`);
  db.close();
}

transportSuite(
  transport,
  {
    prepare,
    card: new URL('../waybill.plugin.json', import.meta.url),
    module: new URL('../src/index.ts', import.meta.url),
    carries: ['id', 'type', 'contentType', 'correlationId', 'replyTo', 'properties', 'createdAt', 'priority', 'expiresAt', 'persistent'],
    lease,
    lateReplies: true,
    takeBack: async ({ path }) => takeBackAll(path),
    failSettlements: async (world) => world.lock(),
    repairSettlements: async (world) => world.unlock(),
    silence: async (world) => world.lock(),
    speak: async (world) => world.unlock(),
    refuseReplies: async ({ path }) => fillReplies(path),
  },
  { report: new URL('../node_modules/.waybill/suite.json', import.meta.url) },
);
