import { lineEndFrom } from './header-block.ts';

/** A line that is the boundary of a multipart. */
export interface Delimiter {
  /** Which of the open multiparts it belongs to; the outermost is 0. */
  readonly level: number;
  /** Nothing more of that multipart follows. */
  readonly closes: boolean;
  /** Where the content before it ends: the line end in front of it belongs to it (RFC 2046, 5.1.1). */
  readonly before: number;
  /** Where the line after it begins. */
  readonly next: number;
}

/** A boundary has 70 characters at most; some write longer ones. */
const longestBoundary = 300;
const dashes = Buffer.from('\n--');

/** The bytes of a mail, read once from the start to the end, and the multiparts that are open at this place. */
export class Lines {
  readonly bytes: Buffer;
  readonly #open: string[] = [];
  /** Where the next line begins. */
  at = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get depth(): number {
    return this.#open.length;
  }

  isOpen(boundary: string): boolean {
    return this.#open.includes(boundary);
  }

  open(boundary: string): void {
    this.#open.push(boundary);
  }

  close(): void {
    this.#open.pop();
  }

  /** The delimiter that the line at this place is, if it is one. The innermost multipart that has this boundary counts. */
  delimiterHere(): Delimiter | undefined {
    return this.#delimiterAt(this.at);
  }

  /** Goes on behind the next delimiter of any open multipart; undefined, and at the end, when none follows. */
  toDelimiter(): Delimiter | undefined {
    let found = this.delimiterHere();
    for (let from = this.at; found === undefined && this.#open.length > 0; ) {
      const at = this.bytes.indexOf(dashes, from);
      if (at < 0) break;
      found = this.#delimiterAt(at + 1);
      from = at + 1;
    }
    this.at = found?.next ?? this.bytes.length;
    return found;
  }

  #delimiterAt(start: number): Delimiter | undefined {
    if (this.#open.length === 0 || this.bytes[start] !== 0x2d || this.bytes[start + 1] !== 0x2d) return undefined;
    const { end, next } = lineEndFrom(this.bytes.subarray(start, start + longestBoundary), 0);
    if (end === longestBoundary) return undefined;
    const text = this.bytes.toString('latin1', start + 2, start + end).trimEnd();
    const opens = this.#open.lastIndexOf(text);
    const level = opens < 0 && text.endsWith('--') ? this.#open.lastIndexOf(text.slice(0, -2)) : opens;
    if (level < 0) return undefined;
    return { level, closes: opens < 0, before: this.#lineEndBefore(start), next: start + next };
  }

  #lineEndBefore(start: number): number {
    if (start === 0) return 0;
    return this.bytes[start - 2] === 0x0d ? start - 2 : start - 1;
  }
}
