import { existsSync } from 'node:fs';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folderWith, guides, plugins, root, start, startAtTerminal, waybill } from './waybill.ts';

const pack = join(guides, 'pack-returns');
const contract = join(root, 'packages', 'contract', 'dist', 'application-author.js');
const notice = '<Return_Notice version="1.0"><OrderNumber>10042</OrderNumber><Item sku="LAMP-3" quantity="2"/></Return_Notice>';

const manifest = {
  plugins: [...plugins('transport-file', 'journal-sqlite'), pack],
  app: './app.js',
  journal: { use: 'sqlite', path: './data/journal.db' },
  connections: { desk: { transport: 'file', path: './exchange' } },
  inbound: { notices: { connection: 'desk', settle: '0ms' } },
};

/** An application whose one handler is this code; it sees `input` and `context`. */
function app(handler: string): string {
  return `
    import { defineApplication, handle } from ${JSON.stringify(contract)};
    import { announceReturn } from ${JSON.stringify(join(pack, 'dist', 'index.js'))};
    export default defineApplication({ handlers: [handle(announceReturn, async (input, context) => { ${handler} })] });`;
}

/** Puts a file where the listener sees it, whole or not at all. */
async function put(folder: string, name: string, text: string): Promise<void> {
  await writeFile(join(folder, name), text);
  await rename(join(folder, name), join(folder, 'exchange', name));
}

describe('a manifest that runs', () => {
  it('brings messages to handlers, and drains at SIGTERM', async () => {
    const folder = await folderWith({
      'waybill.json': manifest,
      'app.js': app(`context.log.info(input, 'announced'); return { number: 'R-1' };`),
    });
    const running = start(['run'], folder);
    await running.line('"running"');
    await put(folder, 'notice.xml', notice);
    expect(JSON.parse(await running.line('announced'))).toMatchObject({ order: '10042', entry: 'notices' });
    running.signal('SIGTERM');
    expect(await running.end()).toBe(0);
    expect(running.written).toContain('"draining"');
    expect(existsSync(join(folder, 'exchange', 'notice.xml'))).toBe(false);
  });

  it('drains when its terminal is closed', async () => {
    const folder = await folderWith({ 'waybill.json': manifest, 'app.js': app(`return { number: 'R-1' };`) });
    const running = start(['run'], folder);
    await running.line('"running"');
    running.signal('SIGHUP');
    expect(await running.end()).toBe(0);
    expect(running.written).toContain('"stopped"');
  });

  it('settles what is in hand before it ends', async () => {
    const handler = `context.log.info({}, 'begun'); await new Promise((resolve) => process.once('SIGTERM', resolve)); return { number: 'R-1' };`;
    const folder = await folderWith({ 'waybill.json': manifest, 'app.js': app(handler) });
    const running = start(['run', 'waybill.json'], folder);
    await running.line('"running"');
    await put(folder, 'notice.xml', notice);
    await running.line('begun');
    running.signal('SIGTERM');
    expect(await running.end()).toBe(0);
    expect(existsSync(join(folder, 'exchange', 'notice.xml'))).toBe(false);
  });

  it('ends at once at a second signal, and leaves the message for the next start', async () => {
    const handler = `context.log.info({}, 'begun'); await new Promise(() => undefined);`;
    const folder = await folderWith({ 'waybill.json': manifest, 'app.js': app(handler) });
    const running = start(['run'], folder);
    await running.line('"running"');
    await put(folder, 'notice.xml', notice);
    await running.line('begun');
    running.signal('SIGTERM');
    await running.line('"draining"');
    running.signal('SIGTERM');
    expect(await running.end()).toBe(143);
    await writeFile(join(folder, 'app.js'), app(`context.log.info(input, 'announced'); return { number: 'R-1' };`));
    const next = start(['run'], folder);
    await next.line('announced');
    next.signal('SIGINT');
    expect(await next.end()).toBe(0);
  });
});

describe('a manifest that cannot run', () => {
  it('with problems ends with 1, tells all of them and starts nothing', async () => {
    const folder = await folderWith({ 'waybill.json': { ...manifest, inbuond: {} }, 'app.js': `process.stderr.write('ran');` });
    const { code, stderr } = await waybill(['run'], { cwd: folder });
    expect(code).toBe(1);
    expect(stderr).toContain('inbuond');
    expect(stderr).not.toContain('ran\n');
    expect(existsSync(join(folder, 'data'))).toBe(false);
  });

  it('with an application that fails to load ends with 1 and says why', async () => {
    const folder = await folderWith({ 'waybill.json': manifest, 'app.js': `throw new Error('no database');` });
    const { code, stderr } = await waybill(['run'], { cwd: folder });
    expect(code).toBe(1);
    expect(stderr).toContain('WB_APP_LOAD');
    expect(stderr).toContain('no database');
  });

  it('with an application that does not parse tells file, line and column', async () => {
    const folder = await folderWith({ 'waybill.json': manifest, 'app.js': 'const handlers = 1;\nexport default {{' });
    const { code, stderr } = await waybill(['run'], { cwd: folder });
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: expect.stringContaining(`  at    ${join(folder, 'app.js')}:2:17\n  why   Unexpected token`) as string,
    });
  });
});

describe('the log', () => {
  it('is one JSON object a line on standard error, and nothing is on standard output', async () => {
    const folder = await folderWith({ 'waybill.json': manifest, 'app.js': app(`return { number: 'R-1' };`) });
    const running = start(['run'], folder);
    await running.line('"running"');
    running.signal('SIGINT');
    expect(await running.end()).toBe(0);
    const lines = running.written.trim().split('\n');
    expect(lines.map((line) => typeof JSON.parse(line))).toEqual(lines.map(() => 'object'));
    expect(await readFile(join(folder, 'app.js'), 'utf8')).toContain('R-1');
  });
});

describe('what a person sees at a terminal', () => {
  const given = { 'waybill.json': manifest, 'app.js': app(`return { number: 'R-1' };`) };

  /** Everything that is written, when one message was handled. */
  async function written(running: ReturnType<typeof start>, folder: string): Promise<string> {
    await running.line('running');
    await put(folder, 'notice.xml', notice);
    await running.line('done');
    running.signal('SIGTERM');
    await running.end();
    return running.written;
  }

  it('is a line for every step of a message, in colours', async () => {
    const folder = await folderWith(given);
    const text = await written(startAtTerminal(['run'], folder), folder);
    expect(text).toContain('\u001b[32minfo \u001b[39m  running');
    expect(text).toMatch(/\d\d:\d\d:\d\d\.\d{3} {2}in {3}Return_Notice@1\.0 +notices \(file\) → store +[\d.]+ ms {2}/);
    expect(text).toContain('\u001b[32mdone\u001b[39m');
  });

  it('is without colours where NO_COLOR is set', async () => {
    const folder = await folderWith(given);
    const text = await written(startAtTerminal(['run'], folder, { NO_COLOR: '1' }), folder);
    expect(text).toMatch(/→ store +[\d.]+ ms {2}done/);
    expect(text).not.toContain('\u001b[');
  });

  it('is the log as JSON where that is asked for', async () => {
    const folder = await folderWith(given);
    const running = startAtTerminal(['run', '--no-pretty'], folder);
    expect(JSON.parse(await running.line('running'))).toMatchObject({ level: 'info', text: 'running' });
    running.signal('SIGTERM');
    await running.end();
  });

  it('is written elsewhere, too, where that is asked for', async () => {
    const folder = await folderWith(given);
    const text = await written(start(['run', '--pretty'], folder), folder);
    expect(text).toMatch(/→ store +[\d.]+ ms {2}done/);
    expect(text).not.toContain('{"level"');
  });
});
