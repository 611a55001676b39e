import type { Replay, ReplayPlan } from '@waybill/contract';
import type { Row } from '../row.ts';

type Mutable<Facts> = { -readonly [Name in keyof Facts]: Facts[Name] };

/** A replay with its set. */
export interface ReplaySet {
  readonly request: string;
  readonly facts: Mutable<Replay>;
  /** What is still to be replayed, the oldest last. */
  readonly rows: Row[];
  /** The choice goes on with rows before this `seq`; undefined once the set is complete. */
  before: number | undefined;
  /** When the next message may be replayed. */
  nextAt: number;
}

/** The replays of sets. */
export class ReplaySets {
  readonly #byId = new Map<number, ReplaySet>();
  #lastId = 0;

  find(id: number): ReplaySet | undefined {
    return this.#byId.get(id);
  }

  requested(request: string): ReplaySet | undefined {
    return [...this.#byId.values()].find((set) => set.request === request);
  }

  newestFirst(before: number, limit: number): readonly ReplaySet[] {
    return [...this.#byId.values()]
      .filter(({ facts }) => facts.id < before)
      .toReversed()
      .slice(0, limit);
  }

  add({ request, by, rate, to, of }: ReplayPlan, at: number): ReplaySet {
    const id = ++this.#lastId;
    const query = 'query' in of ? { ...of.query } : undefined;
    const counts = { chosen: 0, replayed: 0, skipped: 0 };
    const facts: Mutable<Replay> = { id, state: 'running', by: { ...by }, at, changedAt: at, query, rate, to, ...counts };
    const set: ReplaySet = { request, facts, rows: [], before: undefined, nextAt: at };
    this.#byId.set(id, set);
    return set;
  }

  /** Those that have ended, and those that nobody has worked on, since then. */
  forget(before: number): void {
    for (const [id, { facts }] of this.#byId) if (facts.changedAt < before) this.#byId.delete(id);
  }
}
