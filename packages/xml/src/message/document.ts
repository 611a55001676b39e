import type { Sink, WrittenAttributes } from '@waybill/mapping';
import { XmlWriter } from '../writing/writer.ts';

/** Takes a message as an XML document. */
export class DocumentSink implements Sink {
  readonly #out: XmlWriter;

  constructor(systemId: string | undefined) {
    this.#out = new XmlWriter({ systemId });
  }

  open(name: string, attributes: WrittenAttributes | undefined): void {
    this.#out.open(name, attributes);
  }

  leaf(name: string, text: string, attributes?: WrittenAttributes): void {
    this.#out.leaf(name, text, attributes);
  }

  text(text: string): void {
    this.#out.text(text);
  }

  close(): void {
    this.#out.close();
  }

  /** The document, once its root is closed. */
  toString(): string {
    return this.#out.toString();
  }
}
