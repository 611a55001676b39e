import type { MessagePackDefinition } from '@waybill/contract';
import type { ApplicationSpec } from '@waybill/contract/application';
import {
  type CheckedManifest,
  type CheckedPlugin,
  type KnownMeanings,
  ManifestError,
  type MessageFileReader,
  messageFileReader,
} from '@waybill/manifest';
import { loadErrors, pluginErrors } from '../errors.ts';
import { importModule } from './import-module.ts';

/**
 * Makes the packs of the message files that a manifest names. What they can name is what the packs with code declare, and what the
 * application handles, where it is at hand. Throws `WB_PLUGIN_LOAD`, `WB_PLUGIN_MISMATCH`, or a `ManifestError` with the problems of all files.
 */
export async function loadMessageFiles(
  { plugins }: CheckedManifest,
  packs: readonly MessagePackDefinition[],
  application?: () => Promise<ApplicationSpec>,
): Promise<ReadonlyMap<CheckedPlugin, MessagePackDefinition>> {
  const files = plugins.filter(({ messageFile }) => messageFile !== undefined);
  if (files.length === 0) return new Map();
  const handled = application && (await application()).handlers.map(({ command }) => command);
  const known: KnownMeanings = { ...meaningsOf(packs), ...(handled && { handled }) };
  const read = await Promise.all(
    files.map(async (plugin) => ({ plugin, ...(await readerOf(plugin.main)).loadMessageFile(plugin.messageFile ?? '', known) })),
  );
  const problems = read.flatMap((each) => each.problems);
  if (problems.some(({ severity }) => severity === 'error')) throw new ManifestError(problems);
  return new Map(read.flatMap(({ plugin, pack }) => (pack === undefined ? [] : [[plugin, pack] as const])));
}

/** What packs with code declare. */
export function meaningsOf(packs: readonly MessagePackDefinition[]): KnownMeanings {
  const types = packs.flatMap(({ messages }) => messages);
  return { commands: types.flatMap(({ commands = [] }) => commands), events: types.flatMap(({ event }) => event ?? []) };
}

/** What reads message files, from its main module. Throws `WB_PLUGIN_LOAD` or `WB_PLUGIN_MISMATCH`. */
export async function readerOf(main: string): Promise<MessageFileReader> {
  const module = await importModule(main).catch((cause: unknown) => {
    throw loadErrors.WB_PLUGIN_LOAD(`${messageFileReader} cannot be loaded.`, { at: main, cause });
  });
  if (
    typeof module['loadMessageFile'] === 'function' &&
    typeof module['messageFileSchema'] === 'function' &&
    typeof module['draftMessageFile'] === 'function'
  )
    return module as never;
  throw pluginErrors.WB_PLUGIN_MISMATCH(`${messageFileReader} does not read message files as this version of Waybill asks it to.`, {
    at: main,
  });
}
