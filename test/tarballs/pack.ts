import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type PackageJson, published } from '../../scripts/generate/workspace.ts';
import { runWell } from '../house/commands.ts';

export interface Tarball {
  readonly name: string;
  readonly file: string;
  /** In bytes, compressed. */
  readonly size: number;
  /** Paths inside the package. */
  readonly holds: readonly string[];
  readonly json: PackageJson;
  readonly integrity: string;
}

interface Packed {
  readonly name: string;
  readonly filename: string;
  readonly size: number;
  readonly integrity: string;
  readonly files: readonly { readonly path: string }[];
}

export type Tarballs = ReadonlyMap<string, Tarball>;

/** Packs a rehearsed release with npm, as anybody would. Scripts do not run: the rehearsal is a copy of what was built. */
export function packRelease(release: string, target: string): Promise<Tarballs> {
  return pack(
    published.map(({ folder }) => join(release, folder)),
    target,
  );
}

/** Packs the packages in these folders. */
export async function pack(folders: readonly string[], target: string): Promise<Tarballs> {
  const text = await runWell('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', target, ...folders]);
  const packed = (JSON.parse(text) as readonly Packed[]).map(async ({ name, filename, size, integrity, files }, index) => {
    const json = JSON.parse(await readFile(join(folders[index] ?? '', 'package.json'), 'utf8')) as PackageJson;
    return [name, { name, file: join(target, filename), size, holds: files.map(({ path }) => path), json, integrity }] as const;
  });
  return new Map(await Promise.all(packed));
}
