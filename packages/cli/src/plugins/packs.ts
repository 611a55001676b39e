import { dirname, resolve } from 'node:path';
import { type MessagePackDefinition, type MessageType, typeName } from '@waybill/contract';
import { isDefinition } from '@waybill/contract/host';
import { checkManifest, didYouMean, ManifestError, mainModule, readManifest } from '@waybill/manifest';
import { errors } from '../errors.ts';
import { manifestsIn } from '../manifest-file.ts';
import { namedPlugins } from './message-files.ts';
import { findInstalled, findPlugin, loadDefinition, type PluginPackage, readCard } from './plugin-packages.ts';

/** How a command says which plugins it means. */
export interface PluginChoice {
  readonly plugin?: readonly string[] | undefined;
  readonly manifest?: string | undefined;
}

/**
 * The plugins to work with: those that are named, else those of the manifest that is named, else those of the manifest in
 * the working folder, else all that are installed. A manifest with problems elsewhere still tells its plugins.
 */
export function choosePlugins({ plugin, manifest }: PluginChoice): readonly PluginPackage[] {
  if (plugin !== undefined && plugin.length > 0) return plugin.map((specifier) => findPlugin(specifier, process.cwd()));
  const file = manifest ?? manifestsIn(process.cwd())[0];
  if (file === undefined) return findInstalled(process.cwd());
  return pluginsOf(file).map((specifier) => findPlugin(specifier, dirname(resolve(file))));
}

/** What people are told where there is none of them. */
export function noPlugins(): string {
  return `There is no plugin at hand: none is named, and none is installed in node_modules of ${process.cwd()} or of the folders above it.`;
}

function pluginsOf(file: string): readonly string[] {
  const source = readManifest(file);
  const { root, findings } = source;
  if (root === undefined) {
    const [first] = findings;
    if (first?.code === 'WB_MANIFEST_UNREADABLE') throw errors.WB_CLI_NO_FILE(first.message, { at: file, hint: first.hint });
    const result = checkManifest(source);
    throw new ManifestError('problems' in result ? result.problems : []);
  }
  return namedPlugins(source);
}

/** The message packs among the chosen plugins, with their code. Throws `WB_CLI_NO_PACKS`. */
export async function loadPacks(choice: PluginChoice): Promise<readonly MessagePackDefinition[]> {
  const packs = choosePlugins(choice).filter((plugin) => readCard(plugin).kind === 'message-pack');
  if (packs.length === 0) throw errors.WB_CLI_NO_PACKS('None of the plugins at hand is a message pack.');
  const definitions = await Promise.all(
    packs.map(async (plugin) => (plugin.messageFile === undefined ? loadDefinition(plugin) : undefined)),
  );
  const code = definitions.filter((one): one is MessagePackDefinition => isDefinition(one, 'message-pack'));
  const made = await Promise.all(packs.map(async (plugin, index) => definitions[index] ?? packOfFile(plugin, code)));
  return made.filter((one): one is MessagePackDefinition => isDefinition(one, 'message-pack'));
}

/** The pack of a message file, which can name what the packs with code declare. Throws a `ManifestError`. */
async function packOfFile({ folder, messageFile = '' }: PluginPackage, code: readonly MessagePackDefinition[]): Promise<unknown> {
  const { meaningsOf, readerOf } = await import('@waybill/plugin-host');
  const { pack, problems } = (await readerOf(mainModule(folder) ?? folder)).loadMessageFile(messageFile, meaningsOf(code));
  if (pack === undefined) throw new ManifestError(problems);
  return pack;
}

export interface KnownMessage {
  readonly pack: MessagePackDefinition;
  readonly type: MessageType;
}

/**
 * The message that `name` means: `Name@version`, or `Name` alone, which means its highest version.
 * Throws `WB_CLI_UNKNOWN_MESSAGE`.
 */
export function findMessage(packs: readonly MessagePackDefinition[], name: string): KnownMessage {
  const all = packs.flatMap((pack) => pack.messages.map((type) => ({ pack, type })));
  const byVersion = all.filter(({ type }) => type.name === name).sort((a, b) => compareVersions(b.type.version, a.type.version));
  const found = all.find(({ type }) => typeName(type) === name) ?? byVersion[0];
  if (found) return found;
  const names = all.map(({ type }) => typeName(type));
  const near = didYouMean(name, name.includes('@') ? names : all.map(({ type }) => type.name));
  const versions = names.filter((known) => known.startsWith(`${name.split('@')[0]}@`));
  const hint = versions.length > 0 ? `Known are ${versions.join(', ')}.` : near && `Did you mean ${near}?`;
  throw errors.WB_CLI_UNKNOWN_MESSAGE(`No message pack at hand knows the message ${name}.`, { hint });
}

function compareVersions(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}
