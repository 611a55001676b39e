import type { Journal, Log } from '@waybill/contract';
import type { ApplicationSpec } from '@waybill/contract/application';
import type { CheckedManifest } from '@waybill/manifest';
import { callPlugin } from '../calling/call-plugin.ts';
import type { Clock } from '../calling/clock.ts';
import { Connection } from '../calling/connection.ts';
import type { Lifetime } from '../calling/lifetime.ts';
import { type LoadedPlugins, loadApplication, loadJournal, loadPlugins, transportOf } from './plugins.ts';

export interface LoadOptions {
  readonly manifest: CheckedManifest;
  /** Given by code; else the manifest's `app`. */
  readonly application: ApplicationSpec | undefined;
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

/** Loads plugins and application. The journal opens, and the connections begin to, while the rest is being loaded: they wait for disks and networks, the rest for this thread. */
export async function load(options: LoadOptions, lifetime: Lifetime): Promise<Loaded> {
  const { manifest, application: given } = options;
  const opening = openJournal(options);
  lifetime.opened('The journal', async () => {
    const journal = await opening.catch(() => undefined);
    await journal?.close();
  });
  const loading = given ? Promise.resolve(given) : applicationOf(manifest);
  // Its failure is met below, after the plugins; a failure of a promise that nobody waits for yet would end the process.
  loading.catch(() => undefined);
  opening.catch(() => undefined);
  const plugins = await loadPlugins(manifest);
  const connections = connect(plugins, options, lifetime);
  const [application, journal] = await Promise.all([loading, opening]);
  return { application, plugins, journal, connections };
}

async function openJournal({ manifest, log }: LoadOptions): Promise<Journal> {
  const definition = await loadJournal(manifest);
  const { settings, plugin } = manifest.journal;
  const context = { name: plugin.card.name, log, folder: manifest.folder };
  return callPlugin('Opening the journal', (signal) => definition.open(settings, { ...context, signal }));
}

async function applicationOf({ app }: CheckedManifest): Promise<ApplicationSpec> {
  return app === undefined ? { handlers: [] } : loadApplication(app);
}

/** Makes the connections, and begins to open those that entries use. */
function connect(plugins: LoadedPlugins, { manifest, log, clock }: LoadOptions, lifetime: Lifetime): ReadonlyMap<string, Connection> {
  const used = new Set([...manifest.inbound, ...manifest.outbound].map((entry) => entry.connection.name));
  const connections = new Map<string, Connection>();
  for (const config of manifest.connections) {
    const connection = new Connection(config, transportOf(plugins, config.plugin.card.name), { log, clock, folder: manifest.folder });
    lifetime.opened(`The connection ${config.name}`, () => connection.close());
    connections.set(config.name, connection);
    if (used.has(config.name)) connection.warm();
  }
  return connections;
}
