import { DocumentParser } from './document-parser.ts';
import type { XmlLimits } from './limits.ts';
import { Utf8Pieces } from './utf8.ts';

/** A place in a document, both counted from 1; columns count characters. */
export interface XmlPosition {
  readonly line: number;
  readonly column: number;
}

/** The attributes of an element as written, prefix included, in document order. Has no prototype, so any name is safe. */
export type XmlAttributes = Readonly<Record<string, string>>;

/** Receives a document as it is read. What a handler throws ends the reading and reaches the caller unchanged. */
export interface XmlHandler {
  /**
   * A start tag. Names are as written, prefix included. `position` tells where the tag begins; it may only be called
   * before `startElement` returns, and costs nothing when it is not called. `count` is the number of attributes.
   */
  startElement(name: string, attributes: XmlAttributes, position: () => XmlPosition, count: number): void;
  /**
   * Character data, entities decoded, CDATA and white space included. The text of one element may come in several
   * pieces. White space outside the root is not reported.
   */
  text(text: string): void;
  endElement(name: string): void;
}

/** Large enough that the cost of a piece disappears, small enough to notice early that a limit is exceeded. */
const pieceLength = 65_536;

const nothing = new Uint8Array();

/**
 * Reads a whole document, strictly. Raises a final `MessageError` with the code of the fault, and with the element path,
 * line and column as its `at`. Elements in front of the fault have been reported by then.
 */
export function parseXml(body: Uint8Array | string, handler: XmlHandler, limits?: Partial<XmlLimits>): void {
  if (typeof body === 'string') return parseText(body, handler, limits);
  const stream = new XmlStream(handler, limits);
  stream.expect(body.length);
  if (body.length <= pieceLength) stream.write(body);
  else for (let at = 0; at < body.length; at += pieceLength) stream.write(body.subarray(at, at + pieceLength));
  stream.end();
}

function parseText(body: string, handler: XmlHandler, limits: Partial<XmlLimits> | undefined): void {
  const parser = new DocumentParser(handler, limits);
  parser.spend(Buffer.byteLength(body));
  if (!body.isWellFormed()) parser.refuse('WB_XML_NOT_WELL_FORMED', 'The text has half a surrogate pair.');
  if (body.length <= pieceLength) parser.write(body);
  else writePieces(parser, body);
  parser.end();
}

function writePieces(parser: DocumentParser, body: string): void {
  for (let at = 0; at < body.length; ) {
    const end = pieceEnd(body, at);
    parser.write(body.slice(at, end));
    at = end;
  }
}

/** The end of the piece that begins at `at`, never between the halves of a surrogate pair. */
function pieceEnd(body: string, at: number): number {
  const end = at + pieceLength;
  const last = body.charCodeAt(end - 1);
  return last >= 0xd800 && last <= 0xdbff ? end - 1 : end;
}

/**
 * Reads a document that arrives in pieces, in constant memory: nothing is kept but the path of the open elements and the
 * text in hand. For files that are larger than memory, raise the limits `bytes` and `elements`.
 * Once a call has thrown, the stream is spent and throws the same error again.
 */
export class XmlStream {
  readonly #parser: DocumentParser;
  readonly #pieces = new Utf8Pieces();
  /** What came so far, until it is enough to tell the encoding. */
  #beginning: Uint8Array | undefined = nothing;

  constructor(handler: XmlHandler, limits?: Partial<XmlLimits>) {
    this.#parser = new DocumentParser(handler, limits);
  }

  /** Refuses a document at once when it is known beforehand to be too large. */
  expect(bytes: number): void {
    this.#parser.checkSize(bytes);
  }

  /** Reads on. Handlers are called before it returns. */
  write(chunk: Uint8Array): void {
    this.#parser.spend(chunk.length);
    if (this.#beginning === undefined) this.#read(chunk);
    else this.#begin(this.#beginning === nothing ? chunk : Buffer.concat([this.#beginning, chunk]));
  }

  /** Says that the document is complete. Refuses one that is not. */
  end(): void {
    if (this.#beginning !== undefined) this.#read(this.#beginning);
    if (this.#pieces.unfinished) this.#parser.refuse('WB_XML_INVALID_UTF8', 'The document ends inside a UTF-8 character.');
    this.#parser.end();
  }

  /** UTF-16 and UTF-32 are known by their byte order mark, or by the NUL beside the first `<`. */
  #begin(bytes: Uint8Array): void {
    const [first, second] = bytes;
    this.#beginning = second === undefined ? bytes : undefined;
    if (second === undefined) return;
    const marked = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
    if (marked || (first === 0 && (second === 0x3c || second === 0)) || (first === 0x3c && second === 0))
      this.#parser.refuse('WB_XML_ENCODING', 'The document is in UTF-16 or UTF-32; only UTF-8 is read.');
    this.#read(bytes);
  }

  #read(bytes: Uint8Array): void {
    const { text, broken } = this.#pieces.decode(bytes);
    if (text !== '') this.#parser.write(text);
    if (broken) this.#parser.refuse('WB_XML_INVALID_UTF8', 'The bytes from here on are not UTF-8.');
  }
}
