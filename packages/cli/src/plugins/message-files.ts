import type { Card } from '@waybill/contract/host';
import { isMessageFile, locatePlugin, type ManifestSource, mainModule, meaningsOf, type Problem } from '@waybill/manifest';
import { findPlugin, readCard } from './plugin-packages.ts';

/** The plugins that a manifest names, as it names them, whatever else is wrong with it. */
export function namedPlugins({ root }: Pick<ManifestSource, 'root'>): readonly string[] {
  const list = root?.kind === 'object' ? root.entries.get('plugins')?.value : undefined;
  const items = list?.kind === 'list' ? list.items : [];
  return items.flatMap((item) => (item.kind === 'scalar' && typeof item.value === 'string' ? [item.value] : []));
}

/** What only a plugin that cannot be found may know. */
const mayBeKnown: readonly string[] = ['WB_MESSAGE_FILE_UNKNOWN_COMMAND', 'WB_MESSAGE_FILE_UNKNOWN_EVENT'];

/**
 * What is wrong with the files that declare messages, by the cards of the plugins, also where the manifest has problems of its own. No code of
 * a plugin is run, and only where there are such files the code of what reads them. That a file, or what reads it, is not there is left to the
 * check of the manifest.
 */
export async function problemsOfMessageFiles(source: Pick<ManifestSource, 'root' | 'folder'>): Promise<readonly Problem[]> {
  const named = [...new Set(namedPlugins(source))];
  const files = named.filter(isMessageFile);
  if (files.length === 0) return [];
  const cards = named.filter((specifier) => !isMessageFile(specifier)).map((specifier) => cardOf(specifier, source.folder));
  const known = meaningsOf(cards.filter((card) => card !== undefined));
  const problems = await Promise.all(files.map(async (specifier) => problemsOf(specifier, source.folder, known)));
  return problems.flat().filter(({ code }) => !(cards.includes(undefined) && mayBeKnown.includes(code)));
}

async function problemsOf(specifier: string, folder: string, known: ReturnType<typeof meaningsOf>): Promise<readonly Problem[]> {
  const located = locatePlugin(specifier, folder);
  const main = 'messageFile' in located && located.root !== undefined ? mainModule(located.root) : undefined;
  if (main === undefined || !('messageFile' in located)) return [];
  const { readerOf } = await import('@waybill/plugin-host');
  const { problems } = (await readerOf(main)).loadMessageFile(located.messageFile, known);
  return problems.filter(({ code }) => code !== 'WB_MESSAGE_FILE_UNREADABLE');
}

/** Undefined where there is none that can be read, which the check of the manifest tells. */
function cardOf(specifier: string, folder: string): Card | undefined {
  try {
    return readCard(findPlugin(specifier, folder));
  } catch {
    return undefined;
  }
}

/** The problems of a manifest and those of its message files. What a file has wrong is told by whoever reads the file, not by its card as well. */
export function together(ofManifest: readonly Problem[], ofFiles: readonly Problem[]): readonly Problem[] {
  const told = new Set(ofFiles.filter(({ severity }) => severity === 'error').map(({ file }) => file));
  return [...ofManifest.filter(({ file }) => !told.has(file)), ...ofFiles];
}
