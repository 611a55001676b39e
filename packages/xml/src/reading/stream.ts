import { DocumentParser } from './document-parser.ts';
import type { XmlHandler } from './handler.ts';
import type { StreamOptions } from './options.ts';
import { Utf8Pieces } from './utf8.ts';

const nothing = new Uint8Array();

/**
 * Reads a document that arrives in pieces, in constant memory: nothing is kept but the path of the open elements and the
 * current text. For files that are larger than memory, raise the limits `bytes` and `elements`, or set `limitsPer`; see also `eachElement`.
 * Once a call has thrown, every later call throws the same error.
 */
export class XmlStream {
  readonly #parser: DocumentParser;
  readonly #encodingKnown: boolean;
  readonly #pieces = new Utf8Pieces();
  /** What came so far, until it is enough to tell the encoding. */
  #beginning: Uint8Array | undefined = nothing;

  constructor(handler: XmlHandler, options: StreamOptions = {}) {
    this.#parser = new DocumentParser(handler, options);
    this.#encodingKnown = options.encodingKnown ?? false;
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
    if (this.#encodingKnown) this.#read(bytes);
    else if (marked || (first === 0 && (second === 0x3c || second === 0)) || (first === 0x3c && second === 0))
      this.#parser.refuse('WB_XML_ENCODING', 'The document is in UTF-16 or UTF-32; only UTF-8 is read.');
    else this.#read(bytes);
  }

  #read(bytes: Uint8Array): void {
    const { text, broken } = this.#pieces.decode(bytes);
    if (text !== '') this.#parser.write(text);
    if (broken) this.#parser.refuse('WB_XML_INVALID_UTF8', 'The bytes from here on are not UTF-8.');
  }
}
