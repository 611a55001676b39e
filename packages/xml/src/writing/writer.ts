import { writingErrors } from './errors.ts';

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
 * Writes one document, well-formed whatever it is given: everything is escaped, and a name or a character that XML does not
 * allow throws a final `MessageError` `WB_XML_UNWRITABLE` with the element path as its `at`. What a reader gets is
 * exactly what was written. Calls that do not make one tree throw a `TypeError`.
 */
export class XmlWriter {
  readonly #breakLine: string;
  readonly #step: number;
  readonly #systemId: string | undefined;
  readonly #names: string[] = [];
  #out: string;
  /** What was written last: nothing, an open start tag without its `>`, text, a child, or the whole root. */
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
    this.#out += this.#before(name) + this.#tags(name).open;
    this.#names.push(name);
    this.#state = 'tag';
    if (attributes !== undefined) this.#writeAttributes(attributes);
    return this;
  }

  /** Writes an attribute of the element that was opened last. Throws a `TypeError` once there is anything in it. */
  attribute(name: string, value: string): this {
    if (this.#state !== 'tag') throw new TypeError(`The attribute ${name} comes too late: its element has content already.`);
    if (tagsOf(name) === undefined) this.#refuse(`${JSON.stringify(name)} cannot be the name of an attribute.`);
    this.#out += ` ${name}="${escapeAttribute(value) ?? this.#refuseCharacter(value, `@${name}`)}"`;
    return this;
  }

  /** Writes text into the open element. */
  text(text: string): this {
    if (this.#names.length === 0) throw new TypeError('Text can only be written inside an element.');
    if (text === '') return this;
    const written = escapeText(text) ?? this.#refuseCharacter(text, '');
    this.#out += this.#state === 'tag' ? `>${written}` : written;
    this.#state = 'text';
    this.#textDepth = Math.min(this.#textDepth, this.#names.length);
    return this;
  }

  /** Has what is in the open element written without breaks, also in front of its first text. */
  inline(): this {
    this.#textDepth = Math.min(this.#textDepth, this.#names.length);
    return this;
  }

  /** Ends the element that was opened last. One without content is written as `<name/>`. */
  close(): this {
    const depth = this.#names.length;
    const name = this.#names.pop();
    if (name === undefined) throw new TypeError('No element is open.');
    if (this.#state === 'tag') this.#out += '/>';
    else if (this.#state === 'child' && depth < this.#textDepth) this.#out += this.#lineAt(depth - 1) + this.#tags(name).end;
    else this.#out += this.#tags(name).end;
    if (depth <= this.#textDepth) this.#textDepth = Number.POSITIVE_INFINITY;
    this.#state = depth === 1 ? 'after' : 'child';
    return this;
  }

  /** Writes an element with nothing but text. */
  leaf(name: string, text: string, attributes?: XmlAttributesToWrite): this {
    if (text === '' || attributes !== undefined) return this.open(name, attributes).text(text).close();
    // The same in one step: most of a document are such elements.
    const { start, end } = this.#tags(name);
    const written = escapeText(text) ?? this.#refuseCharacter(text, this.#names.length === 0 ? name : `/${name}`);
    this.#out += this.#before(name) + start + written + end;
    this.#state = this.#names.length === 0 ? 'after' : 'child';
    return this;
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

  #tags(name: string): Tags {
    return tagsOf(name) ?? this.#refuse(`${JSON.stringify(name)} cannot be the name of an element.`);
  }

  /** What is written between what was written last and a start tag. */
  #before(name: string): string {
    const depth = this.#names.length;
    const line = depth > 0 && depth < this.#textDepth ? this.#lineAt(depth) : '';
    if (this.#state === 'child' || this.#state === 'text') return line;
    if (this.#state === 'tag') return `>${line}`;
    if (this.#state === 'after') throw new TypeError('A document can have only one root element.');
    return this.#doctype(name);
  }

  #writeAttributes(attributes: XmlAttributesToWrite): void {
    for (const name of Object.keys(attributes)) {
      const value = attributes[name];
      if (value !== undefined) this.attribute(name, value);
    }
  }

  #doctype(root: string): string {
    const systemId = this.#systemId;
    if (systemId === undefined) return '';
    if (findUnwritable(systemId) !== undefined) this.#refuseCharacter(systemId, '');
    if (systemId.includes('"')) this.#refuse('A system identifier cannot contain a double quote.');
    return `<!DOCTYPE ${root} SYSTEM "${systemId}">${this.#breakLine}`;
  }

  #lineAt(depth: number): string {
    const blanks = depth * this.#step;
    return this.#step > 0 ? (indents[blanks] ?? `\n${' '.repeat(blanks)}`) : '';
  }

  #path(): string {
    return this.#names.join('/');
  }

  #refuseCharacter(text: string, below: string): never {
    return this.#refuse(`The text contains the character ${findUnwritable(text)}, which XML does not allow.`, below);
  }

  #refuse(message: string, below = ''): never {
    throw writingErrors.WB_XML_UNWRITABLE(message, { at: this.#path() + below });
  }
}

/** A line end and blanks, by their number: nearly every tag needs one. */
const indents: readonly string[] = Array.from({ length: 64 }, (_, blanks) => `\n${' '.repeat(blanks)}`);

/**
 * Text as it is written between tags, or undefined when XML cannot hold it. `>` is escaped because of `]]>`, a carriage
 * return because every reader turns a plain one into a line feed.
 */
function escapeText(text: string): string | undefined {
  return harmlessText.test(text) ? text : escapeWith(text, /[&<>\r]/g);
}

/** An attribute's value as it is written between double quotes, or undefined. Readers turn plain tabs and line ends into spaces. */
function escapeAttribute(value: string): string | undefined {
  return harmlessAttribute.test(value) ? value : escapeWith(value, /[&<>"\t\n\r]/g);
}

/** The first character that XML 1.0 cannot hold, as `U+0000`. */
function findUnwritable(text: string): string | undefined {
  const found = unwritable.exec(text)?.[0];
  return found === undefined ? undefined : `U+${found.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;
}

/** The text with U+FFFD for every character that XML 1.0 cannot hold: for texts that have to be written whatever is in them, such as errors. */
export function replaceUnwritable(text: string): string {
  return text.replace(everyUnwritable, '\ufffd');
}

/** A name that was found to be one, as it stands in tags. */
interface Tags {
  /** A start tag without its `>`. */
  readonly open: string;
  readonly start: string;
  readonly end: string;
}

/** Messages have few names, and data with many of them is no reason to keep all. */
const knownNames = new Map<string, Tags>();
const mostKnownNames = 4_096;

function tagsOf(name: string): Tags | undefined {
  const known = knownNames.get(name);
  if (known !== undefined) return known;
  if (!isXmlName(name)) return undefined;
  const tags = { open: `<${name}`, start: `<${name}>`, end: `</${name}>` };
  if (knownNames.size < mostKnownNames) knownNames.set(name, tags);
  return tags;
}

/** Tells whether `name` can be the name of an element or attribute. */
export function isXmlName(name: string): boolean {
  return commonName.test(name) || anyName.test(name);
}

// Nearly every text matches the first two, so these decide the speed. A text with surrogates does not, and is checked by `unwritable`.
const harmlessText = /^[\t\n -%'-;=?-\ud7ff\ue000-\ufffd]*$/;
const harmlessAttribute = /^[ !#-%'-;=?-\ud7ff\ue000-\ufffd]*$/;

// oxlint-disable-next-line no-control-regex -- control characters are what it is about.
const unwritable = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|\p{Surrogate}/u;

const everyUnwritable = new RegExp(unwritable, 'gu');

const commonName = /^[A-Za-z_:][-A-Za-z0-9._:]*$/;
const nameStart =
  ':A-Z_a-z\\u{C0}-\\u{D6}\\u{D8}-\\u{F6}\\u{F8}-\\u{2FF}\\u{370}-\\u{37D}\\u{37F}-\\u{1FFF}\\u{200C}-\\u{200D}\\u{2070}-\\u{218F}' +
  '\\u{2C00}-\\u{2FEF}\\u{3001}-\\u{D7FF}\\u{F900}-\\u{FDCF}\\u{FDF0}-\\u{FFFD}\\u{10000}-\\u{EFFFF}';
/** XML 1.0, fifth edition, productions 4 to 5. */
const anyName = new RegExp(`^[${nameStart}][-.0-9\\u{B7}\\u{300}-\\u{36F}\\u{203F}-\\u{2040}${nameStart}]*$`, 'u');

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};

function escapeWith(text: string, signs: RegExp): string | undefined {
  return unwritable.test(text) ? undefined : text.replace(signs, (sign) => escapes[sign]!);
}
