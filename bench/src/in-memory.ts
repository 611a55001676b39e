import { handle } from '@waybill/contract/application';
import { createKernel } from '@waybill/kernel';
import { memoryJournalPlugin, memoryTransport, silentLog } from '@waybill/testing';
import { command, pack } from './nothing.ts';

/** How many messages wait on the queue at a time: enough to keep the kernel busy, few enough to stay young. */
const batch = 1_000;

/** Messages a second through the whole inbound way of a kernel, on in-memory queues and the in-memory journal. */
export async function inMemoryRate(messages: number): Promise<number> {
  const memory = memoryTransport();
  const done = Promise.withResolvers<void>();
  let handled = 0;
  const kernel = createKernel({
    manifest: {
      plugins: [],
      journal: { use: 'memory' },
      connections: { local: { transport: 'memory' } },
      inbound: { bench: { connection: 'local', queue: 'IN', concurrency: 100 } },
    },
    plugins: [memory.transport, memoryJournalPlugin, pack],
    handlers: [
      handle(command, () => {
        handled++;
        if (handled === messages) done.resolve();
        else if (handled % batch === 0) feed();
      }),
    ],
    log: silentLog,
  });
  await kernel.start();
  const body = new Uint8Array(200);
  const since = performance.now();
  let fed = 0;
  const feed = () => {
    for (const end = Math.min(fed + batch, messages); fed < end; fed++) memory.put('IN', { id: `message-${fed}`, body });
  };
  feed();
  await done.promise;
  const took = performance.now() - since;
  await kernel.stop();
  return (messages / took) * 1000;
}
