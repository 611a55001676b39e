import type { Log } from '@waybill/contract';

/** How often one text is logged at most, in milliseconds. */
const pause = 10_000;

interface Told {
  /** The files that the log has named, or counted. */
  readonly names: Set<string>;
  /** Files since the last line. */
  untold: { readonly file: string; readonly fields: object }[];
  /** When the last line was written, by `performance.now()`. */
  at: number;
}

/** Warns once of each file that needs somebody. Of many that come at a time it names one and says how many there are. */
export class Notices {
  readonly #log: Log;
  readonly #told = new Map<string, Told>();

  constructor(log: Log) {
    this.#log = log;
  }

  /** `text` says what is wrong with the file, and what to do. */
  warn(file: string, text: string, fields: object = {}): void {
    const told = this.#told.get(text) ?? { names: new Set<string>(), untold: [], at: Number.NEGATIVE_INFINITY };
    this.#told.set(text, told);
    if (told.names.has(file)) return;
    told.names.add(file);
    told.untold.push({ file, fields });
    this.#write(text, told);
  }

  /** Forgets all files but these, and writes what had to wait. */
  keep(names: ReadonlySet<string>): void {
    for (const [text, told] of this.#told) {
      for (const name of told.names) if (!names.has(name)) told.names.delete(name);
      this.#write(text, told);
    }
  }

  #write(text: string, told: Told): void {
    const [first] = told.untold;
    if (first === undefined || performance.now() - told.at < pause) return;
    this.#log.warn({ file: first.file, files: told.untold.length, ...first.fields }, text);
    told.untold = [];
    told.at = performance.now();
  }
}
