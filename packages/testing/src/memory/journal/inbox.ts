import type {
  Claimed,
  ClaimRequest,
  EntryKey,
  InboundFacts,
  Inbox,
  InboxEnding,
  InboxJob,
  InboxState,
  InboxStep,
  KeptMessage,
  LeaseToken,
  Recorded,
} from '@waybill/contract';
import { notYours, type Opening, recorded } from './opening.ts';
import { addFailure, isNewest, isRepeated, type Row, type Work, workOf } from './row.ts';

type Ending<Outcome extends InboxEnding['outcome']> = Extract<InboxEnding, { outcome: Outcome }>;

const unknown = { state: 'unknown' } as const;

/** The inbound half of the in-memory journal. */
export class MemoryInbox implements Inbox {
  readonly #opening: Opening;

  constructor(opening: Opening) {
    this.#opening = opening;
  }

  // These two are called for every message, and an async function costs as much as what they do.
  find(key: EntryKey, orderKey?: string): ReturnType<Inbox['find']> {
    try {
      return Promise.resolve(this.#find(key, orderKey));
    } catch (error) {
      return Promise.reject(error);
    }
  }

  settle(step: InboxStep): Promise<Recorded<InboxState>> {
    try {
      return Promise.resolve(this.#settle(step));
    } catch (error) {
      return Promise.reject(error);
    }
  }

  #find({ entry, id }: EntryKey, orderKey?: string): Awaited<ReturnType<Inbox['find']>> {
    this.#opening.look();
    const lane = this.#opening.state.lane('in', entry);
    const row = lane.rows.get(id);
    const first = orderKey === undefined ? undefined : lane.lines.get(orderKey)?.first();
    return { known: stateOf(row), blocked: first !== undefined && first !== row };
  }

  async begin(key: EntryKey, facts: InboundFacts): Promise<void> {
    const now = this.#opening.enter();
    const { owner, state } = this.#opening;
    const row = state.find('in', key) ?? state.add(state.lane('in', key.entry), key.id, now, 'waiting', facts);
    const work = workOf(row);
    if (row.state !== 'waiting' || work.begunBy.includes(owner)) return;
    work.begunBy = [...work.begunBy, owner];
    row.lane.inHand += 1;
    row.changedAt = now;
    this.#note(row, facts);
    row.lane.enter(row, now);
  }

  async store(message: EntryKey & InboundFacts & KeptMessage, lease?: LeaseToken): Promise<InboxState | undefined> {
    const now = this.#opening.enter();
    const { state } = this.#opening;
    if (lease && !state.owners.holds(lease)) return undefined;
    const lane = state.lane('in', message.entry);
    const known = lane.rows.get(message.id);
    const before = stateOf(known);
    if (known && known.state !== 'waiting') return before;
    const row = known ?? state.add(lane, message.id, now, 'stored', message);
    keep(row, message, message);
    workOf(row).due = now;
    row.changedAt = now;
    this.#note(row, message);
    lane.setState(row, 'stored');
    lane.enter(row, now);
    this.#opening.changed();
    return before;
  }

  async claim(request: ClaimRequest): Promise<Claimed<InboxJob>> {
    const now = this.#opening.enter();
    const lane = this.#opening.state.lane('in', request.entry);
    const jobs = lane.claim(this.#opening.owner, request, now).map(jobOf);
    return { jobs, dueIn: lane.dueIn(now) };
  }

  #settle(step: InboxStep): Recorded<InboxState> {
    const now = this.#opening.enter();
    const { state } = this.#opening;
    if (step.lease && !state.owners.holds(step.lease)) return notYours;
    const row = state.find('in', step);
    const refusal = this.#refusal(row, step);
    if (refusal) return refusal;
    this.#record(row, step, now);
    this.#opening.changed();
    return recorded;
  }

  /** What a step is answered that is not to be recorded. */
  #refusal(row: Row | undefined, { token, digest, ending }: InboxStep): Recorded<InboxState> | undefined {
    if (row === undefined) return token && notYours;
    const work = workOf(row);
    if (token && isRepeated(work, token, ending.outcome)) return recorded;
    if (row.state === 'done' || row.state === 'parked') return { outcome: 'known', state: stateOf(row) };
    if (token) return isNewest(work, token) ? undefined : notYours;
    if (ending.outcome === 'done' && row.digest !== digest) return { outcome: 'known', state: stateOf(row) };
    const isKept = row.state === 'stored' && (ending.outcome === 'done' || ending.outcome === 'parked');
    return isKept || work.owner !== undefined ? notYours : undefined;
  }

  #record(known: Row | undefined, step: InboxStep, now: number): void {
    const { state, owner } = this.#opening;
    const { ending, token } = step;
    if (ending.outcome === 'done') return this.#done(known, step, ending, now);
    if (ending.outcome === 'released' && known === undefined) return;
    const row = known ?? state.add(state.lane('in', step.entry), step.id, now, 'waiting', step);
    const work = workOf(row);
    this.#endAttempt(row, work, step);
    if (token === undefined) state.endBegun(row, work, owner);
    switch (ending.outcome) {
      case 'again':
        return this.#again(row, step, ending, now);
      case 'parked':
        return this.#parked(row, step, ending, now);
      case 'released':
        work.due = now;
        return row.lane.enter(row, now);
    }
  }

  #done(known: Row | undefined, step: InboxStep, { reply, legs, archive }: Ending<'done'>, now: number): void {
    const { state, owner } = this.#opening;
    const row = known ?? state.add(state.lane('in', step.entry), step.id, now, 'done', step);
    if (known?.work) {
      this.#endAttempt(known, known.work, step);
      state.endBegun(known, known.work, owner);
      this.#note(known, step);
      known.changedAt = now;
      known.message = undefined;
      known.lane.setState(known, 'done');
      known.lane.leave(known, now);
    }
    if (reply) row.reply = reply;
    if (archive) keep(row, archive, step);
    state.done.push(row);
    if (legs.length > 0) state.addLegs(legs, now);
  }

  #again(row: Row, step: InboxStep, { failure, attempts, dueIn, kept }: Ending<'again'>, now: number): void {
    const work = workOf(row);
    // Without a claim, a step whose attempt is counted already is a repetition.
    if (step.token || attempts > work.attempts) {
      work.attempts = attempts;
      addFailure(row, failure, now);
      work.due = now + dueIn;
      row.changedAt = now;
    }
    this.#note(row, step);
    if (kept && row.state === 'waiting') {
      keep(row, kept, step);
      row.lane.setState(row, 'stored');
    }
    if (row.state === 'waiting') this.#opening.state.unchanged.push({ row, since: now });
    row.lane.enter(row, now);
  }

  #parked(row: Row, step: InboxStep, { failure, attempts, kept, blocks, legs = [] }: Ending<'parked'>, now: number): void {
    const work = workOf(row);
    work.attempts = attempts;
    addFailure(row, failure, now);
    row.changedAt = now;
    keep(row, kept, step);
    this.#note(row, step);
    work.blocks = blocks;
    row.lane.setState(row, 'parked');
    if (blocks) row.lane.enter(row, now);
    else row.lane.leave(row, now);
    if (legs.length > 0) this.#opening.state.addLegs(legs, now);
  }

  #endAttempt(row: Row, work: Work, { token, ending }: InboxStep): void {
    if (token) {
      work.endedBy = token;
      work.endedAs = ending.outcome;
    }
    this.#opening.state.endClaim(row, work);
  }

  /** What a later step knows better; the order key and the trace stay those that came first. */
  #note(row: Row, { type, store, businessKeys, orderKey }: InboundFacts): void {
    row.type = type ?? row.type;
    row.store = store ?? row.store;
    row.businessKeys = businessKeys ?? row.businessKeys;
    row.orderKey ??= orderKey;
  }
}

function keep(row: Row, { message, principal }: KeptMessage, { digest }: InboundFacts): void {
  row.message = message;
  row.digest = digest;
  workOf(row).principal = principal;
}

function stateOf(row: Row | undefined): InboxState {
  if (row === undefined) return unknown;
  const { state, digest, trace, reply, work } = row;
  if (state === 'waiting' || state === 'stored') {
    return { state, digest, trace, attempts: work?.attempts ?? 0, unresolved: work?.unresolved ?? 0 };
  }
  if (state === 'done') return { state, digest, reply };
  const { code = '', kind = 'invalid', reason = '' } = work?.failures.at(-1) ?? {};
  return { state: 'parked', digest, trace, code, kind, reason };
}

function jobOf(row: Row): InboxJob {
  const { lane, id, digest, trace, type, store, orderKey, businessKeys, message } = row;
  const { principal, attempts, unresolved, version, owner } = workOf(row);
  if (message === undefined || owner === undefined) throw new TypeError(`There is nothing to hand out of ${lane.entry}/${id}.`);
  const facts = { digest, trace, type, store, orderKey, businessKeys };
  return {
    entry: lane.entry,
    id,
    ...facts,
    message,
    principal,
    token: { owner: owner.number, version },
    attempts,
    unresolved,
  };
}
