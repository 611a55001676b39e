import type { Written } from './setting.ts';
import type { connectionShape, inboundShape, journalShape, manifestShape, outboundShape, routeShape } from './shape/shape.ts';

/** Which settings the plugins of a manifest take, for whoever wants the compiler to know them. What is not given stays open. */
export interface PluginSettings {
  /** Beside `use` of the journal. */
  readonly journal?: object;
  /** Beside `transport` of a connection. */
  readonly connection?: object;
  /** Beside the keys of an inbound entry. */
  readonly inbound?: object;
  /** Beside the keys of an outbound entry. */
  readonly outbound?: object;
}

type Given<Plugins extends PluginSettings, Part extends keyof PluginSettings> =
  Plugins extends Readonly<Record<Part, infer Settings>> ? Settings : Readonly<Record<string, unknown>>;

type OwnKeys = Written<typeof manifestShape>;
type Sections = 'plugins' | 'journal' | 'connections' | 'inbound' | 'outbound' | 'routes';

/**
 * A manifest as code writes it. A misspelt key, a word that there is not, a length of time without its unit do not compile; what
 * only the plugins know, such as names of messages, is left to the check.
 */
export interface Manifest<Plugins extends PluginSettings = object> extends Omit<OwnKeys, Sections> {
  /** Missing where an application hands over all its plugins as code. */
  readonly plugins?: OwnKeys['plugins'] | undefined;
  readonly journal: Written<typeof journalShape> & Given<Plugins, 'journal'>;
  readonly connections?: Readonly<Record<string, Written<typeof connectionShape> & Given<Plugins, 'connection'>>> | undefined;
  readonly inbound?: Readonly<Record<string, Written<typeof inboundShape> & Given<Plugins, 'inbound'>>> | undefined;
  readonly outbound?: Readonly<Record<string, Written<typeof outboundShape> & Given<Plugins, 'outbound'>>> | undefined;
  readonly routes?: readonly Written<typeof routeShape>[] | undefined;
}

/** The manifest as it is given: the compiler sees to its keys and words. Checks nothing while it runs; `createKernel` and `checkManifest` do. */
export function defineManifest<Plugins extends PluginSettings = object>(manifest: Manifest<Plugins>): Manifest<Plugins> {
  return manifest;
}
