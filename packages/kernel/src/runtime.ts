import type { ApplicationSpec, Handler } from '@waybill/contract/application';
import { repliesOf } from '@waybill/contract/host';
import {
  type Connection,
  callPlugin,
  checkRouteKeys,
  Deadlines,
  errorFields,
  Lifetime,
  type Loaded,
  type LoadOptions,
  load,
  masker,
  Registry,
  refuseUnknownEncodings,
  refuseUnserved,
  startApplication,
  stopApplication,
  Tallies,
} from '@waybill/plugin-host/kernel';
import { ControlTick } from './desk/control-tick.ts';
import { startForgetting } from './desk/forgetting.ts';
import { Pauses } from './desk/pauses.ts';
import type { KernelStatus, StrandedEntry } from './desk/status.ts';
import { errors } from './errors.ts';
import { InboundEntry } from './inbound/entry.ts';
import { JournalKeeper } from './journal-keeper.ts';
import type { Observers } from './observe.ts';
import { Outbound } from './outbound/outbound.ts';
import { Router } from './outbound/routing.ts';

/** What a runtime is made from. */
export interface RuntimeOptions extends LoadOptions {
  /** In addition to those of the application. */
  readonly handlers: readonly Handler[];
  readonly observers: Observers;
  /** What the kernel says of itself. */
  readonly status: () => KernelStatus;
}

/** Everything that a running kernel has opened. Built by `open`, taken down by `close`. */
export class Runtime {
  readonly #options: RuntimeOptions;
  readonly #application: ApplicationSpec;
  readonly #lifetime: Lifetime;
  readonly #abort = new AbortController();
  #drained: Promise<void> | undefined;
  readonly keeper: JournalKeeper;
  readonly control: ControlTick;
  readonly connections: ReadonlyMap<string, Connection>;
  readonly inbound: ReadonlyMap<string, InboundEntry>;
  readonly outbound: Outbound;
  stranded: readonly StrandedEntry[] = [];

  private constructor(options: RuntimeOptions, { application, plugins, journal, connections }: Loaded, lifetime: Lifetime) {
    const { manifest, log, clock, observers, handlers, status } = options;
    this.#options = options;
    this.#application = application;
    this.#lifetime = lifetime;
    this.connections = connections;
    this.keeper = new JournalKeeper({ journal, clock, log, abort: this.#abort.signal });
    const mask = masker(manifest.secrets);
    const registry = new Registry(plugins.packs, [...application.handlers, ...handlers]);
    refuseUnserved(manifest, registry);
    refuseUnknownEncodings(manifest);
    checkRouteKeys(manifest, registry, log);
    const router = new Router(registry, manifest, { mask, log });
    const [pauses, tallies] = [new Pauses(), new Tallies()];
    this.control = new ControlTick({ journal, pauses, tallies, manifest: manifest.name, status, clock, log });
    const shared = { registry, router, keeper: this.keeper, clock, observers, pauses, tallies, log, mask };
    this.outbound = new Outbound(manifest, shared, { connection: this.#connection, listener: (name) => this.inbound.get(name)?.listener });
    const inbound = {
      ...shared,
      application,
      deadlines: new Deadlines(),
      abort: this.#abort.signal,
      wake: this.outbound.wake,
      areAway: this.outbound.areAway,
      ask: this.outbound.asking.request.bind(this.outbound.asking),
      report: this.outbound.report.bind(this.outbound),
    };
    this.inbound = new Map(
      manifest.inbound.map((one) => [one.name, new InboundEntry(one, this.#connection(one.connection.name), inbound, manifest.folder)]),
    );
  }

  /** Loads plugins and application and opens everything. What was opened is closed again when a step fails. */
  static async open(options: RuntimeOptions): Promise<Runtime> {
    const lifetime = new Lifetime(options.log);
    try {
      const runtime = new Runtime(options, await load(options, lifetime), lifetime);
      await runtime.#start();
      return runtime;
    } catch (error) {
      await lifetime.close();
      throw error;
    }
  }

  /** Stops receiving, lets what is in hand settle for up to `grace` milliseconds, then closes everything. */
  async close(grace: number): Promise<void> {
    await this.#drainWithin(grace);
    await this.#lifetime.close();
  }

  /** A message waits in the journal, possibly put there by another process. */
  wakeAll(): void {
    for (const one of this.inbound.values()) one.wake();
    this.outbound.wakeAll();
  }

  /** Called twice it waits for the same end. */
  #drainWithin(grace: number): Promise<void> {
    this.#drained ??= this.#drain(grace);
    return this.#drained;
  }

  async #drain(grace: number): Promise<void> {
    const limit = setTimeout(() => this.#abort.abort(), grace);
    const ended = async () => {
      await Promise.all([...[...this.inbound.values()].map((one) => one.stop()), this.outbound.stop()]);
      await this.outbound.close(this.#abort.signal);
    };
    await callPlugin('Draining', ended, { limit: grace + 2_000 }).catch((error: unknown) =>
      this.#options.log.warn(errorFields(error), 'not everything in hand could be settled; the rest is done by the next start'),
    );
    clearTimeout(limit);
    this.#abort.abort();
  }

  async #start(): Promise<void> {
    const { log, clock, manifest } = this.#options;
    const { journal } = this.keeper;
    this.#lifetime.opened('What was begun', () => this.#drainWithin(0));
    await this.#tellStranded();
    await this.keeper.do(() => this.control.look());
    const opened = [this.outbound.start(this.#abort.signal), ...[...this.inbound.values()].map((one) => one.start())];
    const failed = (await Promise.allSettled(opened)).find((result) => result.status === 'rejected');
    if (failed) throw failed.reason;
    await this.keeper.do(() => journal.control.started(manifest.name, manifest.written));
    this.#lifetime.opened(
      'The watch on the journal',
      journal.watch(() => {
        this.control.wake();
        this.wakeAll();
      }),
    );
    this.#lifetime.opened('Control', () => this.control.stop());
    this.control.start();
    this.#lifetime.opened('Forgetting', startForgetting({ journal, keep: manifest.journal.keep, clock, log }));
    this.#lifetime.opened('The application', () => stopApplication(this.#application));
    await startApplication(this.#application, this.outbound.publisher);
    this.keeper.isStarted = true;
  }

  /** Names stay when entries are renamed: what waits under a name that the manifest does not have would wait for ever. */
  async #tellStranded(): Promise<void> {
    await this.findStranded();
    for (const { direction, entry, waiting, parked } of this.stranded)
      this.#options.log.warn(
        { direction, entry, waiting, parked },
        'the journal has messages of an entry that the manifest does not have; move or drop them',
      );
  }

  /** Looks again what the journal has for entries that the manifest does not have. */
  async findStranded(): Promise<void> {
    const { inbound, outbound } = this.#options.manifest.declared;
    const known = new Set(
      inbound.flatMap((name) => [`in ${name}`, `out ${repliesOf(name)}`]).concat(outbound.map((name) => `out ${name}`)),
    );
    const counts = await this.keeper.do(() => this.keeper.journal.desk.counts());
    this.stranded = counts.filter(({ direction, entry, waiting, parked }) => waiting + parked > 0 && !known.has(`${direction} ${entry}`));
  }

  readonly #connection = (name: string): Connection => {
    const connection = this.connections.get(name);
    if (connection) return connection;
    throw errors.WB_KERNEL_STATE(`The connection ${name} does not exist.`);
  };
}
