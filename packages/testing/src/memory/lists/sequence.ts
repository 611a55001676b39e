const smallest = 64;

/**
 * Rows in the order of their recording. Who leaves is passed over and cleared away later, so that adding the newest and
 * looking at the oldest take constant time; only a row that comes back to its old place has to be searched for.
 */
export class Sequence<Row extends { readonly seq: number }> {
  readonly #isIn: (row: Row) => boolean;
  #rows: Row[] = [];
  #start = 0;
  #clearAt = smallest;

  /** `isIn` says whether a row that was added is still in the queue. */
  constructor(isIn: (row: Row) => boolean) {
    this.#isIn = isIn;
  }

  add(row: Row): void {
    if (this.#rows.length >= this.#clearAt) this.#clear();
    const last = this.#rows.at(-1);
    if (last === undefined || last.seq < row.seq) this.#rows.push(row);
    else this.#insert(row);
  }

  first(): Row | undefined {
    const rows = this.#rows;
    let row = rows[this.#start];
    while (row !== undefined && !this.#isIn(row)) row = rows[++this.#start];
    if (row === undefined && rows.length > 0) {
      rows.length = 0;
      this.#start = 0;
    }
    return row;
  }

  *oldestFirst(): Generator<Row> {
    for (let index = this.#start; index < this.#rows.length; index += 1) {
      const row = this.#rows[index];
      if (row && this.#isIn(row)) yield row;
    }
  }

  /** From the newest one that is older than the row with the number `before`. */
  *newestFirst(before: number): Generator<Row> {
    for (let index = this.#placeOf(before) - 1; index >= this.#start; index -= 1) {
      const row = this.#rows[index];
      if (row && this.#isIn(row)) yield row;
    }
  }

  #insert(row: Row): void {
    const place = this.#placeOf(row.seq);
    if (place < this.#start) {
      // Everything before the start has left; clearing it away puts the row in front.
      this.#clear();
      this.#rows.unshift(row);
    } else if (this.#rows[place] !== row) this.#rows.splice(place, 0, row);
  }

  /** Where the first row stands whose number is not smaller. */
  #placeOf(seq: number): number {
    let [from, to] = [0, this.#rows.length];
    while (from < to) {
      const middle = (from + to) >>> 1;
      if ((this.#rows[middle]?.seq ?? 0) < seq) from = middle + 1;
      else to = middle;
    }
    return from;
  }

  #clear(): void {
    this.#rows = this.#rows.filter(this.#isIn);
    this.#start = 0;
    this.#clearAt = Math.max(smallest, this.#rows.length * 2);
  }
}
