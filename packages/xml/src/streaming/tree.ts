import type { XmlAttributes, XmlPosition } from '../reading/handler.ts';
import type { ElementReader } from './each-element.ts';

/** An element as it was read. */
export interface XmlTree {
  readonly name: string;
  readonly attributes: XmlAttributes;
  /** Child elements and texts, in their order. Texts beside each other are one. */
  readonly content: readonly (XmlTree | string)[];
  /** Where the start tag begins. */
  readonly at: XmlPosition;
}

interface Growing extends XmlTree {
  readonly content: (XmlTree | string)[];
}

/** Makes a tree of an element, for `eachElement` or as the handler of `parseXml`. Its `result` throws a `TypeError` until the element has ended. */
export class TreeReader implements ElementReader<XmlTree> {
  readonly #open: Growing[] = [];
  #root: XmlTree | undefined;

  startElement(name: string, attributes: XmlAttributes, position: () => XmlPosition): void {
    const tree: Growing = { name, attributes, content: [], at: position() };
    this.#open.at(-1)?.content.push(tree);
    this.#open.push(tree);
  }

  text(text: string): void {
    const { content } = this.#open.at(-1) as Growing;
    const last = content.at(-1);
    if (typeof last === 'string') content[content.length - 1] = last + text;
    else content.push(text);
  }

  endElement(): void {
    const ended = this.#open.pop();
    if (this.#open.length === 0) this.#root = ended;
  }

  get result(): XmlTree {
    if (this.#root === undefined) throw new TypeError('The element has not ended.');
    return this.#root;
  }
}
