import type { By, Replay, ReplayPlan, ReplayStep, Replays } from '@waybill/contract';
import type { JournalLink } from './link.ts';
import { byRow } from './wire/control.ts';
import { replayOf, replayPlanRow, replayStepOf } from './wire/replays.ts';
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
