import { mkdir, readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder, removeFolder } from '@waybill/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root, textOf } from '../../scripts/generate/workspace.ts';
import { Program, run } from '../house/commands.ts';
import { pack, packRelease } from './pack.ts';
import { Registry } from './registry.ts';
import { rehearseRelease } from './release.ts';
import { install, installedIn, somebody } from './somebody.ts';

const guides = join(root, 'test', 'guides');
const waybill = join('node_modules', '@waybill', 'cli', 'bin', 'waybill.js');
let release: string;
let packed: string;
let registry: Registry;
/** The pack of the guide, as somebody else's package. */
let packReturns: string;

beforeAll(async () => {
  [release, packed, registry] = await Promise.all([makeFolder(), makeFolder(), Registry.open()]);
  await rehearseRelease(release);
  registry.publish(await packRelease(release, packed));
  packReturns = (await pack([join(guides, 'pack-returns')], packed)).get('pack-returns')?.file ?? '';
});
afterAll(() => Promise.all([removeFolder(release), removeFolder(packed), registry.close()]));

/** The names of all packages that are installed in a folder. */
async function namesIn(folder: string): Promise<readonly string[]> {
  return (await installedIn(folder)).map((one) => one.slice(0, one.lastIndexOf('@')));
}

describe('the first steps of the README, from tarballs', () => {
  const wanted = /npm install ((?:@waybill\/[a-z-]+[\s\\]+)+)/.exec(textOf('README.md') ?? '')?.[1]?.match(/@waybill\/[a-z-]+/g) ?? [];
  let folder: string;

  beforeAll(async () => {
    folder = await somebody(join(guides, 'first-steps'), registry);
    await install(folder, ...wanted);
  });
  afterAll(() => removeFolder(folder));

  it('install nothing that the manifest has no use for', async () => {
    const installed = await namesIn(folder);
    expect(installed).toContain('@waybill/xml');
    expect(installed.filter((name) => /express|nodemailer|transport-(http|queue)|typescript|vitest/.test(name))).toEqual([]);
  });

  it('check the manifest', async () => {
    expect(await run(process.execPath, [waybill, 'check'], { cwd: folder })).toMatchObject({ code: 0, stderr: '' });
  });

  it('bring a message from a file to its handler', async () => {
    const running = new Program(process.execPath, [waybill, 'run'], { cwd: folder });
    try {
      await running.line('"running"');
      await mkdir(join(folder, 'exchange'), { recursive: true });
      await rename(join(folder, 'status-1.xml'), join(folder, 'exchange', 'status-1.xml'));
      expect(JSON.parse(await running.line('the order has a new status'))).toMatchObject({ order: '12007', status: 'S' });
      running.signal('SIGTERM');
      expect(await running.end()).toBe(0);
      expect((await readdir(join(folder, 'exchange'))).filter((name) => name.endsWith('.xml'))).toEqual([]);
    } finally {
      await running.kill();
    }
  });
});

describe('a manifest with HTTP, queues and a pack of somebody else, from tarballs', () => {
  const wanted = ['kernel', 'contract', 'transport-http', 'transport-queue', 'journal-sqlite'].map((room) => `@waybill/${room}`);
  const notice = '<Return_Notice version="1.0"><OrderNumber>10042</OrderNumber><Item sku="LAMP-3" quantity="2"/></Return_Notice>';
  let folder: string;

  beforeAll(async () => {
    folder = await somebody(join(root, 'test', 'tarballs', 'returns-desk'), registry);
    await install(folder, ...wanted, packReturns);
  });
  afterAll(() => removeFolder(folder));

  it('installs nothing that the manifest has no use for', async () => {
    const installed = await namesIn(folder);
    expect(installed).toEqual(expect.arrayContaining(['express', '@waybill/xml', 'pack-returns']));
    expect(installed.filter((name) => /nodemailer|transport-file|pack-fulfillment|commerce|commander/.test(name))).toEqual([]);
  });

  it('answers over HTTP and sends over the queue', async () => {
    const running = new Program(process.execPath, ['main.js'], { cwd: folder });
    try {
      await running.line('running');
      const { port } = JSON.parse(await running.line('listening for HTTP requests')) as { port: number };
      const headers = { 'content-type': 'application/xml' };
      const response = await fetch(`http://127.0.0.1:${port}/returns`, { method: 'POST', headers, body: notice });
      expect([response.status, await response.text()]).toEqual([200, expect.stringContaining('<ReturnNumber>R-10042</ReturnNumber>')]);
      await running.line('in Return_Notice@1.0 done');
      await running.line('out Return_Approval@1.0 sent');
      running.signal('SIGTERM');
      expect(await running.end()).toBe(0);
    } finally {
      await running.kill();
    }
  });
});
