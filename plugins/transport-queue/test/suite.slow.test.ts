import { join } from 'node:path';
import { type Message, resolveSettings } from '@waybill/contract';
import { makeFolder, type Outside, type OutsideMessage, removeFolder, transportSuite } from '@waybill/testing';
import transport, { openQueues, type Queues } from '../src/index.ts';

let made = 0;

function complete(message: OutsideMessage): Message {
  return { id: `outside-${++made}`, properties: {}, ...message };
}

async function all(queues: Queues, queue: string): Promise<readonly Message[]> {
  return (await queues.browse(queue, { limit: 1_000 })).map(({ message }) => message);
}

/** Takes requests off a queue and answers them, until the queues are closed. */
async function serve(queues: Queues, queue: string, reply: (request: OutsideMessage) => OutsideMessage | undefined): Promise<void> {
  for (;;) {
    const unit = await queues.get(queue);
    const answer = unit && reply(unit.message);
    await unit?.commit(answer && complete(answer));
  }
}

async function prepare(): Promise<Outside> {
  const folder = await makeFolder();
  const connection = { path: join(folder, 'queues.db') };
  const outside = await openQueues(resolveSettings(transport.connection, connection, { folder }) as { path: string });
  return {
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
    async close() {
      await outside.close();
      await removeFolder(folder);
    },
  };
}

transportSuite(transport, {
  prepare,
  card: new URL('../waybill.plugin.json', import.meta.url),
  module: new URL('../src/index.ts', import.meta.url),
  carries: ['id', 'type', 'contentType', 'correlationId', 'replyTo', 'properties'],
});
