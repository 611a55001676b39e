import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Card, isDefinition, type PluginKind } from '@waybill/contract/host';
import {
  cardFile,
  installedPlugins,
  locatePlugin,
  ManifestError,
  mainModule,
  messageFileReader,
  missingPlugin,
  objectionToCard,
  openMessageFile,
} from '@waybill/manifest';
import { errors } from '../errors.ts';

/** A plugin that is installed or lies in a folder. */
export interface PluginPackage {
  /** As it was named. */
  readonly specifier: string;
  readonly folder: string;
  /** Of a plugin that is a file with messages: its path. `folder` is then that of what reads such files. */
  readonly messageFile?: string | undefined;
}

/** The plugins that are installed for `folder`, in alphabetical order of their names. */
export function findInstalled(folder: string): readonly PluginPackage[] {
  return installedPlugins(folder).map((specifier) => findPlugin(specifier, folder));
}

/**
 * The plugin that `specifier` names, as seen from `folder`: a package, or a folder that starts with a dot. It may lack its
 * card. Throws `WB_CLI_NO_PLUGIN`.
 */
export function findPlugin(specifier: string, folder: string): PluginPackage {
  const located = locatePlugin(specifier, folder);
  if ('messageFile' in located) return { specifier, folder: located.root ?? withoutReader(specifier), messageFile: located.messageFile };
  if ('root' in located) return { specifier, folder: located.root };
  const { message, hint } = missingPlugin(specifier, folder, located);
  throw errors.WB_CLI_NO_PLUGIN(message, { hint });
}

/** The folder of what reads files that declare messages, as seen from `folder`. Throws `WB_CLI_NO_PLUGIN`. */
export function findReader(folder: string): string {
  const located = locatePlugin(messageFileReader, folder);
  if ('root' in located && located.root !== undefined) return located.root;
  throw errors.WB_CLI_NO_PLUGIN(`${messageFileReader}, which reads files that declare messages, is not installed.`, {
    hint: `npm install ${messageFileReader}`,
  });
}

function withoutReader(specifier: string): never {
  const hint = `npm install ${messageFileReader}`;
  throw errors.WB_CLI_NO_PLUGIN(`${specifier} declares messages, and ${messageFileReader}, which reads such files, is not installed.`, {
    hint,
  });
}

/** The card that lies in the package, or that follows from a file; no code is run. Throws `WB_CLI_NO_PLUGIN`, or a `ManifestError` for a file. */
export function readCard({ specifier, folder, messageFile }: PluginPackage): Card {
  if (messageFile !== undefined) return cardOfFile(messageFile, folder);
  const at = join(folder, cardFile);
  let card: unknown;
  try {
    card = JSON.parse(readFileSync(at, 'utf8'));
  } catch (cause) {
    throw errors.WB_CLI_NO_PLUGIN(`${specifier} has no card that can be read.`, { at, cause });
  }
  const objection = objectionToCard(card);
  if (objection === undefined) return card as Card;
  const hint = 'Write the card anew with `waybill cards --write FOLDER`, or install a version of the plugin that fits this program.';
  throw errors.WB_CLI_NO_PLUGIN(`The card of ${specifier} is not valid: ${objection}.`, { at, hint });
}

function cardOfFile(file: string, reader: string): Card {
  const { card, problems } = openMessageFile(file, reader);
  if (card !== undefined) return card;
  throw new ManifestError(problems);
}

/** The place of a plugin's card. */
export function cardPath({ folder }: PluginPackage): string {
  return join(folder, cardFile);
}

/** Runs the plugin's main module and answers its definition. Throws `WB_CLI_NO_PLUGIN`. */
export async function loadDefinition({ specifier, folder, messageFile }: PluginPackage): Promise<unknown> {
  if (messageFile !== undefined)
    throw errors.WB_CLI_NO_PLUGIN(`${specifier} is a file with messages, and has no code.`, { at: messageFile });
  const main = mainModule(folder);
  if (main === undefined) throw errors.WB_CLI_NO_PLUGIN(`${specifier} names no main module that exists.`, { at: folder });
  const module = (await import(pathToFileURL(main).href).catch((cause: unknown) => {
    throw errors.WB_CLI_NO_PLUGIN(`The code of ${specifier} cannot be loaded.`, { at: main, cause });
  })) as Readonly<Record<string, unknown>>;
  const definition = module.default;
  const kinds: readonly PluginKind[] = ['transport', 'message-pack', 'journal'];
  if (kinds.some((kind) => isDefinition(definition, kind))) return definition;
  throw errors.WB_CLI_NO_PLUGIN(`${specifier} default-exports no plugin.`, { at: main });
}
