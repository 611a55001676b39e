import { cp, mkdir, readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder, removeFolder } from '@waybill/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root, textOf } from '../../scripts/generate/workspace.ts';
import { Program, run, runWell } from '../house/commands.ts';
import { install, pack, type Tarballs } from './pack.ts';

const guides = join(root, 'test', 'guides');
const waybill = join('node_modules', '@waybill', 'cli', 'bin', 'waybill.js');
let packed: string;
let tarballs: Tarballs;

beforeAll(async () => {
  packed = await makeFolder();
  tarballs = await pack(packed, 'test/guides/pack-returns');
});
afterAll(() => removeFolder(packed));

/** A folder of somebody who has installed `wanted` and has the files of `from`. */
async function somebody(from: string, wanted: readonly string[]): Promise<string> {
  const folder = await makeFolder();
  await cp(from, folder, { recursive: true });
  await install(folder, tarballs, wanted);
  return folder;
}

/** The names of all packages that are installed in a folder, nested ones included. */
async function installedIn(folder: string): Promise<readonly string[]> {
  const tree = await runWell('npm', ['ls', '--all', '--parseable', '--long'], { cwd: folder });
  const lines = tree.trim().split('\n').slice(1);
  return lines.map((line) => line.split(':')[1]?.replace(/@[^@]*$/, '') ?? line);
}

describe('the first steps of the README, from tarballs', () => {
  const wanted = /npm install ((?:@waybill\/[a-z-]+[\s\\]+)+)/.exec(textOf('README.md') ?? '')?.[1]?.match(/@waybill\/[a-z-]+/g) ?? [];
  let folder: string;

  beforeAll(async () => {
    folder = await somebody(join(guides, 'first-steps'), wanted);
  });
  afterAll(() => removeFolder(folder));

  it('install nothing that the manifest has no use for', async () => {
    const installed = await installedIn(folder);
    expect(installed).toContain('@waybill/xml');
    expect(installed.filter((name) => /express|undici|nodemailer|transport-(http|queue)|typescript|vitest/.test(name))).toEqual([]);
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
    folder = await somebody(join(root, 'test', 'tarballs', 'returns-desk'), [...wanted, 'pack-returns']);
  });
  afterAll(() => removeFolder(folder));

  it('installs nothing that the manifest has no use for', async () => {
    const installed = await installedIn(folder);
    expect(installed).toEqual(expect.arrayContaining(['express', 'undici', '@waybill/xml', 'pack-returns']));
    expect(installed.filter((name) => /nodemailer|transport-file|pack-fulfillment|commerce|commander/.test(name))).toEqual([]);
  });

  it('answers over HTTP and sends over the queue', async () => {
    const running = new Program(process.execPath, ['main.js'], { cwd: folder });
    try {
      await running.line('running');
      const { port } = JSON.parse(await running.line('Listening')) as { port: number };
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
