import { existsSync } from 'node:fs';
import { readdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { eventually } from '@waybill/testing';
import { describe, expect, it } from 'vitest';
import { run } from '../../../../test/house/commands.ts';
import { bin, folderWith, guides, plugins, root, start, waybill } from '../waybill.ts';

const pack = join(guides, 'pack-returns');
const contract = join(root, 'packages', 'contract', 'dist', 'application-author.js');

const manifest = {
  plugins: [...plugins('transport-file', 'journal-sqlite'), pack],
  app: './app.js',
  journal: { use: 'sqlite', path: './data/journal.db' },
  connections: { desk: { transport: 'file', path: './exchange' }, files: { transport: 'file', path: './sent' } },
  inbound: { notices: { connection: 'desk', settle: '0ms' } },
  outbound: { refunds: { connection: 'files' } },
  routes: [{ event: 'return.approved', message: 'Return_Approval@1.0', to: ['refunds'] }],
};

/** Refuses every return while there is no file `open` beside it; else approves it. */
const app = `
  import { existsSync } from 'node:fs';
  import { CommandError, defineApplication, handle } from ${JSON.stringify(contract)};
  import { announceReturn, returnApproved } from ${JSON.stringify(join(pack, 'dist', 'index.js'))};
  export default defineApplication({ handlers: [handle(announceReturn, async ({ order }, context) => {
    if (!existsSync('open')) throw new CommandError('APP_CLOSED', 'The shop is closed.');
    context.publish(returnApproved, { number: order, amount: '10', currency: 'EUR' });
    return { number: 'R-1' };
  })] });`;

interface Row {
  readonly id: string;
  readonly state: string;
}

/** A folder in which the program runs the manifest, and looks after its messages beside that. */
class Place {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  static async make(): Promise<Place> {
    const place = new Place(await folderWith({ 'waybill.json': manifest, 'app.js': app }));
    return place;
  }

  async kernel() {
    const running = start(['run'], this.folder);
    await running.line('"running"');
    return running;
  }

  /** Puts a notice where the listener sees it, whole or not at all. */
  async announce(order: string): Promise<void> {
    const notice = `<Return_Notice version="1.0"><OrderNumber>${order}</OrderNumber><Item sku="LAMP-3" quantity="2"/></Return_Notice>`;
    await writeFile(join(this.folder, order), notice);
    await rename(join(this.folder, order), join(this.folder, 'exchange', `${order}.xml`));
  }

  open(): Promise<void> {
    return writeFile(join(this.folder, 'open'), '');
  }

  async does(...args: readonly string[]): Promise<string> {
    const { code, stdout, stderr } = await waybill(args, { cwd: this.folder });
    if (code === 0) return stdout;
    throw new Error(`waybill ${args.join(' ')} ended with ${code}: ${stdout}${stderr}`);
  }

  async rows(...args: readonly string[]): Promise<readonly Row[]> {
    const text = await this.does('messages', ...args, '--json');
    const lines = text.split('\n').filter((line) => line !== '');
    return lines.map((line) => JSON.parse(line) as Row);
  }

  /** Waits until the listing is so. */
  until(states: readonly string[], ...args: readonly string[]): Promise<boolean> {
    const isSo = async () => JSON.stringify((await this.rows(...args)).map(({ state }) => state)) === JSON.stringify(states);
    return eventually(isSo, { what: `${args.join(' ')} to be ${states.join(', ')}`, within: 30_000 });
  }

  async sent(): Promise<readonly string[]> {
    const folder = join(this.folder, 'sent');
    return existsSync(folder) ? (await readdir(folder)).filter((name) => !name.startsWith('.')) : [];
  }
}

describe('the program beside a running kernel', () => {
  it('sees what is parked, and replays it: the kernel works on it, and the trace shows what it caused', async () => {
    const place = await Place.make();
    const running = await place.kernel();
    await place.announce('10042');
    await running.line('APP_CLOSED');
    await place.until(['parked'], 'find', 'order=10042');
    await place.open();
    const [row] = await place.rows('list', '--state', 'parked', '--code', 'APP_CLOSED');
    await place.does('messages', 'replay', row?.id ?? '', '--yes', '--why', 'open again');
    await place.until(['done'], 'find', 'order=10042', '--in');
    await place.until(['done'], 'find', 'return=10042', '--out');
    expect(await place.does('messages', 'trace', row?.id ?? '')).toMatch(
      / {2}done {2}replayed 1 time, last by \S+ in replay 1\n└─ \S+Z {2}out {2}refunds {2}\S+ {2}Return_Approval@1\.0 {2}done\n$/,
    );
    expect(await place.sent()).toHaveLength(1);
    running.signal('SIGTERM');
    expect(await running.end()).toBe(0);
  });

  it('pauses an entry and resumes it, and shows both in the status', async () => {
    const place = await Place.make();
    await place.open();
    const running = await place.kernel();
    await place.does('pause', 'refunds', '--yes', '--why', 'a closed bank');
    await running.line('entry paused');
    await place.announce('10043');
    await place.until(['waiting'], 'list', '--out');
    const paused = async () => /\nout +refunds +paused +0 +1 /.test(await place.does('status'));
    await eventually(paused, { what: 'the status to say that it is paused', within: 30_000 });
    expect(await place.does('status')).toMatch(/^process \S+: waybill-\S+ running; the journal is ok; /);
    expect(await place.sent()).toEqual([]);
    await place.does('resume', 'refunds', '--yes');
    await place.until(['done'], 'list', '--out');
    expect(await place.sent()).toHaveLength(1);
  });
});

describe('the program without a kernel', () => {
  it('is obeyed by the next one that starts', async () => {
    const place = await Place.make();
    const first = await place.kernel();
    await place.announce('10044');
    await place.until(['parked'], 'list');
    first.signal('SIGTERM');
    await first.end();
    await place.open();
    await place.does('messages', 'replay', '--all', '--yes');
    await place.does('pause', 'refunds', '--yes');
    expect(await place.does('status')).toMatch(/^No process has the journal open/);
    await place.kernel();
    await place.until(['done'], 'list', '--in');
    await place.until(['waiting'], 'list', '--out');
    await place.does('resume', 'refunds', '--yes');
    await place.until(['done'], 'list', '--out');
  });
});

/** A terminal, as people have one. */
const terminal = '/usr/bin/script';

describe.runIf(existsSync(terminal))('the program at a terminal', () => {
  it.each([
    ['changes nothing when the answer is no', 'n\n', 1, 'parked'],
    ['changes nothing when there is no answer', '', 1, 'parked'],
    ['does it when the answer is yes', 'y\n', 0, 'stored'],
  ])('asks, and %s', async (_what, input, code, state) => {
    const place = await Place.make();
    const running = await place.kernel();
    await place.announce('10045');
    await place.until(['parked'], 'list');
    running.signal('SIGTERM');
    await running.end();
    const command = `"${process.execPath}" "${bin}" messages replay --all --why 'open again'`;
    const ended = await run(terminal, ['-qec', command, '/dev/null'], { cwd: place.folder, input });
    expect(ended.stdout).toMatch(/Replay 1 message:\r?\n/);
    expect(ended.stdout).toContain('(open again)? [y/N]');
    expect([ended.code, (await place.rows('list')).map((row) => row.state)]).toEqual([code, [state]]);
  });
});
