import type { SaxesParser } from 'saxes';
import type { XmlPosition } from './handler.ts';

/**
 * Feeds the parser, and finds out where the current tag begins when it is asked. The parser itself knows only where the tag
 * ends. Keeping the beginning of every tag would make the reading of every message slower.
 */
export class TagFinder {
  readonly #saxes: SaxesParser;
  #text = '';
  /** Characters of the line in front of `#text`. */
  #column = 0;
  /** The parser keeps a final carriage return back until it sees what follows. */
  #heldBack = '';
  /** UTF-16 units that the parser has dealt with before `#text`. */
  #before = 0;
  /** Where the last tag before `#text` begins, which may be one that ends in `#text`. */
  #cutTag: XmlPosition | undefined;

  constructor(saxes: SaxesParser) {
    this.#saxes = saxes;
  }

  write(text: string): void {
    const start = this.#text.lastIndexOf('<');
    if (start >= 0) this.#cutTag = this.#placeOf(start, this.#text.length);
    this.#before += this.#text.length;
    this.#column = this.#saxes.column;
    const whole = this.#heldBack + text;
    this.#heldBack = whole.endsWith('\r') ? '\r' : '';
    this.#text = this.#heldBack === '' ? whole : whole.slice(0, -1);
    this.#saxes.write(text);
  }

  /** Where the start tag that the parser has just finished begins. */
  startOfTag(): XmlPosition {
    const end = this.#saxes.position - this.#before;
    // A tag holds no other "<", so the last one is its own.
    const start = this.#text.lastIndexOf('<', end - 1);
    return start < 0 ? (this.#cutTag as XmlPosition) : this.#placeOf(start, end);
  }

  /** The place of a tag that begins at `start`; the parser is at `end`. */
  #placeOf(start: number, end: number): XmlPosition {
    const { line, column } = this.#saxes;
    const behind = this.#text.slice(start, end);
    const lineBreaks = behind.match(/\r\n?|\n/g)?.length ?? 0;
    // Nearly every tag is in one line. In a document without line ends, looking for the start of the line at each tag would take ages.
    if (lineBreaks === 0) return { line, column: column - characters(behind) + 1 };
    const lineStart = Math.max(this.#text.lastIndexOf('\n', start), this.#text.lastIndexOf('\r', start)) + 1;
    const column0 = lineStart === 0 ? this.#column : 0;
    return { line: line - lineBreaks, column: column0 + characters(this.#text.slice(lineStart, start)) + 1 };
  }

  /** UTF-16 units up to where the parser is; only while it reports something. */
  get place(): number {
    return this.#saxes.position;
  }

  /** UTF-16 units up to the end of what was written last. */
  get end(): number {
    return this.#before + this.#text.length;
  }

  /** Bytes in UTF-8 between two places, as far as they are in the text that was written last. */
  bytesBetween(from: number, to: number): number {
    return Buffer.byteLength(this.#text.slice(Math.max(from - this.#before, 0), to - this.#before));
  }
}

function characters(text: string): number {
  let count = text.length;
  for (const pair of text.matchAll(/[\ud800-\udbff][\udc00-\udfff]/g)) count -= pair.length;
  return count;
}
