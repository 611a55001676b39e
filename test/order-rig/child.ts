import { CommandError, handle } from '@waybill/contract/application';
import { createKernel, createLog } from '@waybill/kernel';
import { type Mark, markPack, putMark } from './mark.ts';
import { Store } from './store.ts';

/** What a process of the rig runs. */
export interface ChildOrder {
  readonly folder: string;
  readonly manifest: object;
}

process.once('disconnect', () => process.exit());
process.once('message', (order: ChildOrder) => void run(order));

async function run({ folder, manifest }: ChildOrder): Promise<void> {
  const store = new Store(folder);
  const handler = handle(putMark, (input, { messageId, attempt }) => {
    const mark = input as Mark;
    if (mark.fails === 'retry' && attempt < 3) throw new CommandError('WB_RIG_BUSY', 'Busy.', { retryable: true });
    if (mark.fails === 'park' && !store.isMended) throw new CommandError('WB_RIG_REFUSED', 'Refused.');
    store.put(messageId, mark);
  });
  let port: number | undefined;
  const write = (line: string) => {
    port = (JSON.parse(line) as { readonly port?: number }).port ?? port;
  };
  const kernel = createKernel({ manifest, folder, plugins: [markPack], handlers: [handler], log: createLog({ level: 'info', write }) });
  kernel.observe(({ outcome, id }) => {
    if (outcome === 'done') store.finish(id);
  });
  await kernel.start();
  process.send?.({ running: true, port });
}
