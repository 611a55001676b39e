import { MessageError } from '@waybill/contract';
import { expect } from 'vitest';
import { parseXml, type ReadingOptions, type XmlAttributes, type XmlHandler } from '../../src/index.ts';
import { readPlain } from '../../src/plain/reader.ts';

/** What a reader tells, in order; neighbouring pieces of text are joined, for a reader may cut text where it likes. */
class Log implements XmlHandler {
  readonly events: string[] = [];
  #text = '';

  startElement(name: string, attributes: XmlAttributes, _position: unknown, count: number): void {
    this.#tell(`<${name} ${JSON.stringify(Object.entries(attributes))} ${count}`);
  }

  text(text: string): void {
    this.#text += text;
  }

  endElement(name: string): void {
    this.#tell(`>${name}`);
  }

  #tell(event: string): void {
    if (this.#text !== '') this.events.push(`"${this.#text}`);
    this.#text = '';
    this.events.push(event);
  }
}

/** What the plain reader tells; undefined when it gives up. */
export function plainEvents(body: Uint8Array | string, options?: ReadingOptions): readonly string[] | undefined {
  const log = new Log();
  return readPlain(body, log, options) ? log.events : undefined;
}

/** What the strict reader tells, or the code with which it refuses. */
export function strictEvents(body: Uint8Array | string, options?: ReadingOptions): readonly string[] | string {
  const log = new Log();
  try {
    parseXml(body, log, options);
  } catch (error) {
    if (!(error instanceof MessageError)) throw error;
    return error.code;
  }
  return log.events;
}

/** Fails unless the plain reader gives up or tells exactly what the strict one tells. True when it did not give up. */
export function agrees(body: Uint8Array | string, options?: ReadingOptions): boolean {
  const plain = plainEvents(body, options);
  if (plain === undefined) return false;
  expect(plain).toEqual(strictEvents(body, options));
  return true;
}
