import {
  type AnyJournal,
  type AnyTransport,
  MessageError,
  type MessagePackDefinition,
  typeName,
  type WaybillError,
} from '@waybill/contract';
import type { ApplicationDefinition, ApplicationSpec } from '@waybill/contract/application';
import { cardOf, contractVersion, isDefinition } from '@waybill/contract/host';
import type { CheckedManifest, CheckedPlugin } from '@waybill/manifest';
import { encodingNamed } from '@waybill/text';
import { loadErrors, pluginErrors } from '../errors.ts';
import type { Registry } from '../packs/registry.ts';
import { importModule } from './import-module.ts';
import { loadMessageFiles } from './message-files.ts';
import { placeOfSyntaxFault } from './syntax-fault.ts';

/** The loaded code of a manifest's plugins. */
export interface LoadedPlugins {
  /** By the name under which connections use them. */
  readonly transports: ReadonlyMap<string, AnyTransport>;
  /** In the order of the manifest: the first that recognises a message gets it. */
  readonly packs: readonly MessagePackDefinition[];
  readonly journal: AnyJournal;
}

/** What takes time to open comes first. */
const kinds = ['journal', 'transport', 'message-pack'];

/**
 * Imports every plugin of a checked manifest, one after the other: the journal, the transports, the message packs. `loaded` hears of
 * each as soon as it is there. Message files come last, since they name commands of packs and of the application, which is asked for
 * where there are any; without it, nothing is said about commands that only it can know. Throws `WB_PLUGIN_LOAD`, `WB_PLUGIN_MISMATCH`, or
 * a `ManifestError` with all that is wrong in message files: a plugin that cannot be loaded stops the start, it is never skipped.
 */
export async function loadPlugins(
  manifest: CheckedManifest,
  loaded?: (definition: unknown) => void,
  application?: () => Promise<ApplicationSpec>,
): Promise<LoadedPlugins> {
  const transports = new Map<string, AnyTransport>();
  const packs = new Map<CheckedPlugin, MessagePackDefinition>();
  let journal: AnyJournal | undefined;
  const code = manifest.plugins.filter(({ messageFile }) => messageFile === undefined);
  for (const plugin of code.toSorted((one, other) => kinds.indexOf(one.card.kind) - kinds.indexOf(other.card.kind))) {
    const definition = await loadDefinition(plugin);
    if (isDefinition(definition, 'transport')) transports.set(plugin.card.name, definition as AnyTransport);
    if (isDefinition(definition, 'message-pack')) packs.set(plugin, definition as MessagePackDefinition);
    if (isJournalOf(manifest, definition)) journal = definition;
    loaded?.(definition);
  }
  if (!journal) throw mismatch(manifest.journal.plugin, 'it defines no journal of that name');
  const files = await loadMessageFiles(manifest, [...packs.values()], application);
  return { transports, packs: manifest.plugins.flatMap((plugin) => packs.get(plugin) ?? files.get(plugin) ?? []), journal };
}

/** Whether this is the journal that the manifest uses, of those that its plugins define. */
export function isJournalOf({ journal: { plugin } }: CheckedManifest, definition: unknown): definition is AnyJournal {
  return isDefinition(definition, 'journal') && (definition as AnyJournal).name === plugin.card.name;
}

/** The code of a connection's transport. Throws `WB_PLUGIN_MISMATCH`. */
export function transportOf(plugins: LoadedPlugins, name: string): AnyTransport {
  return plugins.transports.get(name) ?? noTransport(name);
}

export function noTransport(name: string): never {
  throw pluginErrors.WB_PLUGIN_MISMATCH(`No loaded plugin is the transport "${name}".`);
}

/** Plugins that an application hands over as code instead of naming them in the manifest. Throws a `TypeError` for anything else. */
export function givenPlugins(definitions: readonly unknown[]): readonly CheckedPlugin[] {
  return definitions.map((definition) => {
    const card = cardOf(definition);
    const specifier = `(given) ${card.name}`;
    return { specifier, card, main: specifier, definition };
  });
}

async function loadDefinition(plugin: CheckedPlugin): Promise<unknown> {
  if (plugin.definition) return plugin.definition;
  const module = await importModule(plugin.main).catch(async (cause: unknown) => {
    const at = (await placeOfSyntaxFault(plugin.main, cause)) ?? plugin.main;
    throw loadErrors.WB_PLUGIN_LOAD(`The plugin ${plugin.specifier} cannot be loaded.`, { at, cause });
  });
  const { kind, name } = plugin.card;
  const definition: unknown = module['default'];
  if (!isDefinition(definition, kind)) throw mismatch(plugin, `its module does not default-export a ${kind}`);
  if (definition.contract !== contractVersion)
    throw mismatch(plugin, `it was written for contract ${definition.contract}, this kernel speaks ${contractVersion}`);
  const actual = (definition as unknown as { readonly name: string }).name;
  if (actual !== name) throw mismatch(plugin, `its module calls itself "${actual}"`);
  return definition;
}

/** Loads the application that a manifest names: `app`, a path. Throws `WB_APP_LOAD`. */
export async function loadApplication(app: string): Promise<ApplicationDefinition> {
  const module = await importModule(app).catch(async (cause: unknown) => {
    const at = (await placeOfSyntaxFault(app, cause)) ?? app;
    throw loadErrors.WB_APP_LOAD('The application cannot be loaded.', { at, cause, hint: hintFor(cause) });
  });
  const definition: unknown = module['default'];
  if (isDefinition(definition, 'application')) return definition as ApplicationDefinition;
  const hint = 'Default-export what defineApplication returns.';
  throw loadErrors.WB_APP_LOAD('The application module does not default-export an application.', { at: app, hint });
}

function hintFor(cause: unknown): string | undefined {
  const isModule = !/outside a module|Unexpected token 'export'/.test(String(cause));
  return isModule ? undefined : 'It is a module: write "type": "module" into the package.json beside it, or give its name the ending .mjs.';
}

function mismatch(plugin: CheckedPlugin, what: string) {
  const text = `The plugin ${plugin.specifier} is not the ${plugin.card.kind} "${plugin.card.name}" of its card: ${what}.`;
  return pluginErrors.WB_PLUGIN_MISMATCH(text, { at: plugin.main });
}

/** An entry that names a message type wants it handled; without a list it takes what comes, and what nobody serves is parked. Throws `WB_HANDLER_MISSING`. */
export function refuseUnserved(manifest: CheckedManifest, registry: Registry): void {
  for (const entry of manifest.inbound) {
    for (const ref of entry.messages ?? []) {
      const known = registry.typeOf(ref);
      const [missing] = known ? registry.unserved(known.type) : [];
      if (!missing) continue;
      const text = `The inbound entry ${entry.name} takes ${typeName(ref)}, and the application has no handler for ${missing}.`;
      throw loadErrors.WB_HANDLER_MISSING(text, { at: `inbound.${entry.name}.messages` });
    }
  }
}

/** Sees to it that the encodings that entries name are known. Throws `WB_TEXT_UNKNOWN_ENCODING`, with a suggestion. */
export function refuseUnknownEncodings({ inbound }: CheckedManifest): void {
  for (const { name, encoding } of inbound) {
    try {
      if (encoding !== undefined) encodingNamed(encoding);
    } catch (error) {
      const { code, message, hint } = error as WaybillError;
      throw new MessageError(code, message, { at: `inbound.${name}.encoding`, hint });
    }
  }
}
