import type { Owners } from '@waybill/sqlite/thread';
import type { WireMessage } from '../../wire/message.ts';
import type { LegRow, Operations, OutboxEndingRow, RecordedRow, ReportKeyRow, TokenRow } from '../../wire/operations.ts';
import { done, failed, kept, outbound, parked } from '../../wire/states.ts';
import { type Changeable, endOfClaim, isNewest, isRepeated, type MessageRow } from '../rows/message-row.ts';
import type { Messages } from '../rows/messages.ts';
import type { Legs } from './legs.ts';
import type { Reports } from './reports.ts';

type Ending<Outcome extends OutboxEndingRow[0]> = Extract<OutboxEndingRow, readonly [Outcome, ...(readonly unknown[])]>;

const recorded = 'recorded';
const notYours = 'not-yours';
const noFailure = { code: null, fault: null, reason: null } as const;

/** The steps of legs. */
export class OutboxSteps {
  readonly #messages: Messages;
  readonly #legs: Legs;
  readonly #reports: Reports;
  readonly #owners: Owners;

  constructor(parts: { messages: Messages; legs: Legs; reports: Reports; owners: Owners }) {
    this.#messages = parts.messages;
    this.#legs = parts.legs;
    this.#reports = parts.reports;
    this.#owners = parts.owners;
  }

  publish(legs: readonly LegRow[], id: string | null, raises: ReportKeyRow | null): boolean {
    if (raises === null) return this.#legs.publish(legs, id);
    if (!this.#reports.raise(raises)) return false;
    this.#legs.publish(legs, null);
    return true;
  }

  /** Records a leg that its caller sends, as claimed. */
  begin(leg: LegRow, receipts: string | null): TokenRow | null {
    const now = this.#messages.clock.now();
    const seq = this.#legs.addAtOnce(leg, now) ?? this.#beginAgain(leg, now);
    const begun = seq === undefined ? undefined : this.#messages.bySeq(seq);
    if (begun === undefined) return null;
    const row = receipts === null ? begun : this.#messages.change(begun, this.#reports.receive(begun, receipts), now);
    const owner = this.#owners.me();
    return [owner, this.#messages.claim(row, owner)];
  }

  settle(entry: string, id: string, token: TokenRow, ending: OutboxEndingRow): RecordedRow<number> | 'reported' {
    const row = this.#messages.find(outbound, entry, id);
    if (row === undefined) return notYours;
    const [, receipts] = ending;
    if (isRepeated(row, token, ending[0])) return this.#recorded(row, receipts);
    if (row.state !== kept) return ['known', row.state];
    if (!isNewest(row, token, this.#owners)) return notYours;
    const now = this.#messages.clock.now();
    const received = receipts === null ? {} : this.#reports.receive(row, receipts);
    this.#record(row, { ...endOfClaim(token, ending[0]), ...received, changed_at: now }, ending, now);
    return this.#recorded(row, receipts);
  }

  note(entry: string, id: string, token: TokenRow, news: string): RecordedRow<number> {
    const row = this.#messages.find(outbound, entry, id);
    if (row === undefined) return notYours;
    if (row.state !== kept) return ['known', row.state];
    if (!isNewest(row, token, this.#owners)) return notYours;
    this.#messages.change(row, { recipients: merged(row.recipients, news) }, this.#messages.clock.now());
    return recorded;
  }

  answered(entry: string, id: string, reply: WireMessage): void {
    const row = this.#messages.find(outbound, entry, id);
    if (row && this.#messages.bodies.reply(row.seq) === null) this.#messages.bodies.putReply(row.seq, reply);
  }

  /** A leg that failed may be sent at once again. */
  #beginAgain([entry, id]: LegRow, now: number): number | undefined {
    const row = this.#messages.find(outbound, entry, id);
    if (row?.state !== failed) return undefined;
    this.#messages.change(row, { state: kept, at_once: 1, changed_at: now }, now);
    return row.seq;
  }

  #recorded({ seq }: MessageRow, receipts: string | null): 'recorded' | 'reported' {
    return receipts !== null && this.#reports.isAnyUnraised(seq) ? 'reported' : recorded;
  }

  #record(row: MessageRow, ended: Partial<Changeable>, ending: OutboxEndingRow, now: number): void {
    switch (ending[0]) {
      case 'sent':
        return this.#sent(row, ended, ending, now);
      case 'again':
        return this.#again(row, ended, ending, now);
      case 'parked': {
        const [, , recipients, failure, attempts, blocks] = ending;
        const parking = { state: parked, attempts, blocks: Number(blocks), at_once: 0, recipients: merged(row.recipients, recipients) };
        this.#messages.change(row, { ...ended, ...this.#messages.fail(row, failure, now), ...parking }, now);
        return;
      }
      case 'failed': {
        const failure = this.#messages.fail(row, ending[3], now);
        this.#messages.change(row, { ...ended, ...failure, state: failed, attempts: row.attempts + 1 }, now);
        return;
      }
      case 'released':
        this.#messages.change(row, { ...ended, due_at: now, at_once: 0 }, now);
    }
  }

  #sent(row: MessageRow, ended: Partial<Changeable>, ending: Ending<'sent'>, now: number): void {
    const [, , recipients, detail, reply, archive] = ending;
    if (!archive) this.#messages.bodies.removeMessage(row.seq);
    if (reply !== null) this.#messages.bodies.putReply(row.seq, reply);
    const outcome = { state: done, detail, recipients: merged(row.recipients, recipients), ...noFailure };
    this.#messages.change(row, { ...ended, ...outcome }, now);
  }

  #again(row: MessageRow, ended: Partial<Changeable>, ending: Ending<'again'>, now: number): void {
    const [, , recipients, dueIn, failure, attempts] = ending;
    const failing = failure !== null && attempts > row.attempts ? this.#messages.fail(row, failure, now) : {};
    const waiting = { attempts, due_at: now + dueIn, at_once: 0, recipients: merged(row.recipients, recipients) };
    this.#messages.change(row, { ...ended, ...failing, ...waiting }, now);
  }
}

/** Recipients by address; what is told last holds. */
function merged(before: string | null, news: string | null): string | null {
  if (before === null || news === null) return news ?? before;
  const all = [...(JSON.parse(before) as readonly Recipient[]), ...(JSON.parse(news) as readonly Recipient[])];
  return JSON.stringify([...new Map(all.map((one) => [one.address, one])).values()]);
}

interface Recipient {
  readonly address: string;
}

export function outboxOperations(
  outbox: OutboxSteps,
  reports: Reports,
): Pick<Operations, 'publish' | 'beginLeg' | 'settleOutbox' | 'noteRecipients' | 'answered' | 'report' | 'unraised'> {
  return {
    publish: (legs, id, raises) => outbox.publish(legs, id, raises),
    beginLeg: (leg, receipts) => outbox.begin(leg, receipts),
    settleOutbox: (entry, id, token, ending) => outbox.settle(entry, id, token, ending),
    noteRecipients: (entry, id, token, news) => outbox.note(entry, id, token, news),
    answered: (entry, id, reply) => outbox.answered(entry, id, reply),
    report: (about, id, report) => reports.report(about, id, report),
    unraised: (limit) => reports.unraised(limit),
  };
}
