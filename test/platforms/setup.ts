import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { root, textOf } from '../../scripts/generate/workspace.ts';
import { packRelease } from '../tarballs/pack.ts';
import { Registry } from '../tarballs/registry.ts';
import { rehearseRelease } from '../tarballs/release.ts';
import { install, somebody } from '../tarballs/somebody.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** A folder in which npm has installed the first steps of the README from tarballs; to be copied. */
    readonly ready: string;
    /** The address of a registry that has our packages. */
    readonly registry: string;
    /** The packages that the first steps install. */
    readonly wanted: readonly string[];
  }
}

const firstSteps = join(root, 'test', 'guides', 'first-steps');

/** Packs the release once for all tests of platforms, and installs the first steps from it. */
export default async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const [work, registry] = await Promise.all([mkdtemp(join(tmpdir(), 'waybill-platforms-')), Registry.open()]);
  const [release, packed] = await Promise.all([mkdtemp(join(work, 'release-')), mkdtemp(join(work, 'packed-'))]);
  await rehearseRelease(release);
  registry.publish(await packRelease(release, packed));
  const wanted = /npm install ((?:@waybill\/[a-z-]+[\s\\]+)+)/.exec(textOf('README.md') ?? '')?.[1]?.match(/@waybill\/[a-z-]+/g) ?? [];
  const ready = await somebody(firstSteps, registry);
  await install(ready, ...wanted);
  provide('ready', ready);
  provide('registry', registry.url);
  provide('wanted', wanted);
  return async () => {
    await registry.close();
    await Promise.all([work, ready].map((folder) => rm(folder, { recursive: true, force: true })));
  };
}
