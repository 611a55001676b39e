import type { Receipt, RecipientOutcome, TransportError } from '@waybill/contract';
import { errors } from '../errors.ts';
import type { Recipient } from '../mail/composed-mail.ts';
import { type Answer, waitOf } from '../smtp/answer.ts';
import type { Ended } from '../smtp/ended.ts';
import type { Fate } from '../smtp/fate.ts';
import { relayIdIn } from './relay-id.ts';

/** What all transactions of one attempt came to. */
export interface Attempted {
  /** Host and port, for people. */
  readonly place: string;
  readonly fates: readonly Fate[];
  /** To the end of the mail; the first one that took it. */
  readonly answer?: Answer | undefined;
  /** Why the connection ended, where it did. */
  readonly ended?: Ended | undefined;
  /** Why no connection could be had. */
  readonly failure?: TransportError | undefined;
  /** How long to wait after greylisting, in milliseconds, where the server does not say it. */
  readonly comeAgain: number;
}

/** The receipt, where the mail went to somebody; else throws a `TransportError` with what is known of each recipient. */
export function receiptOf(attempted: Attempted): Receipt {
  const { fates, answer, place } = attempted;
  if (!fates.some(({ outcome }) => outcome === 'sent')) throw failureOf(attempted);
  const id = answer && relayIdIn(answer);
  return {
    ...(id === undefined ? {} : { id }),
    detail: answer ? `${place} said ${answer.code} ${answer.text}` : place,
    recipients: outcomesOf(attempted),
  };
}

/** What is known so far of those that were tried, and that the others are still open. */
export function knownSoFar({ fates, left, comeAgain }: Pick<Attempted, 'fates' | 'comeAgain'> & { readonly left: readonly Recipient[] }) {
  const waiting = left.map((recipient): Fate => ({ recipient, outcome: 'later', detail: 'no answer so far' }));
  return outcomesOf({ fates: [...fates, ...waiting], comeAgain });
}

/** The kernel knows no recipients but those that it is told of: as soon as one is known, all are named. */
function outcomesOf({ fates, comeAgain }: Pick<Attempted, 'fates' | 'comeAgain'>): readonly RecipientOutcome[] {
  return fates.map(({ recipient, outcome, detail, answer }) => {
    const retryAfter = answer && waitOf(answer, comeAgain);
    const known = { address: recipient.address, outcome: outcome === 'not-sent' ? 'later' : outcome, detail } as const;
    return retryAfter === undefined ? known : { ...known, retryAfter };
  });
}

function failureOf(attempted: Attempted): TransportError {
  const { fates, place, ended } = attempted;
  const has = (outcome: Fate['outcome']): boolean => fates.some((fate) => fate.outcome === outcome);
  const recipients = outcomesOf(attempted);
  const details = detailsOf(fates);
  if (has('unknown'))
    return errors.WB_EMAIL_NO_ANSWER(`${place} was given the mail to its end, and did not say what became of it: ${details('unknown')}.`, {
      outcome: 'unknown',
      recipients,
      cause: ended,
    });
  if (has('not-sent')) return notSent(attempted, fates.every(({ outcome }) => outcome === 'not-sent') ? undefined : recipients);
  if (has('later')) {
    const waits = recipients.flatMap(({ retryAfter }) => retryAfter ?? []);
    const retryAfter = waits.length > 0 ? Math.max(...waits) : undefined;
    return errors.WB_EMAIL_LATER(`${place} does not take the mail now: ${details('later')}.`, {
      outcome: 'not-sent',
      recipients,
      retryAfter,
    });
  }
  return errors.WB_EMAIL_REFUSED(`${place} does not want the mail: ${details('refused')}.`, { outcome: 'refused', recipients });
}

/** The connection's fault: the mail waits until there is another one, and nothing is counted. */
function notSent({ place, ended, failure, fates }: Attempted, recipients: readonly RecipientOutcome[] | undefined): TransportError {
  if (failure) {
    const { message, hint, kind, cause } = failure;
    return new (failure.constructor as typeof TransportError)(failure.code, message, {
      hint,
      kind,
      cause,
      connectionLost: true,
      recipients,
    });
  }
  const why = fates.find(({ outcome }) => outcome === 'not-sent')?.detail ?? 'the connection has ended';
  const text = `The mail was not handed over to ${place}: ${why}.`;
  // Counted: a mail that always takes longer than its time would be tried for ever.
  if (ended === undefined || ended.ending === 'given-up')
    return errors.WB_EMAIL_GIVEN_UP(text, { outcome: 'not-sent', recipients, cause: ended });
  return errors.WB_EMAIL_GONE(text, { connectionLost: true, recipients, cause: ended });
}

/** What was said, each once, and no more than a log wants to have. */
function detailsOf(fates: readonly Fate[]): (outcome: Fate['outcome']) => string {
  return (outcome) => {
    const said = [...new Set(fates.filter((fate) => fate.outcome === outcome).map(({ detail }) => detail.replace(/\.$/, '')))];
    return said.length > 3 ? `${said.slice(0, 3).join('; ')} and ${said.length - 3} other reasons` : said.join('; ');
  };
}
