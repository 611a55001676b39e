import type { Log, MessagePackDefinition } from '@waybill/contract';
import { type Clock, createKernel, type Kernel, type Manifest, type Observation, systemClock } from '@waybill/kernel';
import type { CheckedManifest } from '@waybill/manifest';
import { loadPlugins } from '@waybill/plugin-host';
import { findPlugin, loadDefinition } from '../plugins/plugin-packages.ts';
import { farManifest, type Way } from './far-sides/far-manifest.ts';
import { farPacks } from './far-sides/far-pack.ts';
import type { FollowUp } from './playing/following.ts';
import { type Manners, Player } from './playing/player.ts';
import { type Step, Tally } from './tally.ts';

export interface CounterpartOptions {
  /** That of the other side. */
  readonly manifest: CheckedManifest;
  readonly manners: Manners;
  /** The connections whose far sides are played. Default: all. */
  readonly only?: readonly string[] | undefined;
  /** The file of the journal, which nobody needs afterwards. */
  readonly journal: string;
  readonly log: Log;
  readonly clock?: Clock | undefined;
  /** Hears of each step of each message. */
  readonly tell: (step: Step, seen: Observation) => void;
}

/** For how long a message may be worked on beside its delay, in milliseconds. */
const margin = 30_000;

/** How often it is looked whether everything was sent, in milliseconds. */
const lookEvery = 50;

/** The other side of every connection of a manifest: a kernel of its own, whose application plays the back end. */
export class Counterpart {
  readonly packs: readonly MessagePackDefinition[];
  readonly ways: readonly Way[];
  readonly tally: Tally;
  readonly #kernel: Kernel;
  readonly #player: Player;
  readonly #clock: Clock;

  private constructor(parts: Pick<Counterpart, 'packs' | 'ways' | 'tally'>, kernel: Kernel, player: Player, clock: Clock) {
    this.packs = parts.packs;
    this.ways = parts.ways;
    this.tally = parts.tally;
    this.#kernel = kernel;
    this.#player = player;
    this.#clock = clock;
  }

  /** Loads the plugins of the manifest; its application stays where it is. Throws `WB_CLI_NO_FAR_SIDE`, `WB_CLI_NO_PLUGIN`, and what plugins throw. */
  static async make(options: CounterpartOptions): Promise<Counterpart> {
    const { manifest, manners, only, journal, log, clock = systemClock, tell } = options;
    const { transports, packs, journal: its } = await loadPlugins(manifest);
    const own = its.name === 'sqlite' ? its : await loadDefinition(findPlugin('@waybill/journal-sqlite', manifest.folder));
    const far = farPacks(packs, manifest.inbound);
    const timeout = Math.ceil(manners.delay + manners.spread) + margin;
    const { manifest: written, ways } = farManifest(manifest, far.outgoing, { only, transports, packs, journal, timeout });
    const tally = new Tally();
    const send = (followUp: FollowUp): Promise<void> => sendWith(kernel, followUp);
    const player = new Player({ manners, manifest, packs, ways, clock, tally, send });
    const kernel = createKernel({
      manifest: written as unknown as Manifest,
      folder: manifest.folder,
      plugins: [own, ...transports.values(), ...far.packs],
      application: { handlers: player.handlersFor(far.commands) },
      log,
      clock,
    });
    kernel.observe((seen) => {
      const step = tally.add(seen);
      if (step) tell(step, seen);
    });
    return new Counterpart({ packs, ways, tally }, kernel, player, clock);
  }

  /** Resolves when messages move. Rejects with what is wrong. */
  start(): Promise<void> {
    return this.#kernel.start();
  }

  /** Resolves when the other side has the message or the journal keeps it; where a reply is awaited, when that has come or will not come. */
  send(followUp: FollowUp): Promise<void> {
    return sendWith(this.#kernel, followUp);
  }

  /** Resolves when the other side has everything, or has refused it, or `signal` aborts. */
  async allSent(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const counts = await this.#kernel.desk.counts();
      if (counts.every(({ direction, waiting }) => direction !== 'out' || waiting === 0)) return;
      await this.#clock.sleep(lookEvery, signal);
    }
  }

  async stop(): Promise<void> {
    await this.#player.stop();
    await this.#kernel.stop();
  }
}

/** Never rejects: how a message ended is observed, and a kernel that stops sends no more. */
async function sendWith(kernel: Kernel, { way: { event, asks, entry }, said, orderKey }: FollowUp): Promise<void> {
  if (kernel.state !== 'running') return;
  const options = { store: entry.name, orderKey };
  await (asks ? kernel.request(event, said, options) : kernel.publish(event, said, options)).catch(() => undefined);
}
