import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { eventually } from '@waybill/testing';
import { openQueues, type Queues } from '@waybill/transport-queue';
import { describe, expect, it, onTestFinished } from 'vitest';
import { folderWith, guides, plugins, root, start, waybill } from '../waybill.ts';

const pack = join(guides, 'pack-returns');
const contract = join(root, 'packages', 'contract', 'dist', 'application-author.js');

/** Refuses every return while there is no file `open` beside it; else accepts it. */
const app = `
  import { existsSync } from 'node:fs';
  import { CommandError, defineApplication, handle } from ${JSON.stringify(contract)};
  import { announceReturn } from ${JSON.stringify(join(pack, 'dist', 'index.js'))};
  export default defineApplication({ handlers: [handle(announceReturn, async () => {
    if (!existsSync('open')) throw new CommandError('APP_CLOSED', 'The shop is closed.');
    return { number: 'R-1' };
  })] });`;

async function running(accept: string) {
  const inbound = { notices: { connection: 'near', queue: 'IN', accept }, later: { connection: 'near', queue: 'LATER', accept } };
  const manifest = {
    plugins: [...plugins('transport-queue', 'journal-sqlite'), pack],
    app: './app.js',
    journal: { use: 'sqlite', path: './journal.db' },
    connections: { near: { transport: 'queue', path: './queues.db' } },
    inbound,
  };
  const folder = await folderWith({ 'waybill.json': manifest, 'app.js': app });
  const queues = await openQueues({ path: join(folder, 'queues.db') });
  onTestFinished(() => queues.close());
  const kernel = start(['run'], folder);
  await kernel.line('"running"');
  return { folder, queues, kernel };
}

const notice = `<Return_Notice version="1.0"><OrderNumber>10042</OrderNumber><Item sku="LAMP-3" quantity="2"/></Return_Notice>`;

function ask(queues: Queues): Promise<unknown> {
  return queues.put('IN', { id: 'q-1', body: Buffer.from(notice), replyTo: 'ASKER', properties: {} });
}

/** The next answer to the request in the queue of whoever asked. */
async function answer(queues: Queues, waitMs = 30_000): Promise<string | undefined> {
  const unit = await queues.get('ASKER', { waitMs });
  await unit?.commit();
  if (unit && unit.message.correlationId !== 'q-1') throw new Error(`An answer to ${unit.message.correlationId} came.`);
  return unit && new TextDecoder().decode(unit.message.body);
}

describe.each(['processed', 'stored'])('a request over a queue that was parked, where messages are accepted as %s', (accept) => {
  it.each([
    ['replayed', []],
    ['replayed to another entry', ['--to', 'later']],
  ])('gets its answer once it is %s, exactly once', async (_what, to) => {
    const { folder, queues, kernel } = await running(accept);
    await ask(queues);
    expect(await answer(queues)).toContain('APP_CLOSED');
    await writeFile(join(folder, 'open'), '');
    const { code, stdout } = await waybill(['messages', 'replay', '--all', ...to, '--yes', '--json'], { cwd: folder });
    expect([code, JSON.parse(stdout)]).toMatchObject([0, { changed: 1, replay: { state: 'done' } }]);
    expect(await answer(queues)).toContain('R-1');
    const rows = async () => (await waybill(['messages', 'list', '--json'], { cwd: folder })).stdout.trim().split('\n');
    const areDone = async () => (await rows()).every((line) => (JSON.parse(line) as { readonly state: string }).state === 'done');
    await eventually(areDone, { what: 'the message and its replies to be done', within: 30_000 });
    kernel.signal('SIGTERM');
    expect(await kernel.end()).toBe(0);
    // Everything that was to be sent has been.
    expect(await answer(queues, 0)).toBeUndefined();
  });
});
