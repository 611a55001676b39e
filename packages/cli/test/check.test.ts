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

describe('checking connections', () => {
  it('tells that each one answers', async () => {
    const cwd = await folderWith({ 'waybill.json': manifest });
    const { code, stdout } = await waybill(['check', '--connect'], { cwd });
    expect(code).toBe(0);
    expect(stdout).toContain('Connection erp (file) answers.');
    expect(stdout).toContain('Connection queues (queue) answers.');
  });

  it('ends with 1 and tells what is wrong where one does not', async () => {
    const broken = { ...manifest, connections: { ...manifest.connections, erp: { transport: 'file', path: './nowhere', create: false } } };
    const cwd = await folderWith({ 'waybill.json': broken });
    const { code, stdout } = await waybill(['check', '--connect', '--json'], { cwd });
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      ok: false,
      connections: [
        { name: 'erp', ok: false, error: { code: expect.stringMatching(/^WB_FILE_/) as string } },
        { name: 'queues', ok: true },
      ],
    });
  });
});
