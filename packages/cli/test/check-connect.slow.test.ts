import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { folderWith, plugins, root, waybill } from './waybill.ts';

const contract = JSON.stringify(join(root, 'packages', 'contract', 'dist', 'application-author.js'));
const handlesNothing = `import { defineApplication } from ${contract}; export default defineApplication({ handlers: [] });`;

const manifest = {
  plugins: plugins('transport-file', 'transport-http', 'journal-sqlite', 'pack-fulfillment'),
  app: './app.js',
  journal: { use: 'sqlite', path: './data/journal.db' },
  connections: { erp: { transport: 'file', path: './exchange' }, web: { transport: 'http', listen: { port: 0 } } },
  inbound: { status: { connection: 'erp', pattern: 'status-*.xml' }, stock: { connection: 'web', path: '/stock', auth: 'none' } },
};

/** What `waybill check --connect` says about a manifest with these changes, and how it ends. */
async function connect(changes: object = {}, app = handlesNothing) {
  const cwd = await folderWith({ 'waybill.json': { ...manifest, ...changes }, 'app.js': app });
  const ended = await waybill(['check', '--connect', '--json'], { cwd });
  const { ok, probed } = JSON.parse(ended.stdout) as { ok: boolean; probed: readonly Tried[] };
  const failed = probed.filter((one) => !one.ok).map(({ kind, name, error }) => [kind, name, error?.code]);
  return { code: ended.code, ok, probed, failed, cwd };
}

interface Tried {
  readonly kind: string;
  readonly name: string;
  readonly ok: boolean;
  readonly error?: { readonly code: string; readonly hint: string };
}

describe('checking what a manifest needs', () => {
  it('tells that all of it is there, and leaves the files alone', async () => {
    const cwd = await folderWith({ 'waybill.json': manifest, 'app.js': handlesNothing, 'exchange/status-1.xml': '<a/>' });
    const { code, stdout } = await waybill(['check', '--connect'], { cwd });
    expect(code).toBe(0);
    expect(stdout.split('\n').slice(1)).toEqual([
      'The journal sqlite can be opened.',
      `The application ${join(cwd, 'app.js')} can be loaded.`,
      'Connection erp (file) answers.',
      'Connection web (http) answers.',
      'Inbound stock (http) can be opened.',
      '',
    ]);
    expect(existsSync(join(cwd, 'exchange', 'status-1.xml'))).toBe(true);
  });

  it('ends when it has said so, whatever the application leaves behind', async () => {
    expect((await connect({}, `setInterval(() => undefined, 1_000_000); ${handlesNothing}`)).code).toBe(0);
  });
});

describe('checking what a manifest needs and does not get', () => {
  it('tells of a connection that does not answer', async () => {
    const connections = { ...manifest.connections, erp: { transport: 'file', path: './nowhere', create: false } };
    expect(await connect({ connections })).toMatchObject({ code: 1, ok: false, failed: [['connection', 'erp', 'WB_FILE_NO_FOLDER']] });
  });

  it('tells of an entry whose port somebody else has', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const { port } = server.address() as { readonly port: number };
    const connections = { ...manifest.connections, web: { transport: 'http', listen: { port } } };
    expect(await connect({ connections })).toMatchObject({ code: 1, failed: [['inbound', 'stock', 'WB_HTTP_CANNOT_LISTEN']] });
  });

  it.each([
    ['in a folder that is a file', './app.js/journal.db'],
    ['that is another file', './app.js'],
    ...(existsSync('/proc/self') ? [['in a folder that nobody can make', '/proc/nope/journal.db']] : []),
  ])('tells of a journal %s, and ends', async (_, path) => {
    const { code, failed, probed } = await connect({ journal: { use: 'sqlite', path } });
    expect({ code, failed }).toEqual({ code: 1, failed: [['journal', 'sqlite', expect.stringMatching(/^WB_JOURNAL_/)]] });
    expect(probed[0]?.error?.hint).toMatch(/\.$/);
  });

  it.each([
    ['does not parse', 'export default {{'],
    ['is no application', 'export default {};'],
  ])('tells of an application that %s', async (_, app) => {
    expect(await connect({}, app)).toMatchObject({ code: 1, failed: [['application', expect.stringContaining('app.js'), 'WB_APP_LOAD']] });
  });

  it('tells of an application without the handler for a message that an entry names', async () => {
    const inbound = { status: { ...manifest.inbound.status, messages: ['Update_WCS_OrderStatus'] } };
    expect(await connect({ inbound })).toMatchObject({ code: 1, failed: [['application', expect.anything(), 'WB_HANDLER_MISSING']] });
  });

  it('shows a person what is wrong with each, and what to do', async () => {
    const connections = { erp: { transport: 'file', path: './nowhere', create: false } };
    const inbound = { status: manifest.inbound.status };
    const cwd = await folderWith({ 'waybill.json': { ...manifest, connections, inbound }, 'app.js': 'export default {};' });
    const { stdout } = await waybill(['check', '--connect'], { cwd });
    await expect(stdout.replaceAll(cwd, '')).toMatchFileSnapshot('golden/check-connect.txt');
  });
});
