import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** The parts of a `package.json` that the house looks at. */
export interface PackageJson {
  readonly name: string;
  readonly version: string;
  readonly description?: string;
  readonly private?: boolean;
  readonly keywords?: readonly string[];
  readonly repository?: unknown;
  readonly homepage?: string;
  readonly bugs?: unknown;
  readonly license?: string;
  readonly type?: string;
  readonly engines?: Readonly<Record<string, string>>;
  readonly bin?: Readonly<Record<string, string>>;
  readonly exports?: Readonly<Record<string, unknown>>;
  readonly files?: readonly string[];
  readonly scripts?: Readonly<Record<string, string>>;
  readonly publishConfig?: Readonly<Record<string, unknown>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
}

export type Group = 'packages' | 'plugins' | 'examples';

export interface WorkspacePackage {
  readonly group: Group;
  /** The name of its folder. */
  readonly room: string;
  /** Relative to the root, with forward slashes. */
  readonly folder: string;
  readonly json: PackageJson;
}

/** All packages of the workspace, in the order of the root README's table. */
export const packages: readonly WorkspacePackage[] = (['packages', 'plugins', 'examples'] as const).flatMap((group) =>
  readdirSync(join(root, group))
    .filter((room) => existsSync(join(root, group, room, 'package.json')))
    .sort()
    .map((room) => ({ group, room, folder: `${group}/${room}`, json: readPackageJson(`${group}/${room}`) })),
);

/** Those that people install from npm. */
export const published: readonly WorkspacePackage[] = packages.filter(({ json }) => json.private !== true);

/** The root of the workspace, which alone decides where the project lives. */
export const rootJson: PackageJson = readPackageJson('.');

/** The published packages that others write code against; a plugin is used by its manifest alone. */
export const libraries: readonly WorkspacePackage[] = published.filter(({ group }) => group === 'packages');

export const plugins: readonly WorkspacePackage[] = packages.filter(({ group }) => group === 'plugins');

function readPackageJson(folder: string): PackageJson {
  return JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as PackageJson;
}

/** What a package's main module exports; an example may have none. The package has to be built. */
export async function exportsOf({ folder, group }: WorkspacePackage): Promise<Readonly<Record<string, unknown>>> {
  if (group === 'examples' && !existsSync(join(root, folder, 'src', 'index.ts'))) return {};
  return (await import(pathToFileURL(join(root, folder, 'dist', 'index.js')).href)) as Readonly<Record<string, unknown>>;
}

/** All source files of a package, relative to the root. */
export function sourcesOf({ folder }: WorkspacePackage): readonly string[] {
  return readdirSync(join(root, folder, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => `${folder}/src/${file.replaceAll('\\', '/')}`)
    .sort();
}

/** All files of a package that are neither built nor installed, relative to the root. */
export function filesOf({ folder }: WorkspacePackage): readonly string[] {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .filter((entry) => !['dist', 'node_modules', 'package.json', 'data'].includes(entry.name))
    .flatMap((entry) =>
      entry.isDirectory()
        ? readdirSync(join(root, folder, entry.name), { recursive: true, encoding: 'utf8' }).map((name) => `${entry.name}/${name}`)
        : entry.name,
    )
    .map((file) => `${folder}/${file.replaceAll('\\', '/')}`);
}

/** The text of a file, relative to the root; undefined when it is not there. */
export function textOf(file: string): string | undefined {
  return existsSync(join(root, file)) ? readFileSync(join(root, file), 'utf8') : undefined;
}
