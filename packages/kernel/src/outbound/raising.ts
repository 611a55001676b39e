import { type DataOf, type Leg, messageReported, type UnraisedReport } from '@waybill/contract';
import { errorFields, Rounds } from '@waybill/plugin-host/kernel';
import type { Router } from './routing.ts';
import type { LedgerServices } from './sent-ledger.ts';

export interface RaisingServices extends LedgerServices {
  readonly router: Pick<Router, 'legsOf'>;
  readonly wake: (legs: readonly Leg[]) => void;
}

/** After how long is looked for what a process that has ended did not raise, in milliseconds. */
const rest = 10_000;

/** How many reports are taken at a time. */
const portion = 100;

/**
 * Publishes an event for each report that the journal has with its leg, in the step in which the report counts as raised: once, whoever
 * recorded it, and whatever ended in between.
 */
export class Raising {
  readonly #services: RaisingServices;
  /** To be woken when something may have been reported. */
  readonly rounds: Rounds;

  constructor(services: RaisingServices) {
    this.#services = services;
    this.rounds = new Rounds(services.clock, (stop) => this.#round(stop));
  }

  /** What fails is tried again after the rest, and holds up nothing else. */
  async #round(stop: AbortSignal): Promise<number> {
    const { keeper, log } = this.#services;
    const failed = (error: unknown): void => {
      if (!stop.aborted) log.error(errorFields(error), 'a report is not raised yet; it is tried again');
    };
    const found = await keeper.do(() => keeper.journal.outbox.unraised(portion)).catch(failed);
    let raised = 0;
    for (const one of found ?? []) if (!stop.aborted) await this.#raise(one).then(() => raised++, failed);
    return raised > 0 && found?.length === portion ? 0 : rest;
  }

  async #raise(one: UnraisedReport): Promise<void> {
    const { keeper, log, tallies, clock, wake } = this.#services;
    const { entry, id, type, trace } = one.leg;
    const { kind, recipient } = one.report;
    const legs = this.#legsOf(one);
    const isNow = await keeper.do(() => keeper.journal.outbox.publish(legs, { raises: { entry, id, report: one.report.id } }));
    wake(legs);
    if (!isNow) return;
    log.info({ outbound: entry, messageId: id, messageType: type, trace, kind, recipient }, 'a report came');
    tallies.of('out', entry).add(kind, clock.now());
    this.#observe(one);
  }

  #legsOf({ leg: { id: messageId, entry, type: messageType = '', event = '', store, trace }, report }: UnraisedReport): readonly Leg[] {
    // News about news would go on for ever.
    if (event === messageReported.name) return [];
    const { id, kind, permanent, recipient, detail } = report;
    const all = { messageId, entry, messageType, event, kind, permanent, recipient, detail };
    const data = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as DataOf<typeof messageReported>;
    const { router, clock, log } = this.#services;
    try {
      return router.legsOf(messageReported, data, { id, store }, { trace }, clock.now());
    } catch (error) {
      log.error(
        { outbound: entry, messageId, ...errorFields(error) },
        'a report cannot be published; it is recorded with its message only',
      );
      return [];
    }
  }

  #observe({ leg, report: { kind, detail } }: UnraisedReport): void {
    const { observers, clock, log } = this.#services;
    if (!observers.isWatched) return;
    const { entry: name, id, type, event: subject, cause, trace, store, attempts } = leg;
    const where = { direction: 'out', name, connection: '', transport: '' } as const;
    const what = { type, subject, id, cause, trace, store, outcome: 'reported', attempt: attempts, took: 0 } as const;
    observers.tell({ at: clock.now(), ...where, ...what, detail: detail ?? kind }, log);
  }
}
