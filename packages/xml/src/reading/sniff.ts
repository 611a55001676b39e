import type { XmlAttributes } from './handler.ts';

/** The beginning of a document, as much as is needed to tell what it is. */
export interface XmlBeginning {
  /** The name of the root element as written, prefix included. */
  readonly root: string;
  readonly attributes: XmlAttributes;
  /** Which DTD the DOCTYPE names, as written; undefined where there is none. */
  readonly systemId: string | undefined;
}

/** The first is enough for nearly every document; the others are for a long comment or licence in front of the root. */
const windows = [512, 4096, 65_536];

/**
 * Tells root element and attributes from the first few kilobytes, without reading the document: a byte order mark, the
 * XML declaration, comments, instructions and a DOCTYPE are skipped. Undefined when it is no XML, or not in UTF-8.
 * Never throws. That it answers does not mean that the document is well-formed, or that the reader will accept it.
 */
export function sniffRoot(body: Uint8Array): XmlBeginning | undefined {
  for (const window of windows) {
    const found = findRoot(lenient.decode(body.subarray(0, window)));
    if (found !== 'cut') return found;
    if (body.length <= window) return undefined;
  }
  return undefined;
}

// A character cut by the window becomes U+FFFD, which at worst lies in a tag that the window cuts anyway.
const lenient = new TextDecoder('utf-8');
const blank = /[ \t\r\n]*/y;
const beginning = /<([^\s<>/="'!?&][^\s<>/="']*)/y;
const attribute = /[ \t\r\n]+([^\s<>/="']+)[ \t\r\n]*=[ \t\r\n]*(?:"([^"<]*)"|'([^'<]*)')/y;
const doctype = /<!DOCTYPE[ \t\r\n]+[^ \t\r\n"'[>]+[ \t\r\n]+(?:SYSTEM|PUBLIC[ \t\r\n]+(?:"[^"]*"|'[^']*'))[ \t\r\n]+("[^"]*"|'[^']*')/y;
const ending = /[ \t\r\n]*\/?>/y;

function findRoot(text: string): XmlBeginning | 'cut' | undefined {
  let at = after(blank, text, 0);
  let systemId: string | undefined;
  while (text.startsWith('<?', at) || text.startsWith('<!', at)) {
    const end = endOfMisc(text, at);
    if (end < 0) return 'cut';
    const named = match(doctype, text, at);
    systemId ??= named?.[1]?.slice(1, -1);
    at = after(blank, text, end);
  }
  if (at >= text.length) return 'cut';
  if (text[at] !== '<') return undefined;
  const tag = readTag(text, at);
  return tag ? { ...tag, systemId } : 'cut';
}

/** Undefined when there is no start tag at `at`, or not all of it. */
function readTag(text: string, start: number): Omit<XmlBeginning, 'systemId'> | undefined {
  const root = match(beginning, text, start)?.[1];
  if (root === undefined) return undefined;
  const attributes = Object.create(null) as Record<string, string>;
  let at = beginning.lastIndex;
  for (let found = match(attribute, text, at); found !== null; found = match(attribute, text, at)) {
    at = attribute.lastIndex;
    attributes[found[1] as string] = plainValue(found[2] ?? found[3] ?? '');
  }
  return match(ending, text, at) ? { root, attributes } : undefined;
}

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

function after(pattern: RegExp, text: string, at: number): number {
  return match(pattern, text, at) ? pattern.lastIndex : at;
}

/** Where the comment, instruction or DOCTYPE at `at` ends, or -1. */
function endOfMisc(text: string, at: number): number {
  if (text.startsWith('<?', at)) return behind(text, '?>', at + 2);
  if (text.startsWith('<!--', at)) return behind(text, '-->', at + 4);
  return endOfDoctype(text, at);
}

function behind(text: string, mark: string, from: number): number {
  const found = text.indexOf(mark, from);
  return found < 0 ? -1 : found + mark.length;
}

/** Skips literals, comments and an internal subset, which may all contain ">". */
function endOfDoctype(text: string, start: number): number {
  let inSubset = false;
  for (let at = start + 2; at >= 0 && at < text.length; at++) {
    const sign = text[at];
    if (sign === '>' && !inSubset) return at + 1;
    if (sign === '[') inSubset = true;
    else if (sign === ']') inSubset = false;
    else if (sign === '"' || sign === "'") at = text.indexOf(sign, at + 1);
    else if (inSubset && text.startsWith('<!--', at)) at = behind(text, '-->', at + 4) - 1;
    if (at < 0) return -1;
  }
  return -1;
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function plainValue(written: string): string {
  if (!/[&\t\r\n]/.test(written)) return written;
  const spaced = written.replace(/\r\n|[\t\r\n]/g, ' ');
  return spaced.includes('&') ? spaced.replace(/&(?:#x([0-9a-fA-F]{1,6})|#([0-9]{1,7})|([a-z]+));/g, decodeEntity) : spaced;
}

function decodeEntity(written: string, hex: string | undefined, decimal: string | undefined, name: string | undefined): string {
  if (name !== undefined) return Object.hasOwn(entities, name) ? entities[name]! : written;
  const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
  return code <= 0x10ffff ? String.fromCodePoint(code) : written;
}
