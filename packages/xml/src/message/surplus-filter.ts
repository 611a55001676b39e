import type { Decoder } from '../decoding/decoder.ts';
import { isBlank } from '../decoding/tree-in-element.ts';
import type { XmlAttributes, XmlHandler, XmlPosition } from '../reading/handler.ts';

interface Open {
  readonly path: string;
  /** How many of each name there were among its children. */
  readonly beside: Map<string, number>;
  text: string;
  hasChildren: boolean;
}

/**
 * Takes out of a document what the declaration has no place for, elements with all that is in them and attributes, and hands the rest to
 * the decoder. What is known and stands in the wrong place, or is missing, is refused as ever.
 */
export class SurplusFilter implements XmlHandler {
  readonly #decoder: Decoder;
  readonly #isLoose: boolean;
  readonly #open: Open[] = [];
  /** How many of the open elements are surplus: the innermost ones. */
  #strange = 0;
  /** Texts by their path: `Order/Item[2]/Colour`, `Order@lang`. */
  readonly surplus: Record<string, string> = Object.create(null) as Record<string, string>;
  #left: number;

  /**
   * `most`: how many characters paths and texts may have together. A few long names around many elements would make paths without bound of
   * a small document. `isLoose`: what is known and comes too often, and text where the declaration has elements only, is taken out as well.
   */
  constructor(decoder: Decoder, most: number, isLoose = false) {
    this.#decoder = decoder;
    this.#isLoose = isLoose;
    this.#left = most;
  }

  startElement(name: string, attributes: XmlAttributes, position: () => XmlPosition, count: number): void {
    const path = this.#enter(name);
    if (this.#strange > 0 || !this.#decoder.knows(name) || (this.#isLoose && this.#decoder.hasEnough(name))) {
      this.#strange += 1;
      this.#decoder.skipped();
      for (const key of Object.keys(attributes)) this.#keep(`${path}@${key}`, attributes[key] as string);
      return;
    }
    const strangers = count === 0 ? [] : this.#decoder.strangersAmong(name, attributes);
    for (const key of strangers) this.#keep(`${path}@${key}`, attributes[key] as string);
    if (strangers.length === 0) return this.#decoder.startElement(name, attributes, position, count);
    const known = Object.fromEntries(Object.entries(attributes).filter(([key]) => !strangers.includes(key)));
    this.#decoder.startElement(name, known, position, count - strangers.length);
  }

  #enter(name: string): string {
    const parent = this.#open.at(-1);
    if (parent !== undefined) parent.hasChildren = true;
    const count = (parent?.beside.get(name) ?? 0) + 1;
    parent?.beside.set(name, count);
    const step = count === 1 ? name : `${name}[${count}]`;
    const path = parent === undefined ? step : `${parent.path}/${step}`;
    this.#open.push({ path, beside: new Map(), text: '', hasChildren: false });
    return path;
  }

  text(text: string): void {
    const isStray = this.#strange === 0 && this.#isLoose && !this.#decoder.takesText() && !isBlank(text);
    if (isStray) return this.#keepStray(text);
    if (this.#strange === 0) return this.#decoder.text(text);
    (this.#open.at(-1) as Open).text += text;
  }

  endElement(): void {
    const { path, text, hasChildren } = this.#open.pop() as Open;
    if (this.#strange === 0) return this.#decoder.endElement();
    this.#strange -= 1;
    if (!hasChildren || text.trim() !== '') this.#keep(path, text);
  }

  /** Text among elements, in as many pieces as it comes. */
  #keepStray(text: string): void {
    const path = `${(this.#open.at(-1) as Open).path}/text()`;
    this.#keep(path, `${this.surplus[path] ?? ''}${text}`);
  }

  /** Throws a `Fault` when there is no room left. */
  #keep(path: string, text: string): void {
    this.#left -= path.length + text.length;
    if (this.#left < 0) throw this.#decoder.tooMuchSurplus();
    this.surplus[path] = text;
  }
}
