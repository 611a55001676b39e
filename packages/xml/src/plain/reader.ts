import type { XmlAttributes, XmlHandler, XmlPosition } from '../reading/handler.ts';
import { defaultLimits, type XmlLimits } from '../reading/limits.ts';
import type { ReadingOptions } from '../reading/options.ts';
import { Attributes, noAttributes } from './attributes.ts';
import { anyDeclaration, declaration, doctype } from './prolog.ts';
import {
  beginsName,
  behindBlanks,
  behindComment,
  type Codes,
  cdataAt,
  codesOf,
  continuesName,
  endsOfCdata,
  giveUp,
  isPlainCode,
  longestName,
  plainText,
  positionAt,
  sharedName,
  withoutReferences,
} from './text.ts';

/**
 * Reads a document that is plain: a declaration, a DOCTYPE without internal subset, comments, elements with ASCII names,
 * attributes, text, CDATA and the usual references, written in the usual way. True when it has read all of it, and then the
 * handler was told what `parseXml` would have told it. False at the first thing that it is not
 * sure of, be it right or wrong: what the handler was told until then is void, and `parseXml` has to read the document
 * and judge it.
 */
export function readPlain(body: Uint8Array | string, handler: XmlHandler, { limits, encodingKnown = false }: ReadingOptions = {}): boolean {
  const all = limits === undefined ? defaultLimits : { ...defaultLimits, ...limits };
  const text = plainText(body, all);
  return text !== undefined && new PlainReader(text, codesOf(text, body), handler, all).read(encodingKnown ? anyDeclaration : declaration);
}

const [lessThan, greaterThan, slash, bang] = [60, 62, 47, 33] as const;
const [equals, double, single, ampersand] = [61, 34, 39, 38] as const;
const [lineFeed, space] = [10, 32] as const;

/** No text, or a line feed and blanks, by length: what stands between most tags, so that it is worth having ready. */
const indents: readonly string[] = ['', ...Array.from({ length: 64 }, (_, blanks) => `\n${' '.repeat(blanks)}`)];

/** Reads one document. A code behind the end is undefined, which is no character at all to any of the comparisons here. */
class PlainReader {
  readonly #text: string;
  readonly #codes: Codes;
  readonly #handler: XmlHandler;
  readonly #limits: XmlLimits;
  /** Names of the open elements, root first, and where their start tags have them. Only the first `#depth` count. */
  readonly #names: string[] = [];
  readonly #starts: number[] = [];
  #depth = 0;
  #elements = 0;
  /** CDATA sections. */
  #sections = 0;
  /** What was read last. */
  #name = '';
  #attributes: XmlAttributes = noAttributes;
  #count = 0;
  /** Where the start tag begins that the handler is being told of. */
  #tag = 0;
  readonly #position = (): XmlPosition => positionAt(this.#text, this.#tag);

  constructor(text: string, codes: Codes, handler: XmlHandler, limits: XmlLimits) {
    this.#text = text;
    this.#codes = codes;
    this.#handler = handler;
    this.#limits = limits;
  }

  /** `declared` matches the XML declarations that the document may begin with. */
  read(declared: RegExp): boolean {
    const root = this.#prolog(declared);
    if (root === giveUp) return false;
    const end = this.#root(root);
    return end !== giveUp && this.#misc(end) === this.#text.length && endsOfCdata(this.#text) === this.#sections;
  }

  /** Skips everything in front of the root. */
  #prolog(declared: RegExp): number {
    declared.lastIndex = 0;
    declared.test(this.#text);
    const at = this.#misc(declared.lastIndex);
    if (at === giveUp || !this.#text.startsWith('<!', at)) return at;
    doctype.lastIndex = at;
    return doctype.test(this.#text) ? this.#misc(doctype.lastIndex) : giveUp;
  }

  /** Reads the element that begins at `start`, to behind its end tag. */
  #root(start: number): number {
    const codes = this.#codes;
    if (codes[start] !== lessThan) return giveUp;
    let at = this.#startTag(start + 1);
    while (at !== giveUp && this.#depth > 0) {
      at = this.#characters(at);
      if (at === giveUp) return giveUp;
      const next = codes[at + 1];
      if (next === slash) at = this.#endTag(at + 2);
      else if (next === bang) at = this.#commentOrCdata(at);
      else at = this.#startTag(at + 1);
    }
    return at;
  }

  #commentOrCdata(start: number): number {
    const section = cdataAt(this.#text, start);
    if (!section) return behindComment(this.#text, start);
    this.#sections += 1;
    this.#handler.text(this.#text.slice(section.from, section.to));
    return section.behind;
  }

  /** Skips blanks and comments. */
  #misc(start: number): number {
    const text = this.#text;
    const codes = this.#codes;
    let at = behindBlanks(codes, start);
    while (text.startsWith('<!--', at)) {
      const end = behindComment(text, at);
      if (end === giveUp) return giveUp;
      at = behindBlanks(codes, end);
    }
    return at;
  }

  /** Text up to the next tag. */
  #characters(start: number): number {
    const codes = this.#codes;
    let at = start;
    if (codes[at] === lineFeed) {
      at += 1;
      while (codes[at] === space) at += 1;
    }
    const indent = codes[at] === lessThan ? indents[at - start] : undefined;
    if (indent !== undefined) {
      if (indent !== '') this.#handler.text(indent);
      return at;
    }
    let references = false;
    for (let code = codes[at] as number; code !== lessThan; code = codes[at] as number) {
      if (!isPlainCode(code)) return giveUp;
      if (code === ampersand) references = true;
      at += 1;
    }
    const written = this.#text.slice(start, at);
    const characters = references ? withoutReferences(written) : written;
    if (characters === undefined) return giveUp;
    this.#handler.text(characters);
    return at;
  }

  #endTag(start: number): number {
    const codes = this.#codes;
    const depth = this.#depth - 1;
    const name = this.#names[depth] as string;
    const shift = (this.#starts[depth] as number) - start;
    const end = start + name.length;
    for (let at = start; at < end; at += 1) if (codes[at] !== codes[at + shift]) return giveUp;
    const at = codes[end] === greaterThan ? end : behindBlanks(codes, end);
    if (codes[at] !== greaterThan) return giveUp;
    this.#depth = depth;
    this.#handler.endElement(name);
    return at + 1;
  }

  #startTag(start: number): number {
    const codes = this.#codes;
    const limits = this.#limits;
    const depth = this.#depth;
    let at = this.#readName(start);
    if (at === giveUp || depth >= limits.depth || this.#elements >= limits.elements) return giveUp;
    const name = this.#name;
    this.#elements += 1;
    this.#attributes = noAttributes;
    this.#count = 0;
    if (codes[at] !== greaterThan) at = this.#readAttributes(at);
    const empty = codes[at] === slash;
    if (empty) at += 1;
    if (codes[at] !== greaterThan) return giveUp;
    this.#tag = start - 1;
    this.#handler.startElement(name, this.#attributes, this.#position, this.#count);
    if (empty) this.#handler.endElement(name);
    else {
      this.#names[depth] = name;
      this.#starts[depth] = start;
      this.#depth = depth + 1;
    }
    return at + 1;
  }

  /** Reads attributes, each with blanks in front of it, and the blanks behind the last one. */
  #readAttributes(start: number): number {
    const codes = this.#codes;
    const attributes = new Attributes();
    let at = behindBlanks(codes, start);
    for (let before = start; at > before && beginsName(codes[at] as number); at = behindBlanks(codes, before)) {
      const end = this.#readName(at);
      const name = this.#name;
      if (end === giveUp) return giveUp;
      const sign = codes[end] === equals ? end : behindBlanks(codes, end);
      if (codes[sign] !== equals) return giveUp;
      if (attributes[name] !== undefined || this.#count >= this.#limits.attributes) return giveUp;
      before = this.#value(behindBlanks(codes, sign + 1), name, attributes);
      if (before === giveUp) return giveUp;
      this.#count += 1;
    }
    if (this.#count > 0) this.#attributes = attributes;
    return at;
  }

  #value(start: number, name: string, attributes: Attributes): number {
    const codes = this.#codes;
    const quote = codes[start];
    if (quote !== double && quote !== single) return giveUp;
    let at = start + 1;
    let references = false;
    for (let code = codes[at] as number; code !== quote; code = codes[at] as number) {
      // Line ends and tabs would become blanks. They are rare as well, and left to the strict reader.
      if (code < 32 || code === lessThan || !isPlainCode(code)) return giveUp;
      if (code === ampersand) references = true;
      at += 1;
    }
    const written = this.#text.slice(start + 1, at);
    const value = references ? withoutReferences(written) : written;
    if (value === undefined || written.length > this.#limits.attributeLength) return giveUp;
    attributes[name] = value;
    return at + 1;
  }

  /** Reads a name into `#name`. */
  #readName(start: number): number {
    const codes = this.#codes;
    let code = codes[start] as number;
    if (!beginsName(code)) return giveUp;
    let at = start;
    let hash = 0;
    for (; continuesName(code); code = codes[at] as number) {
      hash = (hash * 31 + code) | 0;
      at += 1;
    }
    if (at - start > longestName) return giveUp;
    this.#name = sharedName(codes, start, at, hash);
    return at;
  }
}
