import type { Instant, JournalEntry, KnownReport } from '../journal/rows.ts';
import type { RecipientOutcome } from './recipient-outcome.ts';

/**
 * How far a message has come with one of its recipients: what became of sending it, until a report says more.
 *
 * - sent, refused, later, unknown: as the sender said.
 * - delayed: the far side is still trying.
 * - delivered: it has arrived.
 * - bounced: it came back.
 * - expired: it was too old before it arrived.
 */
export type RecipientStage = RecipientOutcome['outcome'] | 'delayed' | 'delivered' | 'bounced' | 'expired';

/** What is known of one recipient of a message that was sent. */
export interface RecipientState {
  /** As it stood in the message; missing where the message has one recipient, whom no receipt has named. */
  readonly address?: string | undefined;
  readonly stage: RecipientStage;
  /** Of a bounce: true where another attempt is of no use (hard), false where one may succeed (soft). */
  readonly permanent?: boolean | undefined;
  /** What was reported besides, in the order of its coming, each once. */
  readonly also: readonly ('read' | 'complaint' | 'auto-reply')[];
  /** What the far side said, in words. */
  readonly detail?: string | undefined;
  /** When that was recorded which made the stage; missing where no report has. */
  readonly since?: Instant | undefined;
}

/**
 * What is known of each recipient of a leg: what became of sending, and what reports have said since. Reports count in the order in which they
 * were recorded. A report that names nobody counts for the only recipient; one that names somebody else counts for nobody. Empty for an
 * inbound message, and while there is nothing to be told.
 */
export function recipientStates({ direction, state, recipients, reports }: JournalEntry): readonly RecipientState[] {
  if (direction === 'in') return [];
  if (recipients === undefined || recipients.length === 0) return soleState(state, reports);
  return recipients.map(({ address, outcome, detail }) => {
    const isAlone = recipients.length === 1;
    const own = reports.filter(({ recipient }) => (recipient === undefined ? isAlone : isSameAddress(recipient, address)));
    return own.reduce(after, { address, stage: outcome, also: [], detail });
  });
}

/** Of a message whose receipt named nobody: whoever is named in a report is its recipient. */
function soleState(state: JournalEntry['state'], reports: JournalEntry['reports']): readonly RecipientState[] {
  if (state !== 'done' && reports.length === 0) return [];
  return [reports.reduce<RecipientState>(after, { stage: state === 'done' ? 'sent' : 'unknown', also: [] })];
}

/** Upper and lower case make no difference in a domain; before the "@" only the domain's owner knows. */
export function isSameAddress(one: string, other: string): boolean {
  return domainLowered(one.trim()) === domainLowered(other.trim());
}

function domainLowered(address: string): string {
  const at = address.lastIndexOf('@') + 1;
  return at === 0 ? address : address.slice(0, at) + address.slice(at).toLowerCase();
}

function after(known: RecipientState, report: KnownReport): RecipientState {
  const { kind, permanent, detail, at } = report;
  switch (kind) {
    case 'read':
    case 'complaint':
    case 'auto-reply':
      return known.also.includes(kind) ? known : { ...known, also: [...known.also, kind] };
    case 'delayed':
    case 'delivered':
    case 'expired':
    case 'bounced': {
      if (!counts(known, kind)) return known;
      const told = { ...known, stage: kind, detail: detail ?? (known.stage === kind ? known.detail : undefined), since: at };
      return { ...told, permanent: kind === 'bounced' ? permanent === true : undefined };
    }
  }
}

/** Whether the report is later news than what is known, whenever it came. */
function counts({ stage, permanent }: RecipientState, kind: RecipientStage): boolean {
  // A hard bounce is the end: what is reported of an earlier time may come after it.
  if (stage === 'bounced' && permanent === true) return false;
  // A mailbox that had it may send it back weeks later; a relay that gave up for now may deliver it.
  if (kind === 'bounced' || kind === 'delivered') return true;
  if (kind === 'expired') return stage !== 'delivered';
  return stage !== 'delivered' && stage !== 'bounced' && stage !== 'expired' && stage !== 'refused';
}
