import { type ApplicationSpec, type Handler, type Journal, type Log, typeName, WaybillError } from '@waybill/contract';
import type { CheckedManifest } from '@waybill/manifest';
import type { Clock } from './clock.ts';
import { Connection, limited } from './connection.ts';
import { Deadlines } from './deadlines.ts';
import { remedy } from './errors.ts';
import { Receiver } from './inbound/receiver.ts';
import { errorFields } from './log.ts';
import type { Observers } from './observe.ts';
import { Destination } from './outbound/destination.ts';
import { Publishing } from './outbound/publishing.ts';
import { Router } from './outbound/routing.ts';
import { type LoadedPlugins, loadApplication, loadJournal, loadPlugins, transportOf } from './plugins.ts';
import { Registry } from './registry.ts';

/** How often what the journal no longer needs to remember is removed, in milliseconds. */
const forgetEvery = 600_000;

export interface RuntimeOptions {
  readonly manifest: CheckedManifest;
  readonly application: ApplicationSpec;
  readonly log: Log;
  readonly clock: Clock;
  readonly observers: Observers;
}

type OpenOptions = Omit<RuntimeOptions, 'manifest' | 'application'> & { readonly application: ApplicationSpec | undefined };

/** Everything that a running kernel has opened. Built by `open`, taken down by `close`. */
export class Runtime {
  readonly #options: RuntimeOptions;
  readonly #abort = new AbortController();
  readonly #forgetting: NodeJS.Timeout;
  readonly journal: Journal;
  readonly connections: ReadonlyMap<string, Connection>;
  readonly destinations: ReadonlyMap<string, Destination>;
  readonly receivers: ReadonlyMap<string, Receiver>;
  readonly publishing: Publishing;

  private constructor(options: RuntimeOptions, registry: Registry, journal: Journal, connections: ReadonlyMap<string, Connection>) {
    const { manifest, log, clock, observers, application } = options;
    this.#options = options;
    this.journal = journal;
    this.connections = connections;
    const router = new Router(registry, manifest.routes);
    const outbound = { journal, clock, observers, log, folder: manifest.folder };
    this.destinations = new Map(
      manifest.outbound.map((one) => [one.name, new Destination(one, this.#connection(one.connection.name), outbound)]),
    );
    const publishing = new Publishing({ registry, router, journal, clock, observers, log, destinations: this.destinations });
    this.publishing = publishing;
    const inbound = {
      registry,
      router,
      journal,
      application,
      clock,
      observers,
      log,
      deadlines: new Deadlines(),
      abort: this.#abort.signal,
      wake: publishing.wake.bind(publishing),
      ask: publishing.request.bind(publishing),
    };
    this.receivers = new Map(
      manifest.inbound.map((one) => [one.name, new Receiver(one, this.#connection(one.connection.name), inbound, manifest.folder)]),
    );
    this.#forgetting = setInterval(() => void this.#forget(), forgetEvery).unref();
  }

  /** Loads plugins and application and opens everything. What was opened is closed again when a step fails. */
  static async open(manifest: CheckedManifest, handlers: readonly Handler[] | undefined, options: OpenOptions): Promise<Runtime> {
    // The journal opens while the rest is being loaded: it waits for the disk, the rest for this thread.
    const journal = openJournal(manifest, options.log);
    const connections = new Map<string, Connection>();
    const runtime = await Runtime.#build(manifest, handlers, options, journal, connections).catch(async (error: unknown) => {
      await Promise.allSettled([journal.then((open) => open.close()), ...[...connections.values()].map((one) => one.close())]);
      throw error;
    });
    try {
      await runtime.#start();
    } catch (error) {
      await runtime.close(0);
      throw error;
    }
    return runtime;
  }

  static async #build(
    manifest: CheckedManifest,
    handlers: readonly Handler[] | undefined,
    options: OpenOptions,
    journal: Promise<Journal>,
    connections: Map<string, Connection>,
  ): Promise<Runtime> {
    const loading = applicationOf(manifest, options.application, handlers);
    // It is awaited below; until then its failure is nobody's.
    loading.catch(() => undefined);
    const plugins = await loadPlugins(manifest);
    connect(manifest, plugins, options, connections);
    const [application, open] = await Promise.all([loading, journal]);
    const registry = new Registry(plugins.packs, application.handlers);
    refuseUnserved(manifest, registry);
    return new Runtime({ ...options, manifest, application }, registry, open, connections);
  }

  /** Stops receiving, lets what is in hand settle for up to `grace` milliseconds, then closes everything. */
  async close(grace: number): Promise<void> {
    const { log, application } = this.#options;
    clearInterval(this.#forgetting);
    const limit = setTimeout(() => this.#abort.abort(), grace);
    const drained = Promise.all([...this.receivers.values(), ...this.destinations.values()].map((one) => one.stop()));
    await limited('Draining', () => drained, grace + 2_000).catch((error: unknown) =>
      log.warn(errorFields(error), 'not everything in hand could be settled; the rest is done by the next start'),
    );
    clearTimeout(limit);
    await limited('Stopping the application', async () => application.stopped?.()).catch((error: unknown) =>
      log.error(errorFields(error), 'the application did not stop cleanly'),
    );
    await limited('Closing the journal', () => this.journal.close()).catch((error: unknown) =>
      log.error(errorFields(error), 'the journal did not close cleanly'),
    );
    await Promise.all([...this.connections.values()].map((one) => one.close()));
  }

  async #start(): Promise<void> {
    const opened = [...this.destinations.values()].map((one) => one.start(this.#abort.signal));
    const results = await Promise.allSettled([...opened, ...[...this.receivers.values()].map((one) => one.start())]);
    const failed = results.find((result) => result.status === 'rejected');
    if (failed) throw failed.reason;
    await this.#options.application.started?.(this.publishing);
  }

  async #forget(): Promise<void> {
    const { manifest, clock, log } = this.#options;
    try {
      const rows = await this.journal.forget(clock.now() - manifest.journal.keep);
      if (rows > 0) log.debug({ rows }, 'the journal forgot what was done long ago');
    } catch (error) {
      log.warn(errorFields(error), 'the journal could not forget');
    }
  }

  #connection(name: string): Connection {
    const connection = this.connections.get(name);
    if (connection) return connection;
    throw new WaybillError('WB_KERNEL_STATE', `The connection ${name} does not exist.`, { hint: remedy('WB_KERNEL_STATE') });
  }
}

/** Makes the connections, and begins to open those that entries use while the application is still being loaded. */
function connect(
  manifest: CheckedManifest,
  plugins: LoadedPlugins,
  { log, clock }: OpenOptions,
  connections: Map<string, Connection>,
): void {
  const used = new Set([...manifest.inbound, ...manifest.outbound].map((entry) => entry.connection.name));
  for (const config of manifest.connections) {
    const connection = new Connection(config, transportOf(plugins, config.plugin.card.name), { log, clock, folder: manifest.folder });
    connections.set(config.name, connection);
    if (used.has(config.name)) connection.warm();
  }
}

async function openJournal(manifest: CheckedManifest, log: Log): Promise<Journal> {
  const definition = await loadJournal(manifest);
  const { settings } = manifest.journal;
  return limited('Opening the journal', (signal) => definition.open(settings, { name: 'journal', log, folder: manifest.folder, signal }));
}

async function applicationOf(
  manifest: CheckedManifest,
  given: ApplicationSpec | undefined,
  handlers: readonly Handler[] = [],
): Promise<ApplicationSpec> {
  const application = given ?? (manifest.app === undefined ? { handlers: [] } : await loadApplication(manifest.app));
  return { ...application, handlers: [...application.handlers, ...handlers] };
}

/** An entry that names a message type wants it handled; without a list it takes what comes, and what nobody serves is parked. */
function refuseUnserved(manifest: CheckedManifest, registry: Registry): void {
  for (const entry of manifest.inbound) {
    for (const ref of entry.messages ?? []) {
      const known = registry.typeOf(ref);
      const [missing] = known ? registry.unserved(known.type) : [];
      if (!missing) continue;
      const text = `The inbound entry ${entry.name} takes ${typeName(ref)}, and the application has no handler for ${missing}.`;
      throw new WaybillError('WB_HANDLER_MISSING', text, { at: `inbound.${entry.name}.messages`, hint: remedy('WB_HANDLER_MISSING') });
    }
  }
}
