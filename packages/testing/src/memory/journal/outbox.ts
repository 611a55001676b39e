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
  OutboxStep,
  RecipientOutcome,
  Recorded,
  Report,
  JournalState as RowState,
} from '@waybill/contract';
import { notYours, type Opening, recorded } from './opening.ts';
import { addFailure, isNewest, isRepeated, type LegFacts, listed, type Row, type Work, workOf } from './row.ts';

type Ending<Outcome extends OutboxEnding['outcome']> = Extract<OutboxEnding, { outcome: Outcome }>;

/** The outbound half of the in-memory journal. */
export class MemoryOutbox implements Outbox {
  readonly #opening: Opening;

  constructor(opening: Opening) {
    this.#opening = opening;
  }

  async publish(legs: readonly Leg[], { id }: { readonly id?: string | undefined } = {}): Promise<boolean> {
    const now = this.#opening.enter();
    const { state } = this.#opening;
    if (id !== undefined && state.publications.has(id)) return false;
    const added = state.addLegs(legs, now, id);
    if (id !== undefined) state.addPublication(id, now, added);
    if (added > 0) this.#opening.changed();
    return id !== undefined || added > 0;
  }

  async begin(leg: Leg): Promise<ClaimToken | undefined> {
    const now = this.#opening.enter();
    const { state, owner } = this.#opening;
    const lane = state.lane('out', leg.entry);
    const known = lane.rows.get(leg.message.id);
    if (known && known.state !== 'failed') return undefined;
    const row = known ?? state.newLeg(lane, leg, now);
    const work = workOf(row);
    lane.setState(row, 'waiting');
    row.changedAt = now;
    work.atOnce = true;
    work.owner = owner;
    work.version += 1;
    lane.inHand += 1;
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
    if (isRepeated(work, token, ending.outcome)) return recorded;
    if (row.state !== 'waiting') return { outcome: 'known', state: row.state };
    if (!isNewest(work, token)) return notYours;
    work.endedBy = token;
    work.endedAs = ending.outcome;
    state.endClaim(row, work);
    this.#record(row, work, ending, now);
    this.#opening.changed();
    return recorded;
  }

  async report(report: Report): Promise<JournalRow | undefined> {
    const now = this.#opening.enter();
    const { state } = this.#opening;
    const row = this.#about(report.about);
    if (row) addReport(row, { ...report, at: now });
    else if (!state.reports.has(report.id)) state.reports.set(report.id, { ...report, at: now });
    return row && listed(row);
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

  #sent(row: Row, work: Work, { detail, receipt, recipients, reply, archive }: Ending<'sent'>, now: number): void {
    const { state } = this.#opening;
    if (!archive) row.message = undefined;
    if (reply) row.reply = reply;
    merge(work.leg, recipients);
    if (work.leg) work.leg.detail = detail;
    row.lane.setState(row, 'done');
    row.lane.leave(row, now);
    state.done.push(row);
    if (receipt !== undefined) this.#receive(row, receipt);
  }

  /** Remembers the far side's id of a leg, and what was reported of it before. */
  #receive(row: Row, receipt: string): void {
    const { state } = this.#opening;
    if (row.work?.leg) row.work.leg.receipt = receipt;
    state.receipts.set(receipt, row);
    for (const [id, report] of state.reports) {
      if (report.about !== receipt) continue;
      state.reports.delete(id);
      addReport(row, report);
    }
  }

  #about(id: string): Row | undefined {
    const { lanes, receipts } = this.#opening.state;
    for (const lane of lanes.out.values()) {
      const row = lane.rows.get(id);
      if (row) return row;
    }
    return receipts.get(id);
  }
}

function addReport(row: Row, report: Report & { readonly at: number }): void {
  const leg = row.work?.leg;
  if (leg && leg.reports.every(({ id }) => id !== report.id)) leg.reports = [...leg.reports, report];
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
