import { writingErrors } from './errors.ts';
import { escapeAttribute, escapeText, findUnwritable, isXmlName } from './escape.ts';

export interface XmlWriterOptions {
  /**
   * Blanks a level. Default 2. Elements with text stay on one line, so that no text gains white space; 0 writes everything
   * without a break. White space that must survive between the children of an element needs 0.
   */
  readonly indent?: number;
  /** Whether to begin with `<?xml version="1.0" encoding="UTF-8"?>`. Default true. */
  readonly declaration?: boolean;
  /** The system identifier of a DOCTYPE, such as `Update_WCS_OrderStatus_30.dtd`. Default: no DOCTYPE. */
  readonly systemId?: string | undefined;
}

/** Attributes to write, in this order. Those that are undefined are left out. */
export type XmlAttributesToWrite = Readonly<Record<string, string | undefined>>;

/**
 * Writes one document, well-formed whatever it is given: everything is escaped, and a name or a character that XML cannot
 * hold throws a final `MessageError` `WB_XML_UNWRITABLE` with the element path as its `at`. What a reader gets is
 * exactly what was written. Calls that do not make one tree throw a `TypeError`.
 */
export class XmlWriter {
  readonly #breakLine: string;
  readonly #step: number;
  readonly #systemId: string | undefined;
  readonly #names: string[] = [];
  #out: string;
  /** Where we are: behind the `<name` of an open start tag, behind text, behind a child, or outside the root. */
  #state: 'before' | 'tag' | 'text' | 'child' | 'after' = 'before';
  /** The depth at which text was written; what is inside is written without breaks. */
  #textDepth = Number.POSITIVE_INFINITY;

  constructor({ indent = 2, declaration = true, systemId }: XmlWriterOptions = {}) {
    this.#step = indent;
    this.#breakLine = indent > 0 ? '\n' : '';
    this.#systemId = systemId;
    this.#out = declaration ? `<?xml version="1.0" encoding="UTF-8"?>${this.#breakLine}` : '';
  }

  /** Begins an element. */
  open(name: string, attributes?: XmlAttributesToWrite): this {
    this.#startTag(name);
    if (attributes !== undefined) this.#writeAttributes(attributes);
    this.#state = 'tag';
    return this;
  }

  /** Writes text into the open element. */
  text(text: string): this {
    if (this.#names.length === 0) throw new TypeError('Text stands inside an element.');
    if (text === '') return this;
    const written = this.#escapedText(text);
    this.#out += this.#state === 'tag' ? `>${written}` : written;
    this.#state = 'text';
    this.#textDepth = Math.min(this.#textDepth, this.#names.length);
    return this;
  }

  /** Ends the element that was opened last. One without content is written as `<name/>`. */
  close(): this {
    const depth = this.#names.length;
    const name = this.#names.pop();
    if (name === undefined) throw new TypeError('No element is open.');
    if (this.#state === 'tag') this.#out += '/>';
    else this.#out += this.#state === 'child' && depth < this.#textDepth ? `${this.#lineAt(depth - 1)}</${name}>` : `</${name}>`;
    if (depth <= this.#textDepth) this.#textDepth = Number.POSITIVE_INFINITY;
    this.#state = depth === 1 ? 'after' : 'child';
    return this;
  }

  /** Writes an element with nothing but text. */
  leaf(name: string, text: string, attributes?: XmlAttributesToWrite): this {
    return this.open(name, attributes).text(text).close();
  }

  /** Writes an element without content. */
  empty(name: string, attributes?: XmlAttributesToWrite): this {
    return this.open(name, attributes).close();
  }

  /** The document. Throws a `TypeError` when it is not complete. */
  toString(): string {
    if (this.#state !== 'after') throw new TypeError(`The document is not complete: ${this.#path() || 'it has no root'}.`);
    return this.#out + this.#breakLine;
  }

  #startTag(name: string): void {
    if (this.#state === 'after') throw new TypeError('A document has one root only.');
    if (!isXmlName(name)) this.#refuse(`${JSON.stringify(name)} is no name for an element.`);
    const depth = this.#names.length;
    if (this.#state === 'before') this.#out += this.#doctype(name);
    else if (this.#state === 'tag') this.#out += '>';
    this.#out += depth > 0 && depth < this.#textDepth ? `${this.#lineAt(depth)}<${name}` : `<${name}`;
    this.#names.push(name);
  }

  #writeAttributes(attributes: XmlAttributesToWrite): void {
    for (const name of Object.keys(attributes)) {
      const value = attributes[name];
      if (value === undefined) continue;
      if (!isXmlName(name)) this.#refuse(`${JSON.stringify(name)} is no name for an attribute.`);
      this.#out += ` ${name}="${escapeAttribute(value) ?? this.#refuseCharacter(value, `@${name}`)}"`;
    }
  }

  #escapedText(text: string): string {
    return escapeText(text) ?? this.#refuseCharacter(text, '');
  }

  #doctype(root: string): string {
    const systemId = this.#systemId;
    if (systemId === undefined) return '';
    if (findUnwritable(systemId) !== undefined) this.#refuseCharacter(systemId, '');
    if (systemId.includes('"')) this.#refuse('A system identifier cannot hold a double quote.');
    return `<!DOCTYPE ${root} SYSTEM "${systemId}">${this.#breakLine}`;
  }

  #lineAt(depth: number): string {
    return this.#step > 0 ? `\n${' '.repeat(depth * this.#step)}` : '';
  }

  #path(): string {
    return this.#names.join('/');
  }

  #refuseCharacter(text: string, below: string): never {
    return this.#refuse(`The text has the character ${findUnwritable(text)}, which XML cannot hold.`, below);
  }

  #refuse(message: string, below = ''): never {
    throw writingErrors.WB_XML_UNWRITABLE(message, { at: this.#path() + below });
  }
}
