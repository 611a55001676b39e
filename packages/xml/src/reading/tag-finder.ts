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

  constructor(saxes: SaxesParser) {
    this.#saxes = saxes;
  }

  write(text: string): void {
    this.#before += this.#text.length;
    this.#column = this.#saxes.column;
    const whole = this.#heldBack + text;
    this.#heldBack = whole.endsWith('\r') ? '\r' : '';
    this.#text = this.#heldBack === '' ? whole : whole.slice(0, -1);
    this.#saxes.write(text);
  }

  /** Where the start tag that the parser has just finished begins; where it ends, when it began in an earlier piece. */
  startOfTag(): XmlPosition {
    const { line, column } = this.#saxes;
    const end = this.#saxes.position - this.#before;
    // A tag holds no other "<", so the last one is its own.
    const start = this.#text.lastIndexOf('<', end - 1);
    if (start < 0) return { line, column };
    const lineStart = Math.max(this.#text.lastIndexOf('\n', start), this.#text.lastIndexOf('\r', start)) + 1;
    const column0 = lineStart === 0 ? this.#column : 0;
    const lineBreaks = this.#text.slice(start, end).match(/\r\n?|\n/g)?.length ?? 0;
    return { line: line - lineBreaks, column: column0 + characters(this.#text.slice(lineStart, start)) + 1 };
  }
}

function characters(text: string): number {
  let count = text.length;
  for (const pair of text.matchAll(/[\ud800-\udbff][\udc00-\udfff]/g)) count -= pair.length;
  return count;
}
