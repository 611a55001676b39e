import type {
  JournalState,
  Log,
  Message,
  OutboxEnding,
  OutboxJob,
  Receipt,
  RecipientOutcome,
  Recorded,
  TransportError,
} from '@waybill/contract';
import { type Clock } from '@waybill/plugin-host';
import { type EntryTally, errorFields, failureOf, type Tallies } from '@waybill/plugin-host/kernel';
import type { JournalKeeper } from '../journal-keeper.ts';
import type { Observers, Outcome } from '../observe.ts';
import type { Verdict } from '../verdict.ts';

/** What has to be known of the destination for log and observers. */
export interface Place {
  readonly name: string;
  readonly connection: string;
  readonly transport: string;
  readonly archive: boolean;
  readonly parked: 'blocks' | 'releases';
}

/** What is needed wherever an outcome is written, in both directions. */
export interface LedgerServices {
  readonly keeper: JournalKeeper;
  readonly clock: Clock;
  readonly observers: Observers;
  readonly tallies: Tallies;
  readonly log: Log;
  /** Hides secrets in a text. */
  readonly mask: (text: string) => string;
}

export interface SendingServices extends LedgerServices {
  /** To be called when the journal has a report that may not be raised. */
  readonly raise: () => void;
}

/** A leg whose attempt has begun. */
export interface LegInHand extends Pick<OutboxJob, 'leg' | 'token' | 'attempts'> {
  /** On `performance.now()`. */
  readonly since: number;
}

/** What was decided about a leg. `references`: by which reports will speak of it, beside the id of the receipt. */
export type SendDecision = (
  | { readonly do: 'sent'; readonly receipt: Receipt; readonly reply?: Message | undefined }
  | (Verdict & { readonly error: TransportError })
) & { readonly recipients?: readonly RecipientOutcome[] | undefined; readonly references?: readonly string[] | undefined };

/** The one place where the outcome of a send is written: to the journal in one step, which is repeated until it is recorded; to the log; to the observers. */
export class SentLedger {
  readonly #place: Place;
  readonly #services: SendingServices;
  readonly #tally: EntryTally;

  constructor(place: Place, services: SendingServices) {
    this.#place = place;
    this.#services = services;
    this.#tally = services.tallies.of('out', place.name);
  }

  async settle(hand: LegInHand, decision: SendDecision): Promise<Recorded<JournalState>> {
    const { entry, message } = hand.leg;
    const ending = this.#endingOf(hand, decision);
    const { keeper, log, raise } = this.#services;
    const recorded = await keeper.do(() => keeper.journal.outbox.settle({ entry, id: message.id, token: hand.token, ending }));
    if (recorded.outcome === 'recorded') this.#tell(hand, decision);
    if (recorded.outcome === 'recorded' && recorded.reported) raise();
    if (recorded.outcome !== 'recorded')
      log.warn({ ...fieldsOf(hand), outcome: recorded.outcome }, 'message was taken over by another process or ended meanwhile');
    return recorded;
  }

  /** Answers whether the leg is still in this hand. Rejects when the kernel stops. */
  async note({ leg: { entry, message }, token }: LegInHand, recipients: readonly RecipientOutcome[]): Promise<boolean> {
    const { keeper } = this.#services;
    const recorded = await keeper.do(() => keeper.journal.outbox.note({ entry, id: message.id, token, recipients }));
    return recorded.outcome === 'recorded';
  }

  async release({ leg: { entry, message }, token }: OutboxJob): Promise<void> {
    const { keeper } = this.#services;
    await keeper.do(() => keeper.journal.outbox.settle({ entry, id: message.id, token, ending: { outcome: 'released' } }));
  }

  #endingOf({ attempts }: LegInHand, decision: SendDecision): OutboxEnding {
    const { recipients, references: receipts } = decision;
    if (decision.do === 'sent') {
      const { receipt, reply } = decision;
      const all = receipt.id === undefined ? receipts : [...(receipts ?? []), receipt.id];
      return { outcome: 'sent', detail: receipt.detail, receipts: all, recipients, reply, archive: this.#place.archive };
    }
    const failure = failureOf(decision.error, this.#services.mask);
    switch (decision.do) {
      case 'park':
        return { outcome: 'parked', failure, attempts: attempts + 1, blocks: this.#place.parked === 'blocks', recipients, receipts };
      case 'again':
        if (!decision.counted) return { outcome: 'again', dueIn: decision.after, attempts, recipients, receipts };
        return { outcome: 'again', dueIn: decision.after, failure, attempts: attempts + 1, recipients, receipts };
      case 'tell':
        return { outcome: 'failed', failure, receipts };
    }
  }

  #tell(hand: LegInHand, decision: SendDecision): void {
    const { log } = this.#services;
    const fields = fieldsOf(hand);
    if (decision.do === 'sent') {
      const { receipt, reply } = decision;
      log.debug({ ...fields, detail: receipt.detail }, 'message sent');
      return this.#observe(hand, reply ? 'answered' : 'sent', { detail: receipt.detail, reply: reply?.type });
    }
    const { error } = decision;
    const attempt = { ...fields, attempt: hand.attempts + 1, ...errorFields(error) };
    switch (decision.do) {
      case 'park':
        log.error(attempt, parkedText(error));
        return this.#observe(hand, 'parked', { error });
      case 'again':
        if (decision.counted) log.warn({ ...attempt, nextTry: decision.after }, 'message was not sent, it is tried again');
        else log.debug({ ...attempt, nextTry: decision.after }, 'message waits for its destination');
        return this.#observe(hand, 'postponed', { error });
      case 'tell':
        log.warn(attempt, 'message was not sent, its caller was told');
        return this.#observe(hand, 'rejected', { error });
    }
  }

  #observe(
    { leg, attempts, since }: LegInHand,
    outcome: Outcome,
    { error, ...seen }: { readonly error?: TransportError; readonly detail?: string | undefined; readonly reply?: string | undefined },
  ): void {
    const { observers, clock, log } = this.#services;
    this.#tally.add(outcome, clock.now());
    if (!observers.isWatched) return;
    const { name, connection, transport } = this.#place;
    const { message, type, event, cause, trace, store } = leg;
    const what = { type, subject: event, id: message.id, cause, trace, store };
    const { code, reason } = error ? failureOf(error, this.#services.mask) : {};
    const took = performance.now() - since;
    const where = { direction: 'out', name, connection, transport } as const;
    observers.tell({ at: clock.now(), ...where, ...what, ...seen, outcome, attempt: attempts + 1, took, code, reason }, log);
  }
}

function parkedText({ outcome }: TransportError): string {
  if (outcome === 'unknown') return 'message parked: it may have arrived, and is not sent again by itself';
  return 'message parked: it is kept and not tried again';
}

function fieldsOf({ leg: { message, type, trace, entry } }: LegInHand): object {
  return { outbound: entry, messageId: message.id, messageType: type, trace };
}
