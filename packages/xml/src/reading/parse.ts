import { DocumentParser } from './document-parser.ts';
import type { XmlHandler } from './handler.ts';
import type { ReadingOptions } from './options.ts';
import { XmlStream } from './stream.ts';

/** Large enough that the cost of a piece disappears, small enough to notice early that a limit is exceeded. */
const pieceLength = 65_536;

/**
 * Reads a whole document, strictly. Throws a final `MessageError` with the code of the fault, and with the element path,
 * line and column as its `at`. Elements in front of the fault have been reported by then.
 */
export function parseXml(body: Uint8Array | string, handler: XmlHandler, options: ReadingOptions = {}): void {
  if (typeof body === 'string') return parseText(body, handler, options);
  const stream = new XmlStream(handler, options);
  stream.expect(body.length);
  if (body.length <= pieceLength) stream.write(body);
  else for (let at = 0; at < body.length; at += pieceLength) stream.write(body.subarray(at, at + pieceLength));
  stream.end();
}

function parseText(body: string, handler: XmlHandler, options: ReadingOptions): void {
  const parser = new DocumentParser(handler, options);
  parser.spend(Buffer.byteLength(body));
  if (!body.isWellFormed()) parser.refuse('WB_XML_NOT_WELL_FORMED', 'The text contains half a surrogate pair.');
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
