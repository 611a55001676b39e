import type { JournalRow } from '@waybill/contract';
import type { MemoryJournal } from '@waybill/testing';
import type { World } from './world.ts';

const by = { who: 'operator' };

/** How often a parked message is replayed before it is dropped. */
const mostReplays = 3;

/** Who looks after messages, with an opening of the journal of its own. */
export class Operator {
  readonly #world: World;
  readonly journal: MemoryJournal;
  readonly #replays = new Map<string, number>();

  constructor(world: World) {
    this.#world = world;
    this.journal = world.journal.open();
  }

  /** What happens at any time. Called once a second. */
  async interfere(): Promise<void> {
    const { faults, random, tell } = this.#world;
    if (faults.happens('operator.pauses')) await this.#pause();
    const replays = faults.happens('operator.replays');
    const drops = !replays && faults.happens('operator.drops');
    if (!replays && !drops) return;
    const parked = await this.#parked();
    if (parked.length === 0) return;
    const row = random.pick(parked);
    if (replays) await this.#replay(row);
    else await this.#drop(row);
    tell(`the operator has ${replays ? 'replayed' : 'dropped'} something at ${row.entry}`);
  }

  /** Brings what is parked to an end, and lets everything go on. */
  async tidy(): Promise<void> {
    for (const entry of await this.journal.control.paused()) await this.journal.control.resume(entry, by);
    for (const row of await this.#parked()) {
      if ((this.#replays.get(keyOf(row)) ?? 0) < mostReplays) await this.#replay(row);
      else await this.#drop(row);
    }
  }

  async #pause(): Promise<void> {
    const { scenario, random, time, tell } = this.#world;
    const inbound = scenario.inbound.map(({ name }) => ({ direction: 'in', entry: name }) as const);
    const outbound = scenario.outbound.map(({ name }) => ({ direction: 'out', entry: name }) as const);
    const entry = random.pick([...inbound, ...outbound]);
    tell(`the operator pauses ${entry.entry}`);
    await this.journal.control.pause(entry, by);
    time.after(random.whole(500, 8_000), () => void this.journal.control.resume(entry, by));
  }

  async #parked(): Promise<readonly JournalRow[]> {
    const { rows } = await this.journal.desk.list({ state: 'parked', limit: 1_000 });
    return rows.toReversed();
  }

  async #replay(row: JournalRow): Promise<void> {
    const { inbound, outbound } = this.#world.oracle;
    this.#replays.set(keyOf(row), (this.#replays.get(keyOf(row)) ?? 0) + 1);
    for (const { direction, entry, id } of await this.journal.desk.replay([row], by))
      if (direction === 'in') inbound.replayed(id);
      else outbound.replayed(entry, id);
  }

  async #drop(row: JournalRow): Promise<void> {
    const { inbound, outbound } = this.#world.oracle;
    for (const { direction, entry, id } of await this.journal.desk.drop([row], by))
      if (direction === 'in') inbound.dropped(id);
      else outbound.dropped(entry, id);
  }
}

function keyOf({ direction, entry, id }: JournalRow): string {
  return `${direction} ${entry} ${id}`;
}
