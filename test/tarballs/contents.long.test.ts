import { readFile } from 'node:fs/promises';
import { makeFolder, removeFolder } from '@waybill/testing';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { published } from '../../scripts/generate/workspace.ts';
import { program, runWell } from '../house/commands.ts';
import { packRelease, type Tarball, type Tarballs } from './pack.ts';
import { rehearseRelease } from './release.ts';

/** What a package may weigh at most, packed, in kilobytes: about twice what it weighs now. A plugin should install in a moment. */
const limits: Readonly<Record<string, number>> = {
  default: 80,
  '@waybill/kernel': 150,
  '@waybill/manifest': 110,
  // Partners, sessions with their pages, carts of two protocols, and the book of orders.
  '@waybill/procurement': 200,
  '@waybill/testing': 170,
  // Two protocols, and a card that says all that can be set.
  '@waybill/transport-email': 200,
  '@waybill/xml': 110,
};

let release: string;
let folder: string;
let tarballs: Tarballs;

beforeAll(async () => {
  [release, folder] = await Promise.all([makeFolder(), makeFolder()]);
  await rehearseRelease(release);
  tarballs = await packRelease(release, folder);
});
afterAll(() => Promise.all([release, folder].map(removeFolder)));

describe.each(published.map(({ json }) => [json.name] as const))('the tarball of %s', (name) => {
  const tarball = (): Tarball => tarballs.get(name) as Tarball;

  it('holds what was built, a README, the licence, and nothing else', () => {
    const expected =
      /^(package\.json|README\.md|LICENSE|CHANGELOG\.md|waybill\.plugin\.json|bin\/[a-z]+\.js|data\/[a-z]+\.json|dist\/[a-z0-9/.-]+\.(js|d\.ts))$/;
    expect(tarball().holds.filter((path) => !expected.test(path))).toEqual([]);
    expect(tarball().holds).toEqual(expect.arrayContaining(['package.json', 'README.md', 'LICENSE', 'dist/index.js', 'dist/index.d.ts']));
  });

  it('is small', () => {
    expect(tarball().size / 1024).toBeLessThan(limits[name] ?? limits.default ?? 0);
  });

  it('passes publint', async () => {
    const { buffer } = new Uint8Array(await readFile(tarball().file));
    const { messages, pkg } = await publint({ pack: { tarball: buffer }, strict: true });
    expect(messages.map((message) => formatMessage(message, pkg, { color: false }))).toEqual([]);
  });

  it('has types that resolve', async () => {
    const options = ['--profile', 'esm-only', '--format', 'ascii', '--no-emoji', '--no-definitely-typed'];
    await expect(runWell(process.execPath, [program('@arethetypeswrong/cli', 'attw'), tarball().file, ...options])).resolves.toContain(
      name,
    );
  });
});
