import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Card, isDefinition, type PluginKind } from '@waybill/contract';
import { UsageError } from './errors.ts';

const cardFile = 'waybill.plugin.json';

/** A plugin that is installed or lies in a folder. */
export interface PluginPackage {
  /** As it was named. */
  readonly specifier: string;
  readonly folder: string;
}

/** The plugins that are installed for `folder`, nearest first, in alphabetical order of their names. */
export function installedPlugins(folder: string): readonly PluginPackage[] {
  const found = new Map<string, PluginPackage>();
  for (const modules of moduleFolders(folder)) {
    for (const specifier of packageNames(modules)) {
      const place = join(modules, specifier);
      if (!found.has(specifier) && existsSync(join(place, cardFile))) found.set(specifier, { specifier, folder: place });
    }
  }
  return [...found.values()].sort((a, b) => a.specifier.localeCompare(b.specifier));
}

/** The plugin that `specifier` names, as seen from `folder`: a package, or a folder that starts with a dot. Throws `WB_CLI_NO_PLUGIN`. */
export function findPlugin(specifier: string, folder: string): PluginPackage {
  const isFolder = /^\.{1,2}([/\\]|$)/.test(specifier) || isAbsolute(specifier);
  const places = isFolder ? [resolve(folder, specifier)] : moduleFolders(folder).map((modules) => join(modules, specifier));
  const place = places.find((candidate) => statSync(candidate, { throwIfNoEntry: false })?.isDirectory());
  if (place !== undefined) return { specifier, folder: place };
  const text = isFolder ? `The folder ${specifier} does not exist.` : `The plugin ${specifier} is not installed.`;
  throw new UsageError('WB_CLI_NO_PLUGIN', text);
}

/** The card that lies in the package; no code is run. Throws `WB_CLI_NO_PLUGIN`. */
export function readCard({ specifier, folder }: PluginPackage): Card {
  try {
    return JSON.parse(readFileSync(join(folder, cardFile), 'utf8')) as Card;
  } catch (cause) {
    throw new UsageError('WB_CLI_NO_PLUGIN', `${specifier} has no card that can be read.`, { at: join(folder, cardFile), cause });
  }
}

/** The place of a plugin's card. */
export function cardPath({ folder }: PluginPackage): string {
  return join(folder, cardFile);
}

/** Runs the plugin's main module and answers its definition. Throws `WB_CLI_NO_PLUGIN`. */
export async function loadDefinition({ specifier, folder }: PluginPackage): Promise<unknown> {
  const main = mainModule(folder);
  if (main === undefined) throw new UsageError('WB_CLI_NO_PLUGIN', `${specifier} names no main module that exists.`, { at: folder });
  const module = (await import(pathToFileURL(main).href).catch((cause: unknown) => {
    throw new UsageError('WB_CLI_NO_PLUGIN', `The code of ${specifier} cannot be loaded.`, { at: main, cause });
  })) as Readonly<Record<string, unknown>>;
  const definition = module.default;
  const kinds: readonly PluginKind[] = ['transport', 'message-pack', 'journal'];
  if (kinds.some((kind) => isDefinition(definition, kind))) return definition;
  throw new UsageError('WB_CLI_NO_PLUGIN', `${specifier} default-exports no plugin.`, { at: main });
}

/** Where Node looks for what a module in `folder` imports, nearest first. What only `require` knows (NODE_PATH) is left out. */
function moduleFolders(folder: string): readonly string[] {
  const parent = dirname(folder);
  return [join(folder, 'node_modules'), ...(parent === folder ? [] : moduleFolders(parent))];
}

function packageNames(modules: string): readonly string[] {
  const list = (folder: string) => (existsSync(folder) ? readdirSync(folder).filter((name) => !name.startsWith('.')) : []);
  return list(modules).flatMap((name) => (name.startsWith('@') ? list(join(modules, name)).map((inner) => `${name}/${inner}`) : [name]));
}

/** What `import` of the package would load. A plugin of ours and any that follows the guide has one module under `.`. */
function mainModule(folder: string): string | undefined {
  const file = join(folder, 'package.json');
  if (!existsSync(file)) return undefined;
  const { exports, main } = JSON.parse(readFileSync(file, 'utf8')) as { readonly exports?: unknown; readonly main?: string };
  const target = exports === undefined ? (main ?? 'index.js') : importTarget(exports);
  return target !== undefined && existsSync(join(folder, target)) ? join(folder, target) : undefined;
}

function importTarget(exports: unknown): string | undefined {
  if (typeof exports === 'string') return exports;
  if (typeof exports !== 'object' || exports === null) return undefined;
  const branches = exports as Readonly<Record<string, unknown>>;
  const chosen = branches['.'] ?? branches.node ?? branches.import ?? branches.default;
  return importTarget(chosen);
}
