import type {
  Claimed,
  ClaimRequest,
  ClaimToken,
  EntryKey,
  JournalRow,
  Leg,
  Message,
  Outbox,
  OutboxEnding,
  OutboxJob,
  OutboxNote,
  OutboxStep,
  Publication,
  RecipientOutcome,
  Recorded,
  Report,
  JournalState as RowState,
  UnraisedReport,
} from '@waybill/contract';
import { notYours, type Opening, recorded } from './opening.ts';
import { Reports } from './reports.ts';
import { addFailure, isNewest, isRepeated, type LegFacts, listed, type Row, type Work, workOf } from './row.ts';

type Ending<Outcome extends OutboxEnding['outcome']> = Extract<OutboxEnding, { outcome: Outcome }>;

/** The outbound half of the in-memory journal. */
export class MemoryOutbox implements Outbox {
  readonly #opening: Opening;
  readonly #reports: Reports;

  constructor(opening: Opening) {
    this.#opening = opening;
    this.#reports = new Reports(opening.state);
  }

  async publish(legs: readonly Leg[], { id, raises }: Publication = {}): Promise<boolean> {
    const now = this.#opening.enter();
    const { state } = this.#opening;
    if (raises && !this.#reports.raise(raises)) return false;
    if (id !== undefined && state.publications.has(id)) return false;
    const added = state.addLegs(legs, now, id);
    if (id !== undefined) state.addPublication(id, now, added);
    if (added > 0) this.#opening.changed();
    return raises !== undefined || id !== undefined || added > 0;
  }

  async begin(leg: Leg, receipts?: readonly string[]): Promise<ClaimToken | undefined> {
    const now = this.#opening.enter();
    const { state, owner } = this.#opening;
    const lane = state.lane('out', leg.entry);
    const known = lane.rows.get(leg.message.id);
    if (known && known.state !== 'failed') return undefined;
    const row = known ?? state.newLeg(lane, leg, now);
    const work = workOf(row);
    lane.setState(row, 'waiting');
    row.changedAt = now;
    state.keptForReports.delete(row);
    work.atOnce = true;
    work.owner = owner;
    work.version += 1;
    lane.inHand += 1;
    this.#reports.receive(row, receipts);
    return { owner: owner.number, version: work.version };
  }

  async claim(request: ClaimRequest): Promise<Claimed<OutboxJob>> {
    const now = this.#opening.enter();
    const lane = this.#opening.state.lane('out', request.entry);
    const jobs = lane.claim(this.#opening.owner, request, now).map(jobOf);
    return { jobs, dueIn: lane.dueIn(now) };
  }

  async settle(step: OutboxStep): Promise<Recorded<RowState>> {
    const now = this.#opening.enter();
    const { token, ending } = step;
    const { state } = this.#opening;
    const row = state.find('out', step);
    const work = row?.work;
    if (row === undefined || work === undefined) return notYours;
    if (isRepeated(work, token, ending.outcome)) return this.#recorded(row, ending);
    if (row.state !== 'waiting') return { outcome: 'known', state: row.state };
    if (!isNewest(work, token)) return notYours;
    work.endedBy = token;
    work.endedAs = ending.outcome;
    state.endClaim(row, work);
    this.#record(row, work, ending, now);
    if ('receipts' in ending) this.#reports.receive(row, ending.receipts);
    this.#opening.changed();
    return this.#recorded(row, ending);
  }

  async note({ token, recipients, ...key }: OutboxNote): Promise<Recorded<RowState>> {
    this.#opening.enter();
    const row = this.#opening.state.find('out', key);
    if (row?.work === undefined) return notYours;
    if (row.state !== 'waiting') return { outcome: 'known', state: row.state };
    if (!isNewest(row.work, token)) return notYours;
    merge(row.work.leg, recipients);
    return recorded;
  }

  async report(report: Report): Promise<JournalRow | undefined> {
    const now = this.#opening.enter();
    const row = this.#reports.record({ ...report, at: now });
    return row && listed(row);
  }

  async unraised(limit: number): Promise<readonly UnraisedReport[]> {
    this.#opening.enter();
    return this.#reports.unraised(limit);
  }

  async answered(key: EntryKey, reply: Message): Promise<void> {
    this.#opening.enter();
    const row = this.#opening.state.find('out', key);
    if (row) row.reply ??= reply;
  }

  #record(row: Row, work: Work, ending: OutboxEnding, now: number): void {
    const { lane } = row;
    row.changedAt = now;
    switch (ending.outcome) {
      case 'sent':
        return this.#sent(row, work, ending, now);
      case 'again':
        merge(work.leg, ending.recipients);
        if (ending.failure && ending.attempts > work.attempts) addFailure(row, ending.failure, now);
        work.attempts = ending.attempts;
        work.due = now + ending.dueIn;
        break;
      case 'parked':
        merge(work.leg, ending.recipients);
        addFailure(row, ending.failure, now);
        work.attempts = ending.attempts;
        work.blocks = ending.blocks;
        lane.setState(row, 'parked');
        if (!ending.blocks) lane.leave(row, now);
        break;
      case 'failed':
        this.#opening.state.fail(row, now, ending.failure);
        return lane.leave(row, now);
      case 'released':
        work.due = now;
    }
    work.atOnce = false;
    lane.enter(row, now);
  }

  #sent(row: Row, work: Work, { detail, recipients, reply, archive }: Ending<'sent'>, now: number): void {
    const { state } = this.#opening;
    if (!archive) row.message = undefined;
    if (reply) row.reply = reply;
    merge(work.leg, recipients);
    if (work.leg) work.leg.detail = detail;
    row.lane.setState(row, 'done');
    row.lane.leave(row, now);
    state.done.push(row);
  }

  #recorded({ work }: Row, ending: OutboxEnding): Recorded<RowState> {
    const wasReported = 'receipts' in ending && ending.receipts !== undefined && (work?.leg?.unraised.length ?? 0) > 0;
    return wasReported ? { outcome: 'recorded', reported: true } : recorded;
  }
}

function merge(leg: LegFacts | undefined, news: readonly RecipientOutcome[] | undefined): void {
  if (leg === undefined || news === undefined) return;
  const byAddress = new Map([...(leg.recipients ?? []), ...news].map((one) => [one.address, one]));
  leg.recipients = [...byAddress.values()];
}

function jobOf(row: Row): OutboxJob {
  const { lane, id, trace, type = '', store, orderKey, businessKeys, message, recordedAt } = row;
  const { leg, attempts, unresolved, version, owner } = workOf(row);
  if (message === undefined || leg === undefined || owner === undefined)
    throw new TypeError(`There is nothing to send of ${lane.entry}/${id}.`);
  const { event, cause, uncomposed, recipients } = leg;
  return {
    leg: { message, entry: lane.entry, event, type, store, cause, trace, orderKey, businessKeys, uncomposed },
    token: { owner: owner.number, version },
    attempts,
    unresolved,
    publishedAt: recordedAt,
    recipients,
  };
}
