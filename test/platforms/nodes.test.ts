import { cp, mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { hasVehicle, makeFolder, removeFolder, temporaryFolder } from '@waybill/testing';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { root, textOf } from '../../scripts/generate/workspace.ts';
import { Program, run } from '../house/commands.ts';
import { packRelease } from '../tarballs/pack.ts';
import { Registry } from '../tarballs/registry.ts';
import { rehearseRelease } from '../tarballs/release.ts';
import { install, somebody } from '../tarballs/somebody.ts';
import { nodeOf, promised } from './nodes.ts';

const waybill = join('node_modules', '@waybill', 'cli', 'bin', 'waybill.js');
const wanted = /npm install ((?:@waybill\/[a-z-]+[\s\\]+)+)/.exec(textOf('README.md') ?? '')?.[1]?.match(/@waybill\/[a-z-]+/g) ?? [];
/** A folder in which the first steps are ready to be taken. */
let ready: string;

beforeAll(async () => {
  const [release, packed, registry] = await Promise.all([makeFolder(), makeFolder(), Registry.open()]);
  await rehearseRelease(release);
  registry.publish(await packRelease(release, packed));
  ready = await somebody(join(root, 'test', 'guides', 'first-steps'), registry);
  await install(ready, ...wanted);
  await Promise.all([removeFolder(release), removeFolder(packed), registry.close()]);
});
afterAll(() => removeFolder(ready));

/** The binary, or undefined where it cannot be had, which is said loudly. */
async function binaryOf(version: string): Promise<string | undefined> {
  const binary = await nodeOf(version);
  return hasVehicle(`Node ${version}`, () => binary !== undefined, 'nothing was run on it') ? binary : undefined;
}

describe.each(promised)('Node %s', (version) => {
  it('runs the first steps of the README, from tarballs, with nothing on its standard error but the log', async () => {
    const node = await binaryOf(version);
    if (!node) return;
    const folder = await temporaryFolder();
    await cp(ready, folder, { recursive: true });
    expect(await run(node, [waybill, 'check'], { cwd: folder })).toMatchObject({ code: 0, stderr: '' });
    const running = new Program(node, [waybill, 'run'], { cwd: folder });
    onTestFinished(() => running.kill());
    await running.line('"running"');
    await mkdir(join(folder, 'exchange'), { recursive: true });
    await rename(join(folder, 'status-1.xml'), join(folder, 'exchange', 'status-1.xml'));
    expect(JSON.parse(await running.line('the order has a new status'))).toMatchObject({ order: '12007', status: 'S' });
    running.signal('SIGTERM');
    expect(await running.end()).toBe(0);
    for (const line of running.written.trim().split('\n')) expect(() => JSON.parse(line) as unknown).not.toThrow();
  });

  it('plays the order flow', async () => {
    const node = await binaryOf(version);
    if (!node) return;
    const { code, stdout } = await run(node, [join(root, 'examples', 'order-flow', 'dist', 'main.js'), '--once']);
    expect(stdout).toContain('has reached everybody.');
    expect(code).toBe(0);
  });
});
