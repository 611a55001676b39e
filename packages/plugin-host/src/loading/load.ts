import type { AnyJournal, AnyTransport, Journal, Log } from '@waybill/contract';
import type { ApplicationSpec, Handler } from '@waybill/contract/application';
import { isDefinition } from '@waybill/contract/host';
import type { CheckedManifest } from '@waybill/manifest';
import { callPlugin } from '../calling/call-plugin.ts';
import type { Clock } from '../calling/clock.ts';
import { Connection } from '../calling/connection.ts';
import type { Lifetime } from '../calling/lifetime.ts';
import { isJournalOf, type LoadedPlugins, loadApplication, loadPlugins, noTransport } from './plugins.ts';

export interface LoadOptions {
  readonly manifest: CheckedManifest;
  /** Given by code; else the manifest's `app`. */
  readonly application: ApplicationSpec | undefined;
  /** Further ones, beside those of the application. */
  readonly handlers: readonly Handler[];
  readonly log: Log;
  readonly clock: Clock;
}

/** The code that a manifest names, and what has to be open before anything else can be. */
export interface Loaded {
  readonly application: ApplicationSpec;
  readonly plugins: LoadedPlugins;
  readonly journal: Journal;
  readonly connections: ReadonlyMap<string, Connection>;
}

/**
 * Loads plugins and application. The journal opens, and the connections begin to, as soon as their own code is there: they wait for
 * threads, disks and networks, the rest for this thread.
 */
export async function load(options: LoadOptions, lifetime: Lifetime): Promise<Loaded> {
  const { manifest } = options;
  const made = new Map<string, Connection>();
  let opening: Promise<Journal> | undefined;
  const opened = (definition: unknown): void => {
    if (isDefinition(definition, 'transport')) connect(definition as AnyTransport, options, lifetime, made);
    if (isJournalOf(manifest, definition)) opening = openJournal(definition, options, lifetime);
  };
  const plugins = await loadPlugins(manifest, opened, async () => {
    const application = await applicationOf(options);
    return { ...application, handlers: [...application.handlers, ...options.handlers] };
  });
  const connections = manifest.connections.map(({ name, plugin }) => [name, made.get(name) ?? noTransport(plugin.card.name)] as const);
  return {
    application: await applicationOf(options),
    plugins,
    journal: await (opening ?? openJournal(plugins.journal, options, lifetime)),
    connections: new Map(connections),
  };
}

function openJournal(definition: AnyJournal, { manifest, log }: LoadOptions, lifetime: Lifetime): Promise<Journal> {
  const { settings, plugin } = manifest.journal;
  const context = { name: plugin.card.name, log, folder: manifest.folder };
  const opening = callPlugin('Opening the journal', (signal) => definition.open(settings, { ...context, signal }));
  // Its failure is met when the rest is loaded; a failure of a promise that nobody waits for yet would end the process.
  opening.catch(() => undefined);
  lifetime.opened('The journal', async () => {
    const journal = await opening.catch(() => undefined);
    await journal?.close();
  });
  return opening;
}

/** A module is loaded once, however often it is asked for. */
async function applicationOf({ application, manifest: { app } }: LoadOptions): Promise<ApplicationSpec> {
  if (application !== undefined) return application;
  return app === undefined ? { handlers: [] } : loadApplication(app);
}

/** Makes the connections of a transport, and begins to open those that entries use. */
function connect(transport: AnyTransport, options: LoadOptions, lifetime: Lifetime, connections: Map<string, Connection>): void {
  const { manifest, log, clock } = options;
  const used = new Set([...manifest.inbound, ...manifest.outbound].map((entry) => entry.connection.name));
  for (const config of manifest.connections) {
    if (config.plugin.card.name !== transport.name) continue;
    const connection = new Connection(config, transport, { log, clock, folder: manifest.folder });
    lifetime.opened(`The connection ${config.name}`, () => connection.close());
    connections.set(config.name, connection);
    if (used.has(config.name)) connection.warm();
  }
}
