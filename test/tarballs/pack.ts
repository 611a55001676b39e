import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { published } from '../../scripts/generate/workspace.ts';
import { runWell } from '../house/commands.ts';

export interface Tarball {
  readonly name: string;
  readonly file: string;
  /** In bytes, compressed. */
  readonly size: number;
  /** Paths inside the package. */
  readonly holds: readonly string[];
}

interface Packed {
  readonly name: string;
  readonly filename: string;
  readonly size: number;
  readonly files: readonly { readonly path: string }[];
}

export type Tarballs = ReadonlyMap<string, Tarball>;

/** Packs everything that is published, and further folders, with npm, as anybody would. */
export async function pack(target: string, ...further: readonly string[]): Promise<Tarballs> {
  const folders = [...published.map(({ folder }) => folder), ...further].map((folder) => `./${folder}`);
  const text = await runWell('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', target, ...folders]);
  const tarballs = (JSON.parse(text) as readonly Packed[]).map(({ name, filename, size, files }) => {
    return { name, file: join(target, filename), size, holds: files.map(({ path }) => path) };
  });
  return new Map(tarballs.map((tarball) => [tarball.name, tarball]));
}

/**
 * Installs packages with npm in an empty folder. Ours come from the tarballs, also where another package asks for them;
 * everybody else's come from wherever npm gets them on this machine.
 */
export async function install(folder: string, tarballs: Tarballs, wanted: readonly string[]): Promise<void> {
  const spec = (name: string) => `file:${tarballs.get(name)?.file ?? `${name}, which was not packed`}`;
  const dependencies = Object.fromEntries(wanted.map((name) => [name, spec(name)]));
  const others = [...tarballs.keys()].filter((name) => !wanted.includes(name));
  const overrides = Object.fromEntries(others.map((name) => [name, spec(name)]));
  const manifest = { name: 'somebody', version: '1.0.0', private: true, type: 'module', dependencies, overrides };
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
  await runWell('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', '--no-package-lock', '--loglevel=error'], {
    cwd: folder,
  });
}
