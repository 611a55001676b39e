import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, resolve } from 'node:path';

export const cardFile = 'waybill.plugin.json';

/** Where a plugin is: its folder, and the card in it. `missing` says what was looked for and is not there. `file`: it is one, and no folder. */
export type Located =
  | { readonly card: string; readonly root: string }
  | { readonly missing: 'card'; readonly root: string }
  /** A file that declares messages, and the folder of the package that reads such files; undefined where that is not installed. */
  | { readonly messageFile: string; readonly root: string | undefined }
  | { readonly missing: 'package'; readonly file?: true };

/** Finds a plugin the way Node finds a package that a module in `folder` imports, or as a folder. Loads nothing. */
export function locatePlugin(specifier: string, folder: string): Located {
  if (isMessageFile(specifier)) return { messageFile: resolve(folder, specifier), root: packageRoots(messageFileReader, folder)[0] };
  if (isFolder(specifier)) return locateIn(resolve(folder, specifier));
  const [nearest] = packageRoots(specifier, folder);
  return nearest === undefined ? { missing: 'package' } : locateIn(nearest);
}

/** The package that makes a message pack of a file. */
export const messageFileReader = '@waybill/message-files';

/** `./returns.message.yaml`: a file that declares messages, and a plugin without code. */
export function isMessageFile(specifier: string): boolean {
  return isFolder(specifier) && /\.message\.ya?ml$/i.test(specifier);
}

/** `./plugins/mine`, `../mine`, `/opt/mine`: everything else is the name of a package. */
export function isFolder(specifier: string): boolean {
  return /^\.{1,2}([/\\]|$)/.test(specifier) || isAbsolute(specifier);
}

function locateIn(root: string): Located {
  if (!isDirectory(root)) return existsSync(root) ? { missing: 'package', file: true } : { missing: 'package' };
  const card = join(root, cardFile);
  return existsSync(card) ? { card, root } : { missing: 'card', root };
}

/** The folders that Node would take for the package, nearest first. */
function packageRoots(specifier: string, folder: string): readonly string[] {
  if (!isPackageName(specifier)) return [];
  return nodeModules(folder)
    .map((modules) => join(modules, specifier))
    .filter(isDirectory);
}

export function isPackageName(specifier: string): boolean {
  return /^(@[a-z0-9~-][a-z0-9._~-]*\/)?[a-z0-9~-][a-z0-9._~-]*$/i.test(specifier);
}

/** Where `import` looks for packages, nearest first. Not where `require` looks beyond that: NODE_PATH would find what no manifest can rely on. */
function nodeModules(folder: string): readonly string[] {
  const parent = dirname(folder);
  const own = basename(folder) === 'node_modules' ? [] : [join(folder, 'node_modules')];
  return parent === folder ? own : [...own, ...nodeModules(parent)];
}

/** Whether Yarn has put the packages for `folder` into archives (Plug'n'Play), where only Yarn finds them. */
export function usesArchives(folder: string): boolean {
  const parent = dirname(folder);
  return existsSync(join(folder, '.pnp.cjs')) || (parent !== folder && usesArchives(parent));
}

/** The names of the packages with a card that a module in `folder` can import, in alphabetical order. */
export function installedPlugins(folder: string): readonly string[] {
  const names = nodeModules(folder).flatMap((modules) =>
    list(modules).flatMap((name) => (name.startsWith('@') ? list(join(modules, name)).map((inner) => `${name}/${inner}`) : [name])),
  );
  return [...new Set(names)].filter((name) => 'card' in locatePlugin(name, folder)).sort((a, b) => a.localeCompare(b));
}

function list(folder: string): readonly string[] {
  try {
    return readdirSync(folder).filter((name) => !name.startsWith('.'));
  } catch {
    return [];
  }
}

function isDirectory(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/**
 * The module that `import` of the package would load, found without loading it; undefined when it does not exist.
 * `require.resolve` would not find modules that are exported under the condition `import` only.
 */
export function mainModule(root: string): string | undefined {
  const { exports, main } = readPackage(root);
  const target = exports === undefined ? legacyMain(root, main) : pickTarget(exports);
  if (target === undefined) return undefined;
  const file = resolve(root, target);
  return existsSync(file) && statSync(file).isFile() ? file : undefined;
}

function readPackage(root: string): { readonly exports?: unknown; readonly main?: unknown } {
  try {
    const value: unknown = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}

function legacyMain(root: string, main: unknown): string {
  const candidates = typeof main === 'string' ? [main, `${main}.js`, join(main, 'index.js')] : [];
  return candidates.find((candidate) => statSync(resolve(root, candidate), { throwIfNoEntry: false })?.isFile()) ?? 'index.js';
}

const conditions = new Set(['node', 'import', 'module-sync', 'default']);

function pickTarget(exports: unknown): string | undefined {
  if (typeof exports === 'string') return exports;
  if (Array.isArray(exports)) return exports.map(pickTarget).find((target) => target !== undefined);
  if (typeof exports !== 'object' || exports === null) return undefined;
  const branches = Object.entries(exports as Record<string, unknown>);
  const self = branches.find(([key]) => key === '.');
  if (self) return pickTarget(self[1]);
  return branches
    .filter(([key]) => conditions.has(key))
    .map(([, value]) => pickTarget(value))
    .find((target) => target !== undefined);
}
