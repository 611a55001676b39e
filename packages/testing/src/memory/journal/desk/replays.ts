import type { By, Replay, ReplayPlan, ReplayQuery, ReplayStep, Replays, RowKey } from '@waybill/contract';
import type { Opening } from '../opening.ts';
import type { Row } from '../row.ts';
import { answers } from './answers.ts';
import { moveRow, replayRow } from './repairs.ts';
import type { ReplaySet } from './replay-sets.ts';

/** How many rows one call looks at, and how many it replays at most: as many as one record names. */
const looksAt = 1_000;
const portion = 100;

/** For how long a replay with a rate may catch up on what it has missed, in milliseconds. */
const catchUp = 1_000;

/** Replays of sets in the in-memory journal. */
export class MemoryReplays implements Replays {
  readonly #opening: Opening;

  constructor(opening: Opening) {
    this.#opening = opening;
  }

  async begin(plan: ReplayPlan): Promise<Replay> {
    const now = this.#opening.enter();
    const { replays } = this.#opening.state;
    const known = replays.requested(plan.request);
    if (known) return { ...known.facts };
    const set = replays.add(plan, now);
    if ('keys' in plan.of) this.#take(set, plan.of.keys);
    else {
      set.before = this.#opening.state.nextSeq;
      set.facts.state = 'choosing';
    }
    return { ...set.facts };
  }

  async advance(id: number, by: By): Promise<ReplayStep | undefined> {
    const now = this.#opening.enter();
    const set = this.#opening.state.replays.find(id);
    if (set === undefined) return undefined;
    if (set.facts.state === 'choosing') this.#choose(set, now);
    else if (set.facts.state === 'running') this.#replay(set, by, now);
    return { replay: { ...set.facts }, dueIn: dueIn(set, now) };
  }

  async cancel(id: number, by: By): Promise<Replay | undefined> {
    const now = this.#opening.enter();
    const { facts } = this.#opening.state.replays.find(id) ?? {};
    if (facts?.state === 'choosing' || facts?.state === 'running')
      Object.assign(facts, { state: 'cancelled', cancelledBy: { ...by }, changedAt: now } satisfies Partial<Replay>);
    return facts && { ...facts };
  }

  async resume(id: number): Promise<Replay | undefined> {
    const now = this.#opening.enter();
    const set = this.#opening.state.replays.find(id);
    if (set?.facts.state === 'cancelled') {
      const state = set.before === undefined ? 'running' : 'choosing';
      Object.assign(set.facts, { state, cancelledBy: undefined, changedAt: now } satisfies Partial<Replay>);
    }
    return set && { ...set.facts };
  }

  async list({ before = Number.POSITIVE_INFINITY, limit = 100 }: Parameters<Replays['list']>[0] = {}): Promise<readonly Replay[]> {
    this.#opening.enter();
    return this.#opening.state.replays.newestFirst(before, limit).map(({ facts }) => ({ ...facts }));
  }

  #take({ rows, facts }: ReplaySet, keys: readonly RowKey[]): void {
    const found = new Set(keys.flatMap((key) => this.#opening.state.find(key.direction, key) ?? []).filter(isParked));
    rows.push(...[...found].toSorted((one, other) => other.seq - one.seq));
    facts.chosen = rows.length;
    if (rows.length === 0) facts.state = 'done';
  }

  /** Looks at the next rows, the newest first. */
  #choose(set: ReplaySet, now: number): void {
    const { facts, rows, before } = set;
    const query: ReplayQuery = facts.query ?? {};
    let looked = 0;
    let last: Row | undefined;
    facts.changedAt = now;
    for (const row of this.#opening.state.rows.newestFirst(before ?? 0)) {
      if (looked++ === looksAt) {
        set.before = last?.seq;
        facts.chosen = rows.length;
        return;
      }
      if (isParked(row) && row.changedAt <= facts.at && answers(query, row)) rows.push(row);
      last = row;
    }
    set.before = undefined;
    set.nextAt = now;
    facts.chosen = rows.length;
    facts.state = rows.length === 0 ? 'done' : 'running';
  }

  #replay(set: ReplaySet, by: By, now: number): void {
    const { facts, rows } = set;
    const done: Row[] = [];
    const rowsNow = allowed(set, now);
    for (let count = 0; count < rowsNow; count += 1) {
      const row = rows.pop();
      if (row && this.#replayOne(row, set, by, now)) done.push(row);
      else if (row) facts.skipped += 1;
    }
    if (rowsNow === 0) return;
    facts.replayed += done.length;
    facts.changedAt = now;
    if (rows.length === 0) facts.state = 'done';
    this.#opening.state.control.record({ did: 'replay', by, at: now, to: facts.to, replay: facts.id }, done);
    if (done.length > 0) this.#opening.changed();
  }

  #replayOne(row: Row, { facts: { id, to } }: ReplaySet, by: By, at: number): boolean {
    if (row.gone || !isParked(row)) return false;
    const own = to === undefined || to === row.lane.entry ? row : moveRow(this.#opening.state, row, to, at);
    return own !== undefined && replayRow(own, { by, at, replay: id });
  }
}

function isParked({ state }: Row): boolean {
  return state === 'parked';
}

/** How many messages may be replayed now. They are taken from what the rate allows. */
function allowed(set: ReplaySet, now: number): number {
  const { rate } = set.facts;
  if (rate === undefined) return portion;
  if (now < set.nextAt) return 0;
  const from = Math.max(set.nextAt, now - catchUp);
  const count = Math.min(portion, set.rows.length, Math.floor(((now - from) * rate) / 1_000) + 1);
  set.nextAt = from + (count * 1_000) / rate;
  return count;
}

function dueIn({ facts, nextAt }: ReplaySet, now: number): number | undefined {
  if (facts.state === 'choosing') return 0;
  if (facts.state !== 'running') return undefined;
  return facts.rate === undefined ? 0 : Math.max(0, Math.ceil(nextAt - now));
}
