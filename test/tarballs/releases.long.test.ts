import { join } from 'node:path';
import { contractVersion } from '@waybill/contract/host';
import { makeFolder, removeFolder } from '@waybill/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PackageJson, packages, published, root } from '../../scripts/generate/workspace.ts';
import { includes, majorOf } from '../house/ranges.ts';
import { pack, packRelease, type Tarballs } from './pack.ts';
import { Registry } from './registry.ts';
import { rehearseRelease, releaseAgain } from './release.ts';
import { install, installedIn, somebody, update } from './somebody.ts';

const contract = '@waybill/contract';
const now = new Map(packages.map(({ json }) => [json.name, json.version]));
let release: string;
let packed: string;
let next: Tarballs;

beforeAll(async () => {
  [release, packed] = await Promise.all([makeFolder(), makeFolder()]);
  await rehearseRelease(release);
  next = await packRelease(release, packed);
});
afterAll(() => Promise.all([release, packed].map(removeFolder)));

/** The ranges in which a package asks whoever installs it for other packages of ours. */
function asksFor({ dependencies, peerDependencies }: PackageJson): readonly (readonly [name: string, range: string])[] {
  return Object.entries({ ...dependencies, ...peerDependencies }).filter(([name]) => now.has(name));
}

describe('the next release', () => {
  it('gives the contract the contract number as its major', () => {
    expect(majorOf(next.get(contract)?.json.version ?? '')).toBe(contractVersion);
  });

  it('has no package below 1.0.0, where every addition would break the ranges of others', () => {
    expect([...next.values()].filter(({ json }) => majorOf(json.version) < 1).map(({ name }) => name)).toEqual([]);
  });

  it.each(published.map(({ json }) => json.name))('finds every package of ours that it asks for: %s', (name) => {
    const asked = asksFor(next.get(name)?.json as PackageJson);
    const outside = asked.filter(([other, range]) => !includes(range, next.get(other)?.json.version ?? ''));
    expect(outside).toEqual([]);
  });

  it.each(published.map(({ json }) => json.name))('has a new major where a package moves to a new major of the contract: %s', (name) => {
    const { json } = next.get(name) as { readonly json: PackageJson };
    const moves = contract in { ...json.dependencies, ...json.peerDependencies } && majorOf(now.get(contract) ?? '') < contractVersion;
    expect(majorOf(json.version)).toBeGreaterThanOrEqual(majorOf(now.get(name) ?? '') + (moves ? 1 : 0));
  });

  it.each(['transport-tcp', 'pack-returns'])('is what the guide teaches to ask for: %s', async (guide) => {
    const { json } = [...(await pack([join(root, 'test', 'guides', guide)], packed)).values()][0] as { readonly json: PackageJson };
    expect(asksFor(json)).toEqual(asksFor(json).map(([name]) => [name, `^${majorOf(next.get(name)?.json.version ?? '')}.0.0`]));
  });
});

describe('a release that adds to the contract', () => {
  let registry: Registry;
  let folder: string;
  let added: string;

  beforeAll(async () => {
    registry = await Registry.open();
    registry.publish(next);
    const [packReturns] = (await pack([join(root, 'test', 'guides', 'pack-returns')], packed)).values();
    folder = await somebody(join(root, 'test', 'tarballs', 'returns-desk'), registry);
    const ours = ['kernel', 'contract', 'transport-queue', 'journal-sqlite'].map((room) => `@waybill/${room}`);
    await install(folder, ...ours, packReturns?.file ?? '');
    await releaseAgain(release, { [contract]: 'minor', '@waybill/kernel': 'minor', '@waybill/transport-queue': 'patch' });
    const again = await packRelease(release, packed);
    added = again.get(contract)?.json.version ?? '';
    registry.publish(again);
  });
  afterAll(() => Promise.all([removeFolder(folder), registry.close()]));

  const contracts = async () => [...new Set(await installedIn(folder))].filter((one) => one.startsWith(`${contract}@`));

  it('leaves the plugins as they are, those of somebody else too: npm installs the new kernel beside them', async () => {
    await install(folder, '@waybill/kernel@latest');
    expect(await contracts()).toEqual([`${contract}@${added}`]);
  });

  it('can be updated to', async () => {
    await update(folder);
    expect(await contracts()).toEqual([`${contract}@${added}`]);
  });
});
