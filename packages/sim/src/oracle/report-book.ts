import type { EntryKey, JournalRow, Report, ReportKey } from '@waybill/contract';
import type { Bench } from './bench.ts';
import { type LegRow, referenceTo } from './leg-row.ts';
import type { OutboundBook } from './outbound-book.ts';

interface Known {
  readonly leg: LegRow;
  /** How often it was raised. */
  raised: number;
}

/** Judges what becomes of news about what was sent: each that the journal has with its leg is raised once. */
export class ReportBook {
  readonly #bench: Bench;
  readonly #outbound: OutboundBook;
  /** Those whose leg is not known yet, by their ids. */
  readonly #waiting = new Map<string, Report>();
  readonly #known = new Map<string, Known>();

  constructor(bench: Bench, outbound: OutboundBook) {
    this.#bench = bench;
    this.#outbound = outbound;
  }

  /** The journal has it, with its leg where it knows that. */
  recorded(report: Report, leg: JournalRow | undefined): void {
    if (leg) this.#know(report.id, leg);
    else if (!this.#known.has(report.id)) this.#waiting.set(report.id, report);
  }

  /** The journal has recorded by which ids reports speak of a leg. */
  received(key: EntryKey, receipts: readonly string[] = []): void {
    for (const { id, about } of this.#waiting.values()) if (receipts.includes(about)) this.#know(id, key);
  }

  raised({ report }: ReportKey): void {
    const known = this.#known.get(report);
    if (!known) return this.#bench.violated('raised once', `${report} was raised, and the journal does not know of what it speaks`);
    if (++known.raised > 1) this.#bench.violated('raised once', `${report} was raised ${known.raised} times`);
  }

  /** What is not raised yet. */
  unfinished(): readonly string[] {
    return [...this.#known].filter((one) => isLeft(one[1])).map(([id]) => `${id} is not raised`);
  }

  /** When everything has come to rest: `news`: the entry to which the event goes. */
  check(news: string): void {
    const legs = [...this.#outbound.rows.values()];
    for (const [id, known] of this.#known) {
      const told = legs.filter(({ about }) => about === `${news}:${id}#0`);
      const wanted = known.raised === 0 || known.leg.leg.event === 'message.reported' ? 0 : 1;
      if (isLeft(known)) this.#bench.violated('raised once', `${id}, of ${known.leg.about}, was never raised`);
      if (told.length !== wanted)
        this.#bench.violated('raised once', `${told.length} messages tell of ${id}, of ${known.leg.about}, not ${wanted}`);
    }
    // Those who sent it know it by its reference, whatever became of it.
    for (const { id, about } of this.#waiting.values())
      if (legs.some((row) => about === referenceTo(row.about) && row.state !== 'dropped'))
        this.#bench.violated('nothing lost', `${id} speaks of ${about}, and the journal does not know it`);
  }

  #know(id: string, key: EntryKey): void {
    this.#waiting.delete(id);
    const leg = this.#outbound.rowOf(key);
    if (leg && !this.#known.has(id)) this.#known.set(id, { leg, raised: 0 });
  }
}

/** With a message that somebody drops goes what was reported of it. */
function isLeft({ leg, raised }: Known): boolean {
  return raised === 0 && leg.state !== 'dropped';
}
