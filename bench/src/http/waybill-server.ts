import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commands } from '@waybill/commerce';
import { handle } from '@waybill/contract/application';
import { createKernel } from '@waybill/kernel';
import { freePort } from '../free-port.ts';
import { serve } from './serve.ts';

/** The whole way: express, strict XML, validation, a handler, and the done mark on the disk before the answer. */
const data = mkdtempSync(join(tmpdir(), 'waybill-bench-'));
const port = await freePort();
const kernel = createKernel({
  folder: new URL('../..', import.meta.url).pathname,
  manifest: {
    plugins: ['@waybill/journal-sqlite', '@waybill/transport-http', '@waybill/pack-fulfillment'],
    journal: { use: 'sqlite', path: join(data, 'journal.db') },
    connections: { web: { transport: 'http', listen: { port } } },
    inbound: { messages: { connection: 'web', path: '/messages', auth: 'none', credentials: 'ignore', concurrency: 64 } },
    log: { level: 'warn' },
  },
  handlers: commands.map((command) => handle(command, () => undefined as never)),
});
await kernel.start();
serve(`http://127.0.0.1:${port}/messages`, async () => {
  await kernel.stop({ grace: 1_000 });
  rmSync(data, { recursive: true, force: true });
});
