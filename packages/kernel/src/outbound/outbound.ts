import { type DataOf, type EventDefinition, type Leg, type Listener, type Message, newTraceId, type Report } from '@waybill/contract';
import type { Publisher, PublishOptions } from '@waybill/contract/application';
import { publicationId, repliesOf } from '@waybill/contract/host';
import type { CheckedInbound, CheckedManifest, CheckedOutbound } from '@waybill/manifest';
import { type Connection, errorFields, type Registry, ReplySide, SendingSide } from '@waybill/plugin-host/kernel';
import type { Pauses } from '../desk/pauses.ts';
import { Asking, type DirectWay } from './asking.ts';
import { Destination, type DestinationSettings } from './destination.ts';
import { Raising } from './raising.ts';
import type { Router } from './routing.ts';
import { type LedgerServices, type SendingServices, SentLedger } from './sent-ledger.ts';

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
  readonly #services: OutboundServices & SendingServices;
  readonly #raising: Raising;
  readonly #sides = new Map<string, SendingSide>();
  readonly #all = new Map<string, Destination>();
  /** Those of the manifest's outbound entries. */
  readonly destinations: readonly Destination[];
  readonly asking: Asking;

  constructor(manifest: CheckedManifest, services: OutboundServices, hooks: OutboundHooks) {
    this.#raising = new Raising({ ...services, wake: this.wake });
    this.#services = { ...services, raise: this.#raising.rounds.wake };
    const ways = new Map<string, DirectWay>();
    this.destinations = manifest.outbound.map((entry) => this.#destination(entry, manifest.folder, hooks, ways));
    for (const entry of manifest.inbound) if (repliesLater(entry)) this.#replies(entry, hooks);
    this.asking = new Asking({ ...services, ways });
  }

  get publisher(): Publisher {
    return {
      publish: (event, data, options) => this.publish(event, data, options),
      request: (event, data, options = {}) => this.asking.request(event, data, options),
    };
  }

  /** Opens every sender and starts to send, also where opening failed in a way that may pass. Rejects when the error is final: the manifest is wrong. */
  async start(stop: AbortSignal): Promise<void> {
    const opened = await Promise.allSettled([...this.#sides.values()].map((side) => side.open(stop)));
    const final = opened.find((result) => result.status === 'rejected' && !(result.reason as { readonly retryable?: boolean }).retryable);
    if (final?.status === 'rejected') throw final.reason;
    for (const one of this.#all.values()) one.loop.start();
    this.#raising.rounds.start();
  }

  /** Sends nothing more that waits in the journal. Callers are still served: a handler in hand may ask. */
  async stop(): Promise<void> {
    await Promise.all([...this.#all.values()].map((one) => one.stop()));
  }

  /** Closes every sender when the last caller has been told; does not wait for that when `abort` aborts. */
  async close(abort: AbortSignal): Promise<void> {
    await this.asking.ended(abort);
    await this.#raising.rounds.stop();
    await Promise.all([...this.#all.values()].map((one) => one.close()));
    // Until then, late replies could come.
    await this.asking.ended(abort);
  }

  readonly wake = (legs: readonly Leg[]): void => {
    for (const { entry } of legs) this.#all.get(entry)?.loop.wake();
  };

  /** Resolves when the event is durable. Nothing happens when no route takes it, or when its `id` was published before for its store. */
  async publish<Event extends EventDefinition>(event: Event, data: DataOf<Event>, options: PublishOptions = {}): Promise<void> {
    const { router, keeper, clock, log } = this.#services;
    const legs = router.legsOf(event, data, options, { trace: newTraceId() }, clock.now());
    if (legs.length === 0) return;
    const id = options.id === undefined ? undefined : publicationId(event.name, options.id, options.store);
    if (await keeper.do(() => keeper.journal.outbox.publish(legs, { id }))) this.wake(legs);
    else log.debug({ event: event.name, store: options.store, id: options.id }, 'published before under this id, nothing is sent again');
  }

  /** Records news about a message that was sent earlier; they are published in a step of their own. */
  async report(report: Report): Promise<void> {
    const { keeper, log } = this.#services;
    if (await keeper.do(() => keeper.journal.outbox.report(report))) return this.#raising.rounds.wake();
    const { about, kind, recipient } = report;
    log.info({ about, kind, recipient }, 'a report came about a message that is not known; it is kept for a while');
  }

  readonly areAway = (destinations: readonly string[]): boolean => destinations.every((name) => this.#sides.get(name)?.isDown);

  wakeAll(): void {
    for (const one of this.#all.values()) one.loop.wake();
    this.#raising.rounds.wake();
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
    this.asking
      .untilEnd(() => keeper.do(() => keeper.journal.outbox.answered({ entry, id: correlationId }, reply)))
      .then(() => log.info({ outbound: entry, messageId: correlationId }, 'a reply came after its request had timed out; it is recorded'))
      .catch((error: unknown) =>
        log.error({ outbound: entry, messageId: correlationId, ...errorFields(error) }, 'a late reply could not be recorded'),
      );
  }
}

function repliesLater({ connection }: CheckedInbound): boolean {
  return connection.plugin.card.receive?.guarantees.replies === 'addressed';
}
