import type { Recipient } from '../mail/composed-mail.ts';
import { type Answer, isConfused, meaningOf, wordsOf } from './answer.ts';
import type { Ended } from './ended.ts';
import type { Fate } from './fate.ts';

/** What a transaction has learnt of its recipients so far. Nothing of it is ever taken back. */
export class KnownFates {
  readonly #recipients: readonly Recipient[];
  readonly #fates = new Map<Recipient, Fate>();
  readonly #tooMany = new Set<Recipient>();
  /** In the order in which they were taken. */
  readonly taken: Recipient[] = [];
  /** The final dot went to the socket: what is not known from now on, nobody knows. */
  isHandedOver = false;

  constructor(recipients: readonly Recipient[]) {
    this.#recipients = recipients;
  }

  take(recipient: Recipient): void {
    this.taken.push(recipient);
  }

  /** It is to have a transaction of its own. */
  putOff(recipient: Recipient): void {
    this.#tooMany.add(recipient);
  }

  /** `where`: at which point it was said, where that does not speak for itself. */
  said(recipients: readonly Recipient[], answer: Answer, where = ''): void {
    const detail = where === '' ? wordsOf(answer) : `${wordsOf(answer)} (said ${where})`;
    const outcome = this.#outcomeOf(answer);
    for (const recipient of recipients) this.#fates.set(recipient, { recipient, outcome, detail, answer });
  }

  /** `ended`: why there is nothing more to learn; then nobody has another transaction at once. `blames`: whom those who are open are to be counted for. */
  inTheEnd(
    ended: Ended | undefined,
    blames: 'connection' | 'attempt',
  ): { readonly fates: readonly Fate[]; readonly rest: readonly Recipient[] } {
    const rest = ended ? [] : [...this.#tooMany];
    const detail = ended?.message ?? 'the server said nothing of it';
    const fates = this.#recipients
      .filter((recipient) => !rest.includes(recipient))
      .map((recipient): Fate => {
        const known = this.#fates.get(recipient);
        if (known) return known;
        if (this.isHandedOver && this.taken.includes(recipient)) return { recipient, outcome: 'unknown', detail };
        return { recipient, outcome: blames === 'attempt' ? 'later' : 'not-sent', detail };
      });
    return { fates, rest };
  }

  #outcomeOf(answer: Answer): Fate['outcome'] {
    switch (meaningOf(answer)) {
      case 'done':
        return 'sent';
      case 'later':
        return 'later';
      case 'no':
        return isConfused(answer) ? 'later' : 'refused';
      case 'goOn':
        return this.isHandedOver ? 'unknown' : 'later';
    }
  }
}
