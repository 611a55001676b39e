import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { didYouMean } from '../did-you-mean.ts';
import { installedPlugins, isFolder, isPackageName, type Located, usesArchives } from './plugin-entry.ts';

/** A plugin that is not where it was looked for. */
export interface MissingPlugin {
  readonly message: string;
  readonly hint: string;
  /** The installed plugin that was probably meant. */
  readonly meant: string | undefined;
}

/** What to say about a plugin that `locatePlugin` did not find in `folder`. */
export function missingPlugin(specifier: string, folder: string, located: Located): MissingPlugin {
  if ('file' in located)
    return about(`${specifier} is a file; a plugin is the folder of its package.`, `Folders are relative to ${folder}.`);
  if (isFolder(specifier)) return about(`The folder ${specifier} does not exist.`, `Folders are relative to ${folder}.`);
  const message = `The plugin "${specifier}" is not installed.`;
  const meant = didYouMean(specifier, installedPlugins(folder));
  if (meant !== undefined) return { message, hint: `Did you mean "${meant}"? If not, install the package that you mean.`, meant };
  return about(message, whatToInstall(specifier, folder));
}

function about(message: string, hint: string): MissingPlugin {
  return { message, hint, meant: undefined };
}

/**
 * No name is offered for installing that only the manifest has: it may be misspelt, and somebody may have published a package under it
 * for those who misspell.
 */
function whatToInstall(specifier: string, folder: string): string {
  if (!isPackageName(specifier)) return 'Name a package, or a folder that starts with ./';
  if (usesArchives(folder))
    return "Plugins are not found in the archives of Yarn's Plug'n'Play: set nodeLinker: node-modules in .yarnrc.yml.";
  const naming = packageNaming(specifier, folder);
  const looked = `It was looked for in node_modules of ${folder} and of the folders above it.`;
  return naming === undefined
    ? `${looked} Check the spelling, then install the package there.`
    : `${looked} ${naming} names it: run npm install beside that.`;
}

/** The nearest package.json that depends on the package: somebody has installed it elsewhere under this name. */
function packageNaming(name: string, folder: string): string | undefined {
  const file = join(folder, 'package.json');
  if (existsSync(file) && dependenciesOf(file).has(name)) return file;
  const parent = dirname(folder);
  return parent === folder ? undefined : packageNaming(name, parent);
}

function dependenciesOf(file: string): ReadonlySet<string> {
  try {
    const all = JSON.parse(readFileSync(file, 'utf8')) as Readonly<Record<string, object | undefined>>;
    return new Set(['dependencies', 'devDependencies', 'optionalDependencies'].flatMap((kind) => Object.keys(all[kind] ?? {})));
  } catch {
    return new Set();
  }
}
