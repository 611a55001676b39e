import type {
  ApplicationSpec,
  DataOf,
  EventDefinition,
  Handler,
  Log,
  Publisher,
  PublishOptions,
  Receipt,
  ReplyOf,
  RequestEventOptions,
} from '@waybill/contract/application';
import { type CheckedManifest, checkManifest, type Manifest, ManifestError, readManifest } from '@waybill/manifest';
import { type Clock, createLog, givenPlugins, systemClock } from '@waybill/plugin-host';
import { harmlessLog } from '@waybill/plugin-host/kernel';
import { type KernelDesk, kernelDesk } from './desk/kernel-desk.ts';
import type { KernelOverview, KernelState, KernelStatus } from './desk/status.ts';
import { errors } from './errors.ts';
import { type Observer, Observers } from './observe.ts';
import { Runtime } from './runtime.ts';

export interface KernelOptions {
  /** The path of a manifest, or the manifest as an object. */
  readonly manifest: string | Manifest;
  /** For a manifest given as an object: what relative paths in it start from, and where its plugins are looked for. Default: the working folder. */
  readonly folder?: string;
  /** The application. It comes before the manifest's `app`. */
  readonly application?: ApplicationSpec;
  /** Handlers in addition to those of the application. */
  readonly handlers?: readonly Handler[];
  /**
   * Definitions of transports, packs and a journal in addition to the manifest's `plugins`: those that the application
   * makes itself, such as an HTTP transport on its own express app.
   */
  readonly plugins?: readonly unknown[];
  /** What `${env:…}` reads. Default: the environment of the process. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Default: one JSON line an event on standard error, at the manifest's `log.level`. */
  readonly log?: Log;
  readonly clock?: Clock;
}

/** Boots from a manifest and moves messages until it is stopped. Make one with `createKernel`. */
export class Kernel implements Publisher {
  readonly #options: KernelOptions;
  readonly #clock: Clock;
  readonly #observers = new Observers();
  #state: KernelState = 'created';
  #manifest: CheckedManifest | undefined;
  #runtime: Runtime | undefined;
  #log: Log | undefined;
  #starting: Promise<void> | undefined;
  #stopping: Promise<void> | undefined;
  /** What people do with the journal and its processes: list, show, replay (one, or a set), edit, move, drop, pause, resume. */
  readonly desk: KernelDesk;

  constructor(options: KernelOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.desk = kernelDesk({
      journal: () => this.#runtime?.keeper.journal,
      wake: () => this.#runtime?.wakeAll(),
      sleep: this.#clock.sleep.bind(this.#clock),
      obey: async () => this.#runtime?.control.look(),
    });
  }

  get state(): KernelState {
    return this.#state;
  }

  /** Reads and checks the manifest without running plugin code. Rejects with a `ManifestError` that holds every problem. */
  async check(): Promise<CheckedManifest> {
    if (this.#manifest) return this.#manifest;
    const { manifest, folder, env, plugins = [] } = this.#options;
    const checked = checkManifest(readManifest(manifest, { folder }), { env, given: givenPlugins(plugins) });
    if ('problems' in checked) throw new ManifestError(checked.problems);
    this.#manifest = checked.manifest;
    if (this.#state === 'created') this.#state = 'checked';
    return checked.manifest;
  }

  /** Resolves when messages move. Rejects, with everything closed again, when anything is wrong. Called once. */
  start(): Promise<void> {
    if (this.#starting || this.#stopping) return Promise.reject(wrongState('start', this.#state));
    this.#starting = this.#start();
    return this.#starting;
  }

  async #start(): Promise<void> {
    try {
      const manifest = await this.check();
      this.#state = 'opening';
      const own = harmlessLog(this.#options.log ?? createLog({ level: manifest.log.level, secrets: manifest.secrets }));
      const log = own.child({ manifest: manifest.name });
      this.#log = log;
      for (const { code, message, path, hint } of manifest.warnings) log.warn({ code, at: path, hint }, message);
      const { application, handlers } = this.#options;
      const status = () => this.status();
      const shared = { application, handlers: handlers ?? [], log, clock: this.#clock, observers: this.#observers, status };
      this.#runtime = await Runtime.open({ manifest, ...shared });
      this.#state = 'running';
      await this.#runtime.control.present();
      log.info({ inbound: manifest.inbound.length, outbound: manifest.outbound.length }, 'running');
    } catch (error) {
      this.#state = 'failed';
      throw error;
    }
  }

  /**
   * Takes no new messages, settles what is in hand for up to `grace` milliseconds (default: the manifest's
   * `stop.grace`), closes everything. What is left is done by the next start. Calling it again waits for the same end.
   */
  stop(options: { readonly grace?: number } = {}): Promise<void> {
    if (this.#state === 'running') this.#state = 'draining';
    this.#stopping ??= this.#stop(options.grace);
    return this.#stopping;
  }

  async #stop(grace: number | undefined): Promise<void> {
    if (!this.#runtime) await this.#starting?.catch(() => undefined);
    const runtime = this.#runtime;
    if (runtime) {
      this.#state = 'draining';
      this.#log?.info({}, 'draining');
      await runtime.close(grace ?? this.#manifest?.grace ?? 0);
      this.#runtime = undefined;
    }
    if (this.#state !== 'failed') this.#state = 'stopped';
    this.#log?.info({}, 'stopped');
  }

  /** Calls `observer` for every step of every message, in the order in which they happen. Returns the function that ends it. */
  observe(observer: Observer): () => void {
    return this.#observers.add(observer);
  }

  /** What this process knows of itself. */
  status(): KernelStatus {
    const runtime = this.#runtime;
    const opened = [...(runtime?.connections.values() ?? [])];
    const connections = opened.map(({ name, transport, state }) => ({ name, transport: transport.name, state }));
    const inbound = [...(runtime?.inbound.values() ?? [])].map((one) => one.status);
    const outbound = (runtime?.outbound.destinations ?? []).map((one) => one.status);
    const journal = runtime?.keeper.health ?? { state: 'ok' };
    const stranded = runtime?.stranded ?? [];
    const isAnyDegraded = [...connections, ...inbound, ...outbound].some((one) => one.state === 'degraded');
    const degraded = isAnyDegraded || journal.state !== 'ok' || stranded.length > 0;
    return { state: this.#state, journal, connections, inbound, outbound, stranded, degraded };
  }

  /** The status, with what waits, what is parked, what waits behind it and what is paused, of all processes that share the journal. */
  async overview(): Promise<KernelOverview> {
    const { desk } = this;
    const [counts, blocked, paused] = await Promise.all([desk.counts(), desk.blocked(), desk.paused(), this.#runtime?.findStranded()]);
    return { ...this.status(), counts, blocked, paused };
  }

  async publish<Event extends EventDefinition>(event: Event, data: DataOf<Event>, options?: PublishOptions): Promise<void> {
    return this.#running('publish').outbound.publish(event, data, options);
  }

  /** Sends at once: the caller sees the receipts, or the error. It is recorded in the journal, and nothing is tried again. */
  async sendNow<Event extends EventDefinition>(event: Event, data: DataOf<Event>, options?: PublishOptions): Promise<readonly Receipt[]> {
    return this.#running('send').outbound.asking.sendNow(event, data, options ?? {});
  }

  async request<Event extends EventDefinition>(
    event: Event,
    data: DataOf<Event>,
    options: RequestEventOptions = {},
  ): Promise<ReplyOf<Event>> {
    return this.#running('request').outbound.asking.request(event, data, options);
  }

  #running(what: string): Runtime {
    if (this.#runtime && this.#state === 'running') return this.#runtime;
    throw wrongState(what, this.#state);
  }
}

function wrongState(what: string, state: KernelState) {
  return errors.WB_KERNEL_STATE(`The kernel cannot ${what} while it is ${state}.`);
}

/** A kernel for a manifest; nothing is read or opened before `start()` (or `check()`). */
export function createKernel(options: KernelOptions): Kernel {
  return new Kernel(options);
}
