import type { XmlHandler, XmlPosition } from '../reading/handler.ts';
import type { ReadingOptions } from '../reading/options.ts';
import { parseXml } from '../reading/parse.ts';

/** Where a start tag is. */
export interface Located extends XmlPosition {
  /** For each element from the root to it: which one of its name it is among those beside it, from 1. */
  readonly counts: readonly number[];
}

/**
 * Finds the start tag with this ordinal. It reads the document once more, up to there: keeping positions and counts during the first
 * reading would make it slower for every document, and only wrong ones need them.
 */
export function locate(body: Uint8Array | string, ordinal: number, options: ReadingOptions): Located {
  const finder = new Finder(ordinal);
  try {
    parseXml(body, finder, options);
  } catch (error) {
    if (finder.found === undefined) throw error;
  }
  return finder.found ?? { line: 1, column: 1, counts: [] };
}

class Finder implements XmlHandler {
  #left: number;
  /** How many of each name there were among the children of each open element, and of the document. */
  readonly #beside: Map<string, number>[] = [new Map()];
  readonly #counts: number[] = [];
  found: Located | undefined;

  constructor(ordinal: number) {
    this.#left = ordinal;
  }

  startElement(name: string, _attributes: unknown, position: () => XmlPosition): void {
    const beside = this.#beside.at(-1) as Map<string, number>;
    const count = (beside.get(name) ?? 0) + 1;
    beside.set(name, count);
    this.#counts.push(count);
    this.#beside.push(new Map());
    this.#left -= 1;
    if (this.#left > 0) return;
    this.found = { ...position(), counts: [...this.#counts] };
    throw new Error('found');
  }

  text(): void {}

  endElement(): void {
    this.#beside.pop();
    this.#counts.pop();
  }
}
