import { handle } from '@waybill/contract/application';
import journal from '@waybill/journal-sqlite';
import { createKernel, createLog, type Manifest } from '@waybill/kernel';
import { type Mark, markPack, markSet, putMark } from '../../../test/order-rig/mark.ts';
import transport from '../src/index.ts';
import { openStore } from './store.ts';

/** What a process is told that works on messages until it is killed. */
export interface StoreOrder {
  readonly folder: string;
  readonly manifest: Manifest;
  /** A message whose handler ends the process. */
  readonly deadly?: string | undefined;
}

async function run({ folder, manifest, deadly }: StoreOrder): Promise<void> {
  const store = openStore(folder);
  const isKnown = store.prepare('SELECT 1 FROM effect WHERE id = ?');
  const record = store.prepare('INSERT INTO effect (id, process) VALUES (?, ?)');
  const handler = handle(putMark, async (input, context) => {
    const { messageId } = context;
    if (messageId === deadly) process.kill(process.pid, 'SIGKILL');
    // As an application does it that wants each effect once: the id is kept in one transaction with the effect.
    store.exec('BEGIN IMMEDIATE');
    if (!isKnown.get(messageId)) record.run(messageId, process.pid);
    store.exec('COMMIT');
    const { key, number } = input as Mark;
    if (manifest.routes) context.publish(markSet, { key, number });
  });
  const log = createLog({ level: 'error', write: (line) => process.stderr.write(line) });
  const kernel = createKernel({
    manifest: { ...manifest, plugins: [] },
    folder,
    plugins: [markPack, journal, transport],
    handlers: [handler],
    log,
  });
  await kernel.start();
  process.send?.('running');
}

process.once('disconnect', () => process.exit());
process.once('message', (order: StoreOrder) => void run(order));
