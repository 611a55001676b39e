import { setTimeout as pause } from 'node:timers/promises';
import { silentLog } from '@waybill/testing';
import { MqConnection } from '../../src/connection.ts';
import { openHostHandle } from '../../src/handle/host-handle.ts';
import { MqListener } from '../../src/receiving/mq-listener.ts';

// A process that answers what comes, over several connections, and opens everything anew when it is lost. It is killed in the end.
const [queue = '', application = ''] = process.argv.slice(2);
const settings = { queueManager: 'QM1', server: 'bindings', application, heartbeat: 30_000, patience: 5_000 } as const;
const source = { queue, limit: 100_000, identity: 'message-id', trustCcsid: true, rejected: 'removed' } as const;
const context = {
  name: 'rig',
  log: silentLog,
  signal: new AbortController().signal,
  folder: '/',
  concurrency: 3,
  order: 'parallel' as const,
  stateOf: async () => undefined,
  tell: () => undefined,
  report: async () => undefined,
  undeliverable: async () => undefined,
};

process.on('disconnect', () => process.exit());
for (;;) {
  const connection = new MqConnection(settings, openHostHandle);
  try {
    const listener = await MqListener.open(connection, source, context);
    await listener.run(async ({ message }) => {
      const reply = { id: crypto.randomUUID(), body: message.body, createdAt: Date.now(), contentType: 'text/plain', properties: {} };
      return { outcome: 'accepted', reply };
    }, context.signal);
  } catch {
    await pause(50);
  }
  await connection.close();
}
