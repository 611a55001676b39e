import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folderWith, plugins, waybill } from './waybill.ts';

const manifest = {
  plugins: plugins('transport-file', 'transport-queue', 'journal-sqlite', 'pack-fulfillment'),
  journal: { use: 'sqlite', path: './data/journal.db' },
  connections: { erp: { transport: 'file', path: './exchange' }, queues: { transport: 'queue', path: './data/queues.db' } },
  inbound: { status: { connection: 'erp', pattern: 'status-*.xml' } },
  outbound: { orders: { connection: 'queues', queue: 'ORDERS.OUT' } },
  routes: [{ event: 'order.created', message: 'Report_NC_PurchaseOrder@1.0', to: ['orders'] }],
};

const twoFaults = {
  ...manifest,
  inbound: { status: { connection: 'erp', patern: 'status-*.xml' } },
  outbound: { orders: { connection: 'qeues', queue: 'Q' } },
};

describe('checking a manifest in order', () => {
  it('ends with 0 and says what is in it', async () => {
    const cwd = await folderWith({ 'waybill.json': manifest });
    const { code, stdout, stderr } = await waybill(['check'], { cwd });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toBe(`${join(cwd, 'waybill.json')} is in order: 4 plugins, 2 connections, 1 inbound and 1 outbound entries, 1 route.\n`);
  });

  it.each(['waybill.jsonc', 'waybill.yaml', 'waybill.yml'])('finds %s, too', async (name) => {
    const cwd = await folderWith({ [name]: manifest });
    expect((await waybill(['check'], { cwd })).code).toBe(0);
  });

  it('tells a machine', async () => {
    const cwd = await folderWith({ 'mine.json': manifest });
    const { stdout } = await waybill(['check', 'mine.json', '--json'], { cwd });
    expect(JSON.parse(stdout)).toEqual({ file: 'mine.json', ok: true, problems: [] });
  });
});

describe('checking a manifest with problems', () => {
  it('ends with 1 and tells all of them, with places and hints', async () => {
    const cwd = await folderWith({ 'waybill.json': twoFaults });
    const { code, stdout } = await waybill(['check'], { cwd });
    expect(code).toBe(1);
    await expect(stdout).toMatchFileSnapshot('golden/check-problems.txt');
  });

  it('tells a machine where they are', async () => {
    const cwd = await folderWith({ 'waybill.json': twoFaults });
    const { code, stdout } = await waybill(['check', '--json'], { cwd });
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      ok: false,
      problems: [
        { path: 'inbound.status.patern', line: expect.any(Number) as number, hint: expect.stringContaining('pattern') as string },
        { path: 'outbound.orders.connection', line: expect.any(Number) as number, hint: expect.stringContaining('queues') as string },
      ],
    });
  });

  it('tells of a file that is not JSON', async () => {
    const cwd = await folderWith({ 'waybill.json': '{ "plugins": [' });
    expect(await waybill(['check'], { cwd })).toMatchObject({ code: 1, stdout: expect.stringContaining('WB_MANIFEST_SYNTAX') as string });
  });
});

describe('checking without a manifest', () => {
  it('ends with 2 where the folder holds none', async () => {
    const cwd = await folderWith({});
    expect(await waybill(['check'], { cwd })).toMatchObject({ code: 2, stderr: expect.stringContaining('WB_CLI_NO_MANIFEST') as string });
  });

  it('ends with 2 where the folder holds two', async () => {
    const cwd = await folderWith({ 'waybill.json': manifest, 'waybill.yaml': manifest });
    expect(await waybill(['check'], { cwd })).toMatchObject({ code: 2, stderr: expect.stringContaining('could be meant') as string });
  });

  it('ends with 2 where the named one does not exist', async () => {
    expect(await waybill(['check', 'nowhere.json'])).toMatchObject({
      code: 2,
      stdout: expect.stringContaining('WB_MANIFEST_UNREADABLE') as string,
    });
  });
});

describe('checking a manifest that asks for more than its transports promise', () => {
  const wishful = {
    ...manifest,
    plugins: plugins('transport-file', 'transport-queue', 'transport-http', 'journal-sqlite', 'pack-fulfillment'),
    connections: { ...manifest.connections, web: { transport: 'http', listen: { port: 0 } } },
    inbound: { ...manifest.inbound, stock: { connection: 'web', path: '/stock', auth: 'none', order: 'serial' } },
  };

  it('ends with 0, and warns with place and hint', async () => {
    const cwd = await folderWith({ 'waybill.json': wishful });
    const { code, stdout, stderr } = await waybill(['check', 'waybill.json'], { cwd });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    await expect(stdout.replaceAll(cwd, '')).toMatchFileSnapshot('golden/check-warnings.txt');
  });

  it('ends with 1 where warnings count as errors, and opens nothing', async () => {
    const cwd = await folderWith({ 'waybill.json': wishful });
    const { code, stdout } = await waybill(['check', '--strict', '--connect'], { cwd });
    expect({ code, stdout }).toEqual({ code: 1, stdout: expect.stringMatching(/1 warning\.\s*$/) as string });
    expect(existsSync(join(cwd, 'data'))).toBe(false);
  });

  it('tells a machine which of the problems are warnings', async () => {
    const cwd = await folderWith({ 'waybill.json': wishful, 'broken.json': { ...wishful, nmae: 'x' } });
    const [sound, broken] = await Promise.all(['waybill.json', 'broken.json'].map((file) => waybill(['check', file, '--json'], { cwd })));
    expect(JSON.parse(sound?.stdout ?? '')).toMatchObject({ ok: true, problems: [{ severity: 'warning', code: 'WB_ENDPOINT_NO_ORDER' }] });
    expect(JSON.parse(broken?.stdout ?? '')).toMatchObject({
      ok: false,
      problems: [{ severity: 'warning' }, { severity: 'error', path: 'nmae' }],
    });
  });
});
