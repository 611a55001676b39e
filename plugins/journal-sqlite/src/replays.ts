import type { By, Replay, ReplayPlan, ReplayQuery, ReplayStep, Replays } from '@waybill/contract';
import type { JournalLink } from './link.ts';
import { byOf, byRow } from './wire/control.ts';
import { keyRow } from './wire/entries.ts';
import type { ReplayPlanRow, ReplayRow, ReplayStepRow } from './wire/replays.ts';
import { limitOf } from './wire/rows.ts';

/** Replays of sets: they write, but for the look at all of them. */
export class SqliteReplays implements Replays {
  readonly #writer: JournalLink;
  readonly #viewer: JournalLink;

  constructor(writer: JournalLink, viewer: JournalLink) {
    this.#writer = writer;
    this.#viewer = viewer;
  }

  async begin(plan: ReplayPlan): Promise<Replay> {
    return replayOf(await this.#writer.call('beginReplay', [replayPlanRow(plan)]));
  }

  async advance(id: number, by: By): Promise<ReplayStep | undefined> {
    const step = await this.#writer.call('advanceReplay', [id, byRow(by)]);
    return step === null ? undefined : replayStepOf(step);
  }

  async cancel(id: number, by: By): Promise<Replay | undefined> {
    const found = await this.#writer.call('cancelReplay', [id, byRow(by)]);
    return found === null ? undefined : replayOf(found);
  }

  async resume(id: number): Promise<Replay | undefined> {
    const found = await this.#writer.call('resumeReplay', [id]);
    return found === null ? undefined : replayOf(found);
  }

  async list({ before, limit = 100 }: Parameters<Replays['list']>[0] = {}): Promise<readonly Replay[]> {
    return (await this.#viewer.call('replays', [before ?? null, limitOf(limit)])).map(replayOf);
  }
}

function replayPlanRow({ request, by, of, rate, to }: ReplayPlan): ReplayPlanRow {
  const [query, keys] = 'query' in of ? [JSON.stringify(of.query), null] : [null, of.keys.map(keyRow)];
  return [request, byRow(by), query, keys, rate ?? null, to ?? null];
}

function replayOf(row: ReplayRow): Replay {
  const { id, at, who, why, query, target, rate, chosen, replayed, skipped, changed_at, cancelled_who, cancelled_why } = row;
  return {
    id,
    state: stateOf(row),
    by: byOf(who, why),
    at,
    changedAt: changed_at,
    query: query === null ? undefined : (JSON.parse(query) as ReplayQuery),
    rate: rate ?? undefined,
    to: target ?? undefined,
    chosen,
    replayed,
    skipped,
    cancelledBy: cancelled_who === null ? undefined : byOf(cancelled_who, cancelled_why),
  };
}

function replayStepOf([replay, dueIn]: ReplayStepRow): ReplayStep {
  return { replay: replayOf(replay), dueIn: dueIn ?? undefined };
}

function stateOf({ state, chosen_before }: ReplayRow): Replay['state'] {
  return state === 'running' && chosen_before !== null ? 'choosing' : (state as Replay['state']);
}
