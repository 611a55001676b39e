import { existsSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it, onTestFinished } from 'vitest';
import { folderWith, guides, plugins, root, start, waybill } from './waybill.ts';

const pack = join(guides, 'pack-returns');
const contract = join(root, 'packages', 'contract', 'dist', 'application-author.js');
const notice = '<Return_Notice version="1.0"><OrderNumber>10042</OrderNumber><Item sku="LAMP-3" quantity="2"/></Return_Notice>';

const manifest = {
  name: 'returns',
  plugins: [...plugins('transport-file', 'transport-http', 'journal-sqlite'), pack],
  app: './app.js',
  journal: { use: 'sqlite', path: './data/journal.db' },
  connections: { desk: { transport: 'file', path: './exchange' } },
  inbound: { notices: { connection: 'desk', settle: '0ms' } },
};
const renamed = { ...manifest, inbound: { 'return-notices': { ...manifest.inbound.notices, concurrency: 2 } } };

const refusing = `
  import { CommandError, defineApplication, handle } from ${JSON.stringify(contract)};
  import { announceReturn } from ${JSON.stringify(join(pack, 'dist', 'index.js'))};
  const refuse = () => { throw new CommandError('WB_DESK_CLOSED', 'The desk is closed.'); };
  export default defineApplication({ handlers: [handle(announceReturn, refuse)] });`;

/** A folder whose manifest has run, until it had given up one message; and the manifest that is planned. */
async function afterOneMessage(next: object) {
  const folder = await folderWith({ 'waybill.json': manifest, 'next.json': next, 'app.js': refusing });
  const running = start(['run'], folder);
  await running.line('"running"');
  await writeFile(join(folder, 'notice.xml'), notice);
  await rename(join(folder, 'notice.xml'), join(folder, 'exchange', 'notice.xml'));
  await running.line('message parked');
  const plan = (...args: readonly string[]) => waybill(['plan', 'next.json', ...args], { cwd: folder });
  const stop = async () => {
    running.signal('SIGTERM');
    expect(await running.end()).toBe(0);
  };
  return { folder, plan, stop };
}

/** Every row of every table, but the clock of the journal, which goes on with each opening. The bytes of the file are no measure: whoever closes it last moves its log into it. */
function rowsIn(file: string): unknown {
  const database = new DatabaseSync(file, { timeout: 10_000 });
  const tables = database.prepare(`SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'clock' ORDER BY name`).all();
  const rows = tables.map(({ name }) => [name, database.prepare(`SELECT * FROM "${String(name)}"`).all()]);
  database.close();
  return rows;
}

describe('the plan for a manifest', () => {
  it('tells against the old one what is new, gone and changed, and changes nothing', async () => {
    const next = { ...renamed, connections: { desk: { transport: 'file', path: './exchange', done: 'done' } }, log: { level: 'warn' } };
    const cwd = await folderWith({
      'waybill.json': manifest,
      'next.json': { ...next, connections: manifest.connections },
      'app.js': refusing,
    });
    const { code, stdout, stderr } = await waybill(['plan', 'next.json', '--against', 'waybill.json'], { cwd });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    await expect(stdout).toMatchFileSnapshot('golden/plan-changes.txt');
    expect(existsSync(join(cwd, 'data'))).toBe(false);
    expect(existsSync(join(cwd, 'exchange'))).toBe(false);
  });

  it('says so where nothing is different, and where nothing has run yet', async () => {
    const cwd = await folderWith({ 'waybill.json': manifest, 'app.js': refusing });
    const [same, first] = await Promise.all([waybill(['plan', '--against', 'waybill.json'], { cwd }), waybill(['plan'], { cwd })]);
    expect(same).toMatchObject({ code: 0, stdout: expect.stringContaining('is the same as waybill.json.') as string });
    expect(first).toMatchObject({ code: 0, stdout: expect.stringContaining('has not run yet') as string });
  });

  it('ends with 1 and all problems where one of the two has some', async () => {
    const cwd = await folderWith({ 'waybill.json': manifest, 'next.json': { ...manifest, inbuond: {} }, 'app.js': refusing });
    const { code, stderr } = await waybill(['plan', 'next.json', '--against', 'waybill.json'], { cwd });
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining('inbuond') as string });
  });

  it('ends with 1 and names the messages on which nobody would work', async () => {
    const { folder, plan, stop } = await afterOneMessage(renamed);
    await stop();
    const before = rowsIn(join(folder, 'data', 'journal.db'));
    const { code, stdout } = await plan('--against', 'waybill.json');
    expect(code).toBe(1);
    expect(stdout).toContain('  inbound notices: 0 waiting, 1 parked\n  hint  Leave the entry in the manifest');
    expect(rowsIn(join(folder, 'data', 'journal.db'))).toEqual(before);
    const told = JSON.parse((await plan('--against', 'waybill.json', '--json')).stdout) as object;
    expect(told).toMatchObject({
      ok: false,
      changes: [
        { change: 'removed', part: 'inbound', name: 'notices' },
        { change: 'added', part: 'inbound', name: 'return-notices' },
      ],
      stranded: [{ direction: 'in', entry: 'notices', waiting: 0, parked: 1 }],
    });
  });

  it('names all that is left in a journal that the manifest does not have any more', async () => {
    const { plan, stop } = await afterOneMessage({ ...manifest, journal: { use: 'sqlite', path: './other/journal.db' } });
    await stop();
    const { code, stdout } = await plan('--against', 'waybill.json');
    expect({ code, stdout }).toEqual({ code: 1, stdout: expect.stringContaining('Messages in the journal of the old manifest') as string });
    expect(stdout).toContain('inbound notices: 0 waiting, 1 parked');
  });

  it('is made against the manifest that was started last where no file is named, while it runs and afterwards, and disturbs nothing', async () => {
    const { plan, stop } = await afterOneMessage({ ...renamed, log: { level: 'warn' } });
    const made = async () => JSON.parse((await plan('--json')).stdout) as { readonly comparedWith: object };
    const told = await made();
    expect(told).toMatchObject({
      comparedWith: { started: expect.any(Number) as number },
      changes: [
        { change: 'removed', part: 'inbound', name: 'notices' },
        { change: 'changed', part: 'manifest', settings: [{ path: 'log.level', before: '"info"', after: '"warn"' }] },
        { change: 'added', part: 'inbound', name: 'return-notices' },
      ],
      stranded: [{ entry: 'notices', parked: 1 }],
    });
    await stop();
    expect(await made()).toEqual(told);
    expect((await plan()).stdout).toContain('next.json compared with the manifest that was started last, at ');
  });

  it('says so when the manifest that was started last has problems by now', async () => {
    const { folder, plan, stop } = await afterOneMessage({ ...renamed, app: './next-app.js' });
    await stop();
    await rename(join(folder, 'app.js'), join(folder, 'next-app.js'));
    expect(await plan()).toMatchObject({ stdout: expect.stringContaining('cannot be checked any more') as string });
  });
});

describe('the connections of a plan', () => {
  it('are tried where that is asked for', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    onTestFinished(() => void server.close());
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as { readonly port: number };
    server.close();
    const next = { ...manifest, connections: { ...manifest.connections, gone: { transport: 'http', url: `http://127.0.0.1:${port}` } } };
    const cwd = await folderWith({ 'waybill.json': manifest, 'next.json': next, 'app.js': refusing });
    const { code, stdout } = await waybill(['plan', 'next.json', '--against', 'waybill.json', '--connect'], { cwd });
    expect(stdout).toContain('Connection gone (http) does not answer.');
    expect(stdout).toContain('Connection desk (file) answers.');
    expect(code).toBe(1);
    expect(existsSync(join(cwd, 'data'))).toBe(false);
  });
});
