import type { XmlHandler } from '../reading/handler.ts';
import { defaultLimits, type XmlLimits } from '../reading/limits.ts';
import type { ReadingOptions } from '../reading/options.ts';
import type { Codes } from './names.ts';
import { giveUp, PlainScanner } from './scanner.ts';

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Reads a document that is plain: a declaration, a DOCTYPE without internal subset, comments, elements with ASCII names,
 * attributes, text and the usual references, written in the usual way. True when it has read all of it, and then the
 * handler was told what `parseXml` would have told it, except for positions. False at the first thing that it is not
 * sure of, be it right or wrong: what the handler was told until then is void, and `parseXml` has to read the document
 * and judge it.
 */
export function readPlain(body: Uint8Array | string, handler: XmlHandler, { limits, encodingKnown = false }: ReadingOptions = {}): boolean {
  const all = limits === undefined ? defaultLimits : { ...defaultLimits, ...limits };
  const text = plainText(body, all);
  if (text === undefined) return false;
  // A text as long as its UTF-8 is ASCII. (When line ends were replaced, it is shorter.)
  const codes = typeof body !== 'string' && text.length === body.length ? body : codesOf(text);
  const scanner = new PlainScanner(text, codes, handler, all);
  const root = skipProlog(text, scanner, encodingKnown ? anyDeclaration : declaration);
  if (root === giveUp) return false;
  const end = scanner.readRoot(root);
  return end !== giveUp && scanner.skipMisc(end) === text.length;
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

function codesOf(text: string): Codes {
  const codes = new Uint16Array(text.length);
  Buffer.from(codes.buffer).write(text, 'utf16le');
  return codes;
}

const declaration = declarationIn('[uU][tT][fF]-8');
/** For a document whose encoding is known: what it declares may be any name of an encoding. */
const anyDeclaration = declarationIn('[A-Za-z][A-Za-z0-9._-]*');
const doctype = /<!DOCTYPE[ \t\n]+[A-Za-z_][A-Za-z0-9_.-]*[ \t\n]+SYSTEM[ \t\n]+"[A-Za-z0-9_.:/-]*"[ \t\n]*>/y;

function declarationIn(encoding: string): RegExp {
  const optional = `(?:${attributeOf('encoding', encoding)})?(?:${attributeOf('standalone', '(?:yes|no)')})?`;
  return new RegExp(`\ufeff?(?:<\\?xml${attributeOf('version', '1\\.0')}${optional}[ \\t\\n]*\\?>)?`, 'y');
}

function attributeOf(name: string, value: string): string {
  return `[ \\t\\n]+${name}=(?:"${value}"|'${value}')`;
}

/** Where the root begins. */
function skipProlog(text: string, scanner: PlainScanner, declared: RegExp): number {
  declared.lastIndex = 0;
  declared.test(text);
  const at = scanner.skipMisc(declared.lastIndex);
  if (at === giveUp || !text.startsWith('<!', at)) return at;
  doctype.lastIndex = at;
  return doctype.test(text) ? scanner.skipMisc(doctype.lastIndex) : giveUp;
}
