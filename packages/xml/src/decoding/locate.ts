import type { XmlHandler, XmlPosition } from '../reading/handler.ts';
import type { ReadingOptions } from '../reading/options.ts';

/** Where a start tag is. */
export interface Located extends XmlPosition {
  /** For each element from the root to it: which one of its name it is among those beside it, from 1. */
  readonly counts: readonly number[];
}

/** One of the two readers. */
export type Read = (body: Uint8Array | string, handler: XmlHandler, options: ReadingOptions) => unknown;

/**
 * Finds the start tag with this ordinal; `names` are those of the elements on the way that is told. The reader that has found the fault
 * reads the document once more, up to there: keeping positions and counts during the first reading would make it slower for every
 * document, and only wrong ones need them.
 */
export function locate(read: Read, body: Uint8Array | string, tag: Tag, options: ReadingOptions): Located {
  const finder = new Finder(tag);
  try {
    read(body, finder, options);
  } catch (error) {
    if (finder.found === undefined) throw error;
  }
  return finder.found ?? { line: 1, column: 1, counts: [] };
}

export interface Tag {
  readonly ordinal: number;
  readonly names: readonly string[];
}

class Finder implements XmlHandler {
  readonly #names: readonly string[];
  #left: number;
  #depth = 0;
  /** For each name on the way: how many elements of it there were since the element around them began. */
  readonly #counts: number[];
  found: Located | undefined;

  constructor({ ordinal, names }: Tag) {
    this.#left = ordinal;
    this.#names = names;
    this.#counts = names.map(() => 0);
  }

  startElement(name: string, _attributes: unknown, position: () => XmlPosition): void {
    const depth = this.#depth++;
    if (depth < this.#names.length && name === this.#names[depth]) this.#counts[depth] = (this.#counts[depth] as number) + 1;
    if (depth + 1 < this.#names.length) this.#counts[depth + 1] = 0;
    this.#left -= 1;
    if (this.#left > 0) return;
    this.found = { ...position(), counts: this.#counts };
    throw found;
  }

  text(): void {}

  endElement(): void {
    this.#depth -= 1;
  }
}

/** Thrown to end a reading. Made once, since making an error costs more than the reading. */
const found = new Error('found');
