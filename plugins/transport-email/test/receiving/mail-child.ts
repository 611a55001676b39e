import { handle } from '@waybill/contract/application';
import journal from '@waybill/journal-sqlite';
import { createKernel, createLog, type Manifest } from '@waybill/kernel';
import { type Mark, markPack, putMark } from '../../../../test/order-rig/mark.ts';
import transport from '../../src/index.ts';
import { openEffects } from './mail-marks.ts';

/** What a process is told that works on mails until it is killed. */
export interface MailOrder {
  readonly folder: string;
  readonly manifest: Manifest;
}

async function run({ folder, manifest }: MailOrder): Promise<void> {
  const record = openEffects(folder).prepare('INSERT INTO effect (key, id, process) VALUES (?, ?, ?)');
  const handler = handle(putMark, async (input, { messageId }) => {
    record.run((input as Mark).key, messageId, process.pid);
  });
  const kernel = createKernel({
    manifest: { ...manifest, plugins: [] },
    folder,
    plugins: [markPack, journal, transport],
    handlers: [handler],
    log: createLog({ level: 'error', write: (line) => process.stderr.write(line) }),
  });
  await kernel.start();
  process.send?.('running');
}

process.once('disconnect', () => process.exit());
process.once('message', (order: MailOrder) => void run(order));
