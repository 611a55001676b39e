import type { Leg, Listener, Message } from '@waybill/contract';
import type { Publisher } from '@waybill/contract/application';
import type { CheckedInbound, CheckedManifest, CheckedOutbound } from '@waybill/manifest';
import type { Connection } from '../connection.ts';
import { repliesOf } from '../inbound/replies.ts';
import { errorFields } from '../log.ts';
import type { Pauses } from '../pauses.ts';
import type { Registry } from '../registry.ts';
import { Asking, type DirectWay } from './asking.ts';
import { Destination, type DestinationSettings } from './destination.ts';
import { Publishing } from './publishing.ts';
import { ReplySide } from './reply-side.ts';
import type { Router } from './routing.ts';
import { SendingSide } from './sending-side.ts';
import { type LedgerServices, SentLedger } from './sent-ledger.ts';

export interface OutboundServices extends LedgerServices {
  readonly registry: Registry;
  readonly router: Router;
  readonly pauses: Pauses;
}

export interface OutboundHooks {
  readonly connection: (name: string) => Connection;
  /** The listener of an inbound entry, through which its replies go. */
  readonly listener: (entry: string) => Listener | undefined;
}

/** The sending half of a running kernel: a destination for each outbound entry, and one for the replies of each inbound entry that has them. */
export class Outbound {
  readonly #services: OutboundServices;
  readonly #sides = new Map<string, SendingSide>();
  readonly #all = new Map<string, Destination>();
  /** Those of the manifest's outbound entries. */
  readonly destinations: readonly Destination[];
  readonly publishing: Publishing;
  readonly asking: Asking;

  constructor(manifest: CheckedManifest, services: OutboundServices, hooks: OutboundHooks) {
    this.#services = services;
    const ways = new Map<string, DirectWay>();
    this.destinations = manifest.outbound.map((entry) => this.#destination(entry, manifest.folder, hooks, ways));
    for (const entry of manifest.inbound) if (repliesLater(entry)) this.#replies(entry, hooks);
    this.publishing = new Publishing({ ...services, wake: this.wake });
    this.asking = new Asking({ ...services, ways });
  }

  get publisher(): Publisher {
    const { publishing, asking } = this;
    return {
      publish: (event, data, options) => publishing.publish(event, data, options),
      request: (event, data, options = {}) => asking.request(event, data, options),
    };
  }

  /** Opens every sender and starts to send, also where opening failed in a way that may pass. Rejects when the error is final: the manifest is wrong. */
  async start(stop: AbortSignal): Promise<void> {
    const opened = await Promise.allSettled([...this.#sides.values()].map((side) => side.open(stop)));
    const final = opened.find((result) => result.status === 'rejected' && !(result.reason as { readonly retryable?: boolean }).retryable);
    if (final?.status === 'rejected') throw final.reason;
    for (const one of this.#all.values()) one.start();
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#all.values()].map((one) => one.stop()));
  }

  readonly wake = (legs: readonly Leg[]): void => {
    for (const { entry } of legs) this.#all.get(entry)?.wake();
  };

  wakeEntry(entry: string): void {
    this.#all.get(entry)?.wake();
  }

  wakeAll(): void {
    for (const one of this.#all.values()) one.wake();
  }

  #destination(entry: CheckedOutbound, folder: string, hooks: OutboundHooks, ways: Map<string, DirectWay>): Destination {
    const { log, clock, router, pauses } = this.#services;
    const late = (name: string, reply: Message) => this.#late(name, reply);
    const side = new SendingSide(entry, hooks.connection(entry.connection.name), { log, clock, folder, late });
    const pause = pauses.of('out', entry.name);
    const settings = { ...entry, pause, connection: entry.connection.name, transport: entry.connection.plugin.card.name };
    const destination = new Destination(settings, side, router, this.#services);
    this.#sides.set(entry.name, side);
    this.#all.set(entry.name, destination);
    ways.set(entry.name, { side, ledger: new SentLedger(settings, this.#services), timeout: entry.timeout, pause });
    return destination;
  }

  #replies(entry: CheckedInbound, hooks: OutboundHooks): void {
    const { clock, router, pauses } = this.#services;
    const name = repliesOf(entry.name);
    const side = new ReplySide(entry.name, () => hooks.listener(entry.name), { clock, timeout: entry.timeout });
    const settings: DestinationSettings = {
      name,
      connection: entry.connection.name,
      transport: entry.connection.plugin.card.name,
      archive: entry.archive,
      order: 'parallel',
      parked: 'releases',
      // The asker takes the first reply with its correlation id; a second one harms nobody.
      unknown: 'retry',
      afterCrash: 'retry',
      concurrency: 4,
      retry: entry.retry,
      pause: pauses.of('out', name),
    };
    this.#all.set(name, new Destination(settings, side, router, this.#services));
  }

  #late(entry: string, reply: Message): void {
    const { keeper, log } = this.#services;
    const { correlationId } = reply;
    if (correlationId === undefined)
      return log.warn({ outbound: entry, messageId: reply.id }, 'a late reply has no correlation id and is dropped');
    keeper
      .do(() => keeper.journal.outbox.answered({ entry, id: correlationId }, reply))
      .then(() => log.info({ outbound: entry, messageId: correlationId }, 'a reply came after its request had timed out; it is recorded'))
      .catch((error: unknown) =>
        log.error({ outbound: entry, messageId: correlationId, ...errorFields(error) }, 'a late reply could not be recorded'),
      );
  }
}

function repliesLater({ connection }: CheckedInbound): boolean {
  return connection.plugin.card.receive?.guarantees.replies === 'addressed';
}
