import type { XmlAttributes, XmlHandler, XmlPosition } from '../reading/handler.ts';
import type { ReadingOptions } from '../reading/options.ts';
import { XmlStream } from '../reading/stream.ts';

/** Reads one element with all that is in it, and makes a value of it. */
export interface ElementReader<Value> extends XmlHandler {
  /** What the element became. It is asked for once, when the element has ended. */
  readonly result: Value;
}

/** How much is read at once: so much of the elements in a chunk is in memory as values that nobody has taken yet. */
const pieceLength = 65_536;

/**
 * The elements of one name, each as it closes, of a document of any size in constant memory. `begin` makes a reader for each of them, which gets its start tag, all that is
 * in it and its end tag; positions are those in the whole document. An element of the name inside of another one belongs to that one.
 *
 * The source is only asked for more when all elements of its last chunk have been taken, and is closed when the caller takes no more of them. `limits.bytes`
 * and `limits.elements` hold for each element, not for the document. Throws what `parseXml` throws, and what a reader throws, after all elements that ended in front of it.
 */
export async function* eachElement<Value>(
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  name: string,
  begin: () => ElementReader<Value>,
  options: ReadingOptions = {},
): AsyncGenerator<Value, void, void> {
  const splitter = new Splitter(name, begin);
  const stream = new XmlStream(splitter, { ...options, limitsPer: name });
  for await (const chunk of source)
    for (let at = 0; at < chunk.length; at += pieceLength) {
      const failure = failureOf(() => stream.write(chunk.subarray(at, at + pieceLength)));
      yield* splitter.take();
      if (failure) throw failure.error;
    }
  stream.end();
}

function failureOf(attempt: () => void): { readonly error: unknown } | undefined {
  try {
    attempt();
    return undefined;
  } catch (error) {
    return { error };
  }
}

/** Hands each of the elements to a reader of its own, and skips everything else. */
class Splitter<Value> implements XmlHandler {
  readonly #name: string;
  readonly #begin: () => ElementReader<Value>;
  #reader: ElementReader<Value> | undefined;
  /** Elements that are open inside the one that is read, itself included. */
  #depth = 0;
  #values: Value[] = [];

  constructor(name: string, begin: () => ElementReader<Value>) {
    this.#name = name;
    this.#begin = begin;
  }

  /** The values of the elements that have ended since the last call. */
  take(): readonly Value[] {
    const values = this.#values;
    this.#values = [];
    return values;
  }

  startElement(name: string, attributes: XmlAttributes, position: () => XmlPosition, count: number): void {
    if (this.#reader === undefined && name !== this.#name) return;
    this.#reader ??= this.#begin();
    this.#depth += 1;
    this.#reader.startElement(name, attributes, position, count);
  }

  text(text: string): void {
    this.#reader?.text(text);
  }

  endElement(name: string): void {
    if (this.#reader === undefined) return;
    this.#reader.endElement(name);
    this.#depth -= 1;
    if (this.#depth > 0) return;
    this.#values.push(this.#reader.result);
    this.#reader = undefined;
  }
}
