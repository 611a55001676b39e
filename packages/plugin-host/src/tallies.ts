import type { JournalDirection, Tally } from '@waybill/contract';

const minuteLength = 60_000;

/** So many numbers are kept at most while the journal does not take them. */
const mostKept = 10_000;

/** How often each outcome was seen at one entry, by minute. */
export class EntryTally {
  readonly #direction: JournalDirection;
  readonly #entry: string;
  readonly #counts = new Map<string, number>();
  #minute = 0;
  #ended: Tally[] = [];

  constructor(direction: JournalDirection, entry: string) {
    this.#direction = direction;
    this.#entry = entry;
  }

  add(outcome: string, at: number): void {
    const minute = at - (at % minuteLength);
    if (minute !== this.#minute) this.#endMinute(minute);
    this.#counts.set(outcome, (this.#counts.get(outcome) ?? 0) + 1);
  }

  /** What was counted since the last call. */
  take(): readonly Tally[] {
    this.#endMinute(this.#minute);
    const taken = this.#ended;
    this.#ended = [];
    return taken;
  }

  #endMinute(next: number): void {
    const where = { direction: this.#direction, entry: this.#entry, minute: this.#minute };
    for (const [outcome, count] of this.#counts) this.#ended.push({ ...where, outcome, count });
    this.#counts.clear();
    this.#minute = next;
  }
}

/** The numbers of all entries, until the journal has them. */
export class Tallies {
  readonly #entries = new Map<string, EntryTally>();
  #returned: readonly Tally[] = [];

  of(direction: JournalDirection, entry: string): EntryTally {
    const key = `${direction} ${entry}`;
    const tally = this.#entries.get(key) ?? new EntryTally(direction, entry);
    this.#entries.set(key, tally);
    return tally;
  }

  take(): readonly Tally[] {
    const taken = [...this.#returned, ...[...this.#entries.values()].flatMap((one) => one.take())];
    this.#returned = [];
    return taken;
  }

  /** The journal did not take them; the oldest are dropped when there are too many. */
  giveBack(tallies: readonly Tally[]): void {
    this.#returned = [...tallies, ...this.#returned].slice(-mostKept);
  }
}
