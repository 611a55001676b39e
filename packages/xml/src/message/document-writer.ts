import type { FormatWriter } from '@waybill/mapping';
import { XmlWriter } from '../writing/writer.ts';

/** Takes a message as an XML document. */
export class DocumentWriter implements FormatWriter {
  readonly #out: XmlWriter;

  constructor(systemId: string | undefined) {
    this.#out = new XmlWriter({ systemId });
  }

  open(name: string): void {
    this.#out.open(name);
  }

  attribute(name: string, text: string): void {
    this.#out.attribute(name, text);
  }

  leaf(name: string, text: string): void {
    this.#out.leaf(name, text);
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
