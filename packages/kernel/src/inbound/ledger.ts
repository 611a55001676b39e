import type { InboundFacts, InboxEnding, InboxState, KeptMessage, Leg, Message, Recorded, WaybillError } from '@waybill/contract';
import type { CheckedInbound } from '@waybill/manifest';
import { errorFields } from '../log.ts';
import type { Outcome } from '../observe.ts';
import { failureOf } from '../reason.ts';
import type { Verdict } from '../verdict.ts';
import type { Identity } from './identify.ts';
import { type InHand, isFresh } from './in-hand.ts';
import type { InboundServices } from './services.ts';

/** What was decided about a message in hand. */
export type Decision =
  | { readonly do: 'finish'; readonly reply: Message | undefined; readonly legs: readonly Leg[] }
  | (Verdict & { readonly error: WaybillError; readonly reply: Message | undefined });

const written: Recorded<InboxState> = { outcome: 'recorded' };

/**
 * The one place where the outcome of a message is written: to the journal in one step, which is repeated until it is recorded;
 * to the log in one line; to the observers.
 */
export class Ledger {
  readonly #entry: CheckedInbound;
  readonly #services: InboundServices;

  constructor(entry: CheckedInbound, services: InboundServices) {
    this.#entry = entry;
    this.#services = services;
  }

  /** Rejects only when the kernel stops before the journal could record it. */
  async settle(hand: InHand, identity: Identity, decision: Decision): Promise<Recorded<InboxState>> {
    const ending = this.#endingOf(hand, decision);
    const recorded = ending ? await this.#record(hand, identity, ending) : written;
    if (recorded.outcome === 'recorded') this.#tell(hand, identity, decision);
    else this.#tellLost(hand, identity, recorded);
    return recorded;
  }

  /** Keeps a message to work on it later. Answers what was known of it before; undefined when this process may not store it any more. */
  async store(hand: InHand, identity: Identity): Promise<InboxState | undefined> {
    const { keeper } = this.#services;
    const { message, principal } = hand;
    const kept = { ...hand.key, ...factsOf(hand, identity), message, principal };
    const known = await keeper.do(() => keeper.journal.inbox.store(kept, hand.lease));
    if (known && (known.state === 'unknown' || known.state === 'waiting')) this.note(hand, identity, 'stored', 'message stored');
    return known;
  }

  /** Gives a claimed message back, untried and uncounted. */
  async release(hand: InHand): Promise<void> {
    const { keeper } = this.#services;
    const step = { ...hand.key, ...factsOf(hand, undefined), token: hand.token, ending: { outcome: 'released' } as const };
    await keeper.do(() => keeper.journal.inbox.settle(step));
  }

  /** An outcome that the journal knows already, or need not know: one log line, one observation. */
  note(hand: InHand, identity: Identity, outcome: Outcome, text: string, error?: WaybillError): void {
    this.#services.log[outcome === 'duplicate' ? 'info' : 'debug'](
      { ...this.#fields(hand, identity), ...(error && errorFields(error)) },
      text,
    );
    this.#observe(hand, identity, outcome, { error });
  }

  async #record(hand: InHand, identity: Identity, ending: InboxEnding): Promise<Recorded<InboxState>> {
    const { keeper, wake } = this.#services;
    const { key, token, lease } = hand;
    const step = { ...key, ...factsOf(hand, identity), token, lease, ending };
    const recorded = await keeper.do(() => keeper.journal.inbox.settle(step));
    if (ending.outcome === 'done' && ending.legs.length > 0 && recorded.outcome === 'recorded') wake(ending.legs);
    return recorded;
  }

  #endingOf(hand: InHand, decision: Decision): InboxEnding | undefined {
    const { message, principal, failures } = hand;
    const kept: KeptMessage = { message, principal };
    switch (decision.do) {
      case 'finish':
        return { outcome: 'done', reply: decision.reply, legs: decision.legs, archive: this.#entry.archive ? kept : undefined };
      case 'park':
        return {
          outcome: 'parked',
          failure: this.#failure(decision),
          attempts: failures + 1,
          kept,
          blocks: this.#entry.parked === 'blocks',
        };
      case 'again':
        return {
          outcome: 'again',
          failure: this.#failure(decision),
          attempts: failures + 1,
          dueIn: decision.after,
          kept: decision.by === 'journal' ? kept : undefined,
        };
      case 'tell':
        // Only the count is kept, for a sender who may come again under the same id.
        if (decision.after === undefined || isFresh(hand)) return undefined;
        return { outcome: 'again', failure: this.#failure(decision), attempts: failures + 1, dueIn: decision.after };
    }
  }

  #failure({ error }: { readonly error: WaybillError }) {
    return failureOf(error, this.#services.mask);
  }

  #tell(hand: InHand, identity: Identity, decision: Decision): void {
    const { log } = this.#services;
    const fields = this.#fields(hand, identity);
    if (decision.do === 'finish') {
      log.debug(fields, 'message handled');
      return this.#observe(hand, identity, 'done', { reply: decision.reply });
    }
    const { error, reply } = decision;
    const attempt = { ...fields, attempt: hand.failures + 1, ...errorFields(error) };
    switch (decision.do) {
      case 'park':
        log.error(attempt, 'message parked: it is kept and not tried again');
        return this.#observe(hand, identity, 'parked', { error, reply });
      case 'again':
        log.warn({ ...attempt, nextTry: decision.after }, 'message failed, it is tried again');
        return this.#observe(hand, identity, 'retry', { error, reply });
      case 'tell':
        if (decision.after === undefined) log.warn(attempt, 'message refused, its sender was told');
        else log.warn({ ...attempt, nextTry: decision.after }, 'message failed, its sender was told to try again');
        return this.#observe(hand, identity, decision.after === undefined ? 'rejected' : 'retry', { error, reply });
    }
  }

  #tellLost(hand: InHand, identity: Identity, recorded: Recorded<InboxState>): void {
    if (recorded.outcome === 'known') return this.note(hand, identity, 'duplicate', 'message was ended by somebody else meanwhile');
    this.note(hand, identity, 'released', 'message was taken over by another process, what was done here is not recorded');
  }

  #fields({ key, trace }: InHand, { known }: Identity): object {
    return { entry: key.entry, messageId: key.id, messageType: known?.name, trace };
  }

  #observe(
    { message, trace, failures, since }: InHand,
    { known, read, store }: Identity,
    outcome: Outcome,
    { error, reply }: { readonly error?: WaybillError | undefined; readonly reply?: Message | undefined },
  ): void {
    const { observers, clock, log } = this.#services;
    if (!observers.watched) return;
    const { name, connection } = this.#entry;
    const where = { name, connection: connection.name, transport: connection.plugin.card.name };
    const what = { type: known?.name, subject: read?.command, id: message.id, trace, store, reply: reply?.type };
    const failure = error && this.#failure({ error });
    const { code, reason } = failure ?? {};
    const took = performance.now() - since;
    observers.tell({ at: clock.now(), direction: 'in', ...where, ...what, outcome, attempt: failures + 1, took, code, reason }, log);
  }
}

/** What the journal records of a message beside its body. */
export function factsOf({ digest, trace }: InHand, identity: Identity | undefined): InboundFacts {
  const { known, store, orderKey, businessKeys } = identity ?? {};
  return { digest, trace, type: known?.name, store, orderKey, businessKeys };
}
