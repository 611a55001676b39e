import type { XmlHandler, XmlPosition } from '../reading/handler.ts';
import type { ReadingOptions } from '../reading/options.ts';
import { parseXml } from '../reading/parse.ts';

/**
 * Line and column of the start tag with this ordinal. It reads the document once more: keeping positions during the first
 * reading would make it slower for every document, and only wrong ones need them.
 */
export function locate(body: Uint8Array | string, ordinal: number, options: ReadingOptions): XmlPosition {
  const finder = new Finder(ordinal);
  try {
    parseXml(body, finder, options);
  } catch (error) {
    if (finder.position === undefined) throw error;
  }
  return finder.position ?? { line: 1, column: 1 };
}

class Finder implements XmlHandler {
  #left: number;
  position: XmlPosition | undefined;

  constructor(ordinal: number) {
    this.#left = ordinal;
  }

  startElement(_name: string, _attributes: unknown, position: () => XmlPosition): void {
    this.#left -= 1;
    if (this.#left > 0) return;
    this.position = position();
    throw new Error('found');
  }

  text(): void {}

  endElement(): void {}
}
