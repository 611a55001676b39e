import { defaultLimits, type XmlLimits } from './limits.ts';
import { beginsName, continuesName, isBlankCode, isPlainCode, sharedName, withoutReferences } from './plain-text.ts';
import type { XmlAttributes, XmlHandler } from './reader.ts';

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

const [lessThan, greaterThan, slash, bang, equals, double, single, ampersand] = [60, 62, 47, 33, 61, 34, 39, 38];

/** What the functions below answer instead of an index when the document is not plain. */
const giveUp = -1;

/**
 * Reads a document that is plain: a declaration, a DOCTYPE without internal subset, comments, elements with ASCII names,
 * attributes, text and the usual references, written in the usual way. True when it has read all of it, and then the
 * handler was told what `parseXml` would have told it. False at the first thing that it is not sure of, be it right or
 * wrong: what the handler was told until then is void, and `parseXml` has to read the document and judge it.
 */
export function readPlain(body: Uint8Array | string, handler: XmlHandler, limits?: Partial<XmlLimits>): boolean {
  const all = limits === undefined ? defaultLimits : { ...defaultLimits, ...limits };
  const text = plainText(body, all);
  return text !== undefined && new PlainReader(text, handler, all).read();
}

/** The text with its line ends made one, as XML wants it, or undefined. */
function plainText(body: Uint8Array | string, limits: XmlLimits): string | undefined {
  const bytes = typeof body === 'string' ? Buffer.byteLength(body) : body.length;
  if (bytes > limits.bytes) return undefined;
  const text = typeof body === 'string' ? wellFormed(body) : decoded(body);
  // A document that is no longer than a text may be has no text, comment or tag that is too long.
  if (text === undefined || text.length > limits.textLength || text.includes(']]>')) return undefined;
  return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
}

function wellFormed(text: string): string | undefined {
  return text.isWellFormed() ? text : undefined;
}

function decoded(body: Uint8Array): string | undefined {
  try {
    return decoder.decode(body);
  } catch {
    return undefined;
  }
}

const declaration = new RegExp(
  `\ufeff?(?:<\\?xml${attributeOf('version', '1\\.0')}(?:${attributeOf('encoding', '[uU][tT][fF]-8')})?(?:${attributeOf('standalone', '(?:yes|no)')})?[ \\t\\n]*\\?>)?`,
  'y',
);
const doctype = /<!DOCTYPE[ \t\n]+[A-Za-z_][A-Za-z0-9_.-]*[ \t\n]+SYSTEM[ \t\n]+"[A-Za-z0-9_.:/-]*"[ \t\n]*>/y;

function attributeOf(name: string, value: string): string {
  return `[ \\t\\n]+${name}=(?:"${value}"|'${value}')`;
}

const unplain = /[^\t\n -\ufffd]/;

const none: XmlAttributes = Object.freeze(Object.create(null) as Record<string, string>);

/** Whoever needs places has `parseXml` read the document. */
function noPosition(): never {
  throw new TypeError('The plain reader knows no positions.');
}

class PlainReader {
  readonly #text: string;
  readonly #handler: XmlHandler;
  readonly #limits: XmlLimits;
  /** Names of the open elements, root first. */
  readonly #open: string[] = [];
  #elements = 0;
  /** Where the name that was read last ends. */
  #nameEnd = 0;
  #attributes: XmlAttributes = none;
  #count = 0;

  constructor(text: string, handler: XmlHandler, limits: XmlLimits) {
    this.#text = text;
    this.#handler = handler;
    this.#limits = limits;
  }

  read(): boolean {
    const text = this.#text;
    let at = this.#prolog();
    if (at === giveUp || text.charCodeAt(at) !== lessThan) return false;
    at = this.#startTag(at + 1);
    while (at !== giveUp && this.#open.length > 0) {
      at = this.#characters(at);
      if (at === giveUp) return false;
      const next = text.charCodeAt(at + 1);
      if (next === slash) at = this.#endTag(at + 2);
      else if (next === bang) at = this.#comment(at);
      else at = this.#startTag(at + 1);
    }
    return at !== giveUp && this.#misc(at) === text.length;
  }

  #prolog(): number {
    const text = this.#text;
    declaration.lastIndex = 0;
    declaration.test(text);
    const at = this.#misc(declaration.lastIndex);
    if (at === giveUp || !text.startsWith('<!', at)) return at;
    doctype.lastIndex = at;
    return doctype.test(text) ? this.#misc(doctype.lastIndex) : giveUp;
  }

  /** Skips blanks and comments. */
  #misc(from: number): number {
    let at = this.#blanks(from);
    while (this.#text.startsWith('<!--', at)) {
      const end = this.#comment(at);
      if (end === giveUp) return giveUp;
      at = this.#blanks(end);
    }
    return at;
  }

  #blanks(from: number): number {
    let at = from;
    while (isBlankCode(this.#text.charCodeAt(at))) at += 1;
    return at;
  }

  #comment(at: number): number {
    const text = this.#text;
    if (!text.startsWith('<!--', at)) return giveUp;
    const end = text.indexOf('--', at + 4);
    if (end < 0 || text.charCodeAt(end + 2) !== greaterThan || unplain.test(text.slice(at, end))) return giveUp;
    return end + 3;
  }

  /** Text up to the next tag. */
  #characters(start: number): number {
    const text = this.#text;
    let at = start;
    let code = text.charCodeAt(at);
    let references = false;
    for (; code !== lessThan; code = text.charCodeAt(at)) {
      // Not a number, where the document ends, is not plain either.
      if (!isPlainCode(code)) return giveUp;
      if (code === ampersand) references = true;
      at += 1;
    }
    if (at === start) return at;
    const characters = references ? withoutReferences(text.slice(start, at)) : text.slice(start, at);
    if (characters === undefined) return giveUp;
    this.#handler.text(characters);
    return at;
  }

  #endTag(start: number): number {
    const text = this.#text;
    const name = this.#open.at(-1) as string;
    if (!text.startsWith(name, start)) return giveUp;
    const at = this.#blanks(start + name.length);
    if (text.charCodeAt(at) !== greaterThan) return giveUp;
    this.#open.pop();
    this.#handler.endElement(name);
    return at + 1;
  }

  #startTag(start: number): number {
    const text = this.#text;
    const name = this.#name(start);
    if (name === undefined || this.#open.length >= this.#limits.depth || this.#elements >= this.#limits.elements) return giveUp;
    this.#elements += 1;
    this.#attributes = none;
    this.#count = 0;
    let at = this.#nameEnd;
    let code = text.charCodeAt(at);
    if (code !== greaterThan) {
      at = this.#readAttributes(at);
      if (at === giveUp) return giveUp;
      code = text.charCodeAt(at);
    }
    const empty = code === slash;
    if (empty) at += 1;
    if (text.charCodeAt(at) !== greaterThan) return giveUp;
    this.#handler.startElement(name, this.#attributes, noPosition, this.#count);
    if (empty) this.#handler.endElement(name);
    else this.#open.push(name);
    return at + 1;
  }

  /** Reads attributes, each with blanks in front of it, and the blanks behind the last one. */
  #readAttributes(start: number): number {
    const text = this.#text;
    const attributes = Object.create(null) as Record<string, string>;
    let at = this.#blanks(start);
    for (let before = start; at > before && beginsName(text.charCodeAt(at)); at = this.#blanks(before)) {
      const name = this.#name(at);
      if (name === undefined || name in attributes || this.#count >= this.#limits.attributes) return giveUp;
      // Blanks around the sign are right, and rare.
      if (text.charCodeAt(this.#nameEnd) !== equals) return giveUp;
      before = this.#value(this.#nameEnd + 1, name, attributes);
      if (before === giveUp) return giveUp;
      this.#count += 1;
    }
    if (this.#count > 0) this.#attributes = attributes;
    return at;
  }

  #value(start: number, name: string, attributes: Record<string, string>): number {
    const text = this.#text;
    const quote = text.charCodeAt(start);
    if (quote !== double && quote !== single) return giveUp;
    let at = start + 1;
    let references = false;
    for (let code = text.charCodeAt(at); code !== quote; code = text.charCodeAt(at)) {
      // Line ends and tabs become blanks; that is rare, too.
      if (code < 32 || code === lessThan || !isPlainCode(code)) return giveUp;
      if (code === ampersand) references = true;
      at += 1;
    }
    const written = text.slice(start + 1, at);
    const value = references ? withoutReferences(written) : written;
    if (value === undefined || at - start - 1 > this.#limits.attributeLength) return giveUp;
    attributes[name] = value;
    return at + 1;
  }

  #name(start: number): string | undefined {
    const text = this.#text;
    let code = text.charCodeAt(start);
    if (!beginsName(code)) return undefined;
    let at = start;
    let hash = 0;
    while (continuesName(code)) {
      hash = (hash * 31 + code) | 0;
      at += 1;
      code = text.charCodeAt(at);
    }
    // Names are kept, so they have to be short.
    if (at - start > 100) return undefined;
    this.#nameEnd = at;
    return sharedName(text, start, at, hash);
  }
}
