/** Something with a place among its like, and a time. */
interface Waiting {
  readonly seq: number;
  readonly work: { readonly due: number } | undefined;
}

interface Entry<Row> {
  readonly row: Row;
  readonly due: number;
}

/** Rows that wait for their time, those that are due first in front. A row that no longer waits for that time is passed over. */
export class DueHeap<Row extends Waiting> {
  readonly #entries: Entry<Row>[] = [];

  push(row: Row, due: number): void {
    const entries = this.#entries;
    const entry = { row, due };
    let place = entries.length;
    entries.push(entry);
    while (place > 0) {
      const above = (place - 1) >>> 1;
      const parent = entries[above] as Entry<Row>;
      if (!isBefore(entry, parent)) break;
      entries[place] = parent;
      place = above;
    }
    entries[place] = entry;
  }

  /** The first entry that still holds. */
  first(): Entry<Row> | undefined {
    for (;;) {
      const first = this.#entries[0];
      if (first === undefined || first.row.work?.due === first.due) return first;
      this.shift();
    }
  }

  shift(): void {
    const entries = this.#entries;
    const last = entries.pop();
    if (last === undefined || entries.length === 0) return;
    let place = 0;
    for (;;) {
      let below = place * 2 + 1;
      const [left, right] = [entries[below], entries[below + 1]];
      if (left === undefined) break;
      if (right !== undefined && isBefore(right, left)) below += 1;
      const child = entries[below] as Entry<Row>;
      if (!isBefore(child, last)) break;
      entries[place] = child;
      place = below;
    }
    entries[place] = last;
  }
}

function isBefore(one: Entry<Waiting>, other: Entry<Waiting>): boolean {
  return one.due < other.due || (one.due === other.due && one.row.seq < other.row.seq);
}
