import { type Outside, transportSuite } from '@waybill/testing';
import { MqConnection } from '../src/connection.ts';
import { mqTransport } from '../src/transport.ts';
import { type FakeHandle, fakeHandles } from './fake/handle.ts';
import { FakeQueueManager, reason } from './fake/queue-manager.ts';
import { putOf, seen } from './outside.ts';

interface World extends Outside {
  readonly manager: FakeQueueManager;
  readonly handles: readonly FakeHandle[];
}

/** The queue manager of the question that is asked at the moment: the definition of a transport is one for all of them. */
let world: { readonly manager: FakeQueueManager; readonly open: ReturnType<typeof fakeHandles>['open'] } | undefined;
const transport = mqTransport((options, signal) => {
  if (!world) throw new Error('there is no queue manager yet');
  return world.open(options, signal);
});

async function prepare(): Promise<World> {
  const manager = new FakeQueueManager();
  for (const name of ['SUITE.IN', 'SUITE.OUT', 'SUITE.OUT.REPLY', 'SUITE.REPLIES']) manager.define(name, { backoutQueue: 'SUITE.BACKOUT' });
  manager.define('SUITE.BACKOUT');
  const { open, opened } = fakeHandles(manager);
  world = { manager, open };
  const all = (queue: string) => manager.queue(queue).messages.map(seen);
  const over = new AbortController();
  return {
    manager,
    handles: opened,
    connection: { queueManager: 'QM1', server: 'environment' },
    inbound: { queue: 'SUITE.IN', limit: '2MB' },
    outbound: { queue: 'SUITE.OUT' },
    async put(message) {
      manager.store(putOf('SUITE.IN', message));
      return undefined;
    },
    taken: async () => all('SUITE.OUT'),
    replyTo: 'SUITE.REPLIES',
    replies: async () => all('SUITE.REPLIES'),
    async answer(reply) {
      void (async () => {
        while (!over.signal.aborted) {
          const next = manager.next('SUITE.OUT');
          if (!next) await manager.changed(over.signal);
          else {
            next.holder = world;
            const answer = await reply(seen(next));
            const to = next.replyTo?.queue ?? '';
            if (answer) manager.store({ ...putOf(to, answer), kind: 'reply', correlId: next.msgId });
          }
        }
      })();
    },
    close: async () => over.abort(),
  };
}

function breakAll({ manager, handles }: World): void {
  manager.isReachable = false;
  for (const handle of handles) handle.breakNow();
}

transportSuite(transport, {
  prepare,
  card: new URL('../waybill.plugin.json', import.meta.url),
  abandon: async (connection) => (connection as MqConnection).close(),
  carries: ['id', 'type', 'contentType', 'correlationId', 'replyTo', 'properties', 'createdAt', 'priority', 'expiresAt', 'persistent'],
  lateReplies: true,
  putOversized: async ({ manager }) => manager.store(putOf('SUITE.IN', { body: new Uint8Array(3 * 1024 ** 2) })),
  putReport: async ({ manager }, { about }) =>
    manager.store({ ...putOf('SUITE.IN', { body: new Uint8Array(0), correlationId: about }), kind: 'report' }, { feedback: 'refused' }),
  breakConnection: async (one) => breakAll(one),
  repairConnection: async ({ manager }) => void (manager.isReachable = true),
  failSettlements: async ({ manager }) => void (manager.commitTrouble = 'backed-out'),
  repairSettlements: async ({ manager }) => void (manager.commitTrouble = 'none'),
  refuseReplies: async ({ manager }) => void (manager.queue('SUITE.REPLIES').maxDepth = 0),
  unreachable: async ({ manager, connection, outbound = {} }) => {
    manager.isReachable = false;
    return { connection, outbound };
  },
  hanging: async ({ manager, connection }) => {
    manager.isHanging = true;
    return connection;
  },
  silence: async ({ manager }) => void (manager.commitTrouble = 'silent-after'),
  speak: async ({ manager }) => void (manager.commitTrouble = 'none'),
  refuse: async ({ manager }) => void (manager.refusesPuts = reason.tooLarge),
  loseAnswer: async ({ manager }) => void (manager.commitTrouble = 'cut-after'),
});
