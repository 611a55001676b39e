import type { Message, WaybillError } from '@waybill/contract';
import type { CheckedInbound } from '@waybill/manifest';
import { type EntryTally, errorFields, failureOf } from '@waybill/plugin-host/kernel';
import type { Outcome } from '../../observe.ts';
import type { Identity } from '../identity.ts';
import type { InHand } from '../in-hand.ts';
import type { InboundServices } from '../services.ts';
import type { Decision } from './decide.ts';

/** Tells the log, in one line, and the observers what became of a message. */
export class InboundNews {
  readonly #entry: CheckedInbound;
  readonly #services: InboundServices;
  readonly #tally: EntryTally;

  constructor(entry: CheckedInbound, services: InboundServices) {
    this.#entry = entry;
    this.#services = services;
    this.#tally = services.tallies.of('in', entry.name);
  }

  /** A decision that is recorded now. */
  tell(hand: InHand, identity: Identity, decision: Decision): void {
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

  /** An outcome that the journal knows already, or need not know: one log line, one observation. */
  note(hand: InHand, identity: Identity, outcome: Outcome, text: string, error?: WaybillError): void {
    this.#services.log[outcome === 'duplicate' ? 'info' : 'debug'](
      { ...this.#fields(hand, identity), ...(error && errorFields(error)) },
      text,
    );
    this.#observe(hand, identity, outcome, { error });
  }

  #fields({ key, trace, message }: InHand, { known, read }: Identity): object {
    const [file, surplus] = [message.properties['file-name'], read?.surplus && Object.keys(read.surplus)];
    return { entry: key.entry, messageId: key.id, messageType: known?.name, file, trace, surplus };
  }

  #observe(
    { message, trace, failures, since }: InHand,
    { known, read, store }: Identity,
    outcome: Outcome,
    { error, reply }: { readonly error?: WaybillError | undefined; readonly reply?: Message | undefined },
  ): void {
    const { observers, clock, log } = this.#services;
    this.#tally.add(outcome, clock.now());
    if (!observers.isWatched) return;
    const { name, connection } = this.#entry;
    const where = { name, connection: connection.name, transport: connection.plugin.card.name };
    const what = { type: known?.name, subject: read?.command, id: message.id, trace, store, reply: reply?.type };
    const failure = error && failureOf(error, this.#services.mask);
    const { code, reason } = failure ?? {};
    const took = performance.now() - since;
    observers.tell({ at: clock.now(), direction: 'in', ...where, ...what, outcome, attempt: failures + 1, took, code, reason }, log);
  }
}
