import { type DataOf, type EventDefinition, type Leg, type Log, messageReported, type Report } from '@waybill/contract';
import { type PublishOptions } from '@waybill/contract/application';
import type { Clock } from '../clock.ts';
import { freshTrace } from '../ids.ts';
import type { JournalKeeper } from '../journal-keeper.ts';
import type { Observers } from '../observe.ts';
import type { Router } from './routing.ts';

export interface PublishingServices {
  readonly router: Router;
  readonly keeper: JournalKeeper;
  readonly clock: Clock;
  readonly observers: Observers;
  readonly log: Log;
  /** Tells the destinations of these legs that something is due. */
  readonly wake: (legs: readonly Leg[]) => void;
}

/** The durable way out, and the news that come back. */
export class Publishing {
  readonly #services: PublishingServices;

  constructor(services: PublishingServices) {
    this.#services = services;
  }

  /** Resolves when the event is durable. Nothing happens when no route takes it, or when its `id` was published before for its store. */
  async publish<Event extends EventDefinition>(event: Event, data: DataOf<Event>, options: PublishOptions = {}): Promise<void> {
    const { router, keeper, clock, log, wake } = this.#services;
    const legs = router.legsOf(event, data, options, { trace: freshTrace() }, clock.now());
    if (legs.length === 0) return;
    const id = options.id === undefined ? undefined : publicationId(event.name, options.id, options.store);
    if (await keeper.do(() => keeper.journal.outbox.publish(legs, { id }))) wake(legs);
    else log.debug({ event: event.name, store: options.store, id: options.id }, 'published before under this id, nothing is sent again');
  }

  /** Records news about a message that was sent earlier, and publishes them. */
  async report(report: Report): Promise<void> {
    const { keeper, log } = this.#services;
    const leg = await keeper.do(() => keeper.journal.outbox.report(report));
    const { about, kind, recipient } = report;
    if (!leg) return log.info({ about, kind, recipient }, 'a report came about a message that is not known; it is kept for a while');
    log.info({ outbound: leg.entry, messageId: leg.id, messageType: leg.type, trace: leg.trace, kind, recipient }, 'a report came');
    this.#observe(report, leg);
    const { permanent, detail } = report;
    const data = {
      messageId: leg.id,
      entry: leg.entry,
      messageType: leg.type ?? '',
      event: leg.event ?? '',
      kind,
      permanent,
      recipient,
      detail,
    };
    const given = Object.fromEntries(Object.entries(data).filter(([, value]) => value !== undefined)) as DataOf<typeof messageReported>;
    // News about news would go on for ever.
    if (leg.event !== messageReported.name) await this.publish(messageReported, given, { id: report.id, store: leg.store });
  }

  #observe({ kind, detail }: Report, leg: Awaited<ReturnType<JournalKeeper['journal']['outbox']['report']>>): void {
    const { observers, clock, log } = this.#services;
    if (!observers.watched || !leg) return;
    const { entry: name, id, type, event: subject, cause, trace, store, attempts } = leg;
    const where = { direction: 'out', name, connection: '', transport: '' } as const;
    const what = { type, subject, id, cause, trace, store, outcome: 'reported', attempt: attempts, took: 0 } as const;
    observers.tell({ at: clock.now(), ...where, ...what, detail: detail ?? kind }, log);
  }
}

/** The same id of another event, or of another store, is another publication. */
function publicationId(event: string, id: string, store: string | undefined): string {
  return [event, ...(store === undefined ? [] : [store.replaceAll('%', '%25').replaceAll(':', '%3A')]), id].join(':');
}
