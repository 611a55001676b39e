import { MessageError } from '@waybill/contract';
import type { XmlLimits } from '../../src/index.ts';
import { parseXml, type XmlHandler } from '../../src/index.ts';

/** An element as it was read; neighbouring pieces of text are joined. */
export interface Tree {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly content: (Tree | string)[];
}

/** Builds the tree of a document. */
export class Recorder implements XmlHandler {
  readonly #open: Tree[] = [];
  root: Tree | undefined;

  startElement(name: string, attributes: Readonly<Record<string, string>>): void {
    const tree: Tree = { name, attributes: { ...attributes }, content: [] };
    this.root ??= tree;
    this.#open.at(-1)?.content.push(tree);
    this.#open.push(tree);
  }

  text(text: string): void {
    const { content } = this.#open.at(-1)!;
    const last = content.at(-1);
    if (typeof last === 'string') content[content.length - 1] = last + text;
    else content.push(text);
  }

  endElement(name: string): void {
    if (this.#open.pop()?.name !== name) throw new Error(`The element ${name} is not the open one.`);
  }
}

export function treeOf(body: string | Uint8Array, limits?: Partial<XmlLimits>): Tree {
  const recorder = new Recorder();
  parseXml(body, recorder, { limits });
  return recorder.root!;
}

/** Reads text as the bytes that it would be on the wire. */
export function treeOfBytes(text: string, limits?: Partial<XmlLimits>): Tree {
  return treeOf(new TextEncoder().encode(text), limits);
}

/** What is asked of the error that reading or writing ends with. */
export interface Refusal {
  readonly code: string;
  readonly at: string | undefined;
  readonly message: string;
  readonly kind: string;
}

export function refusal(attempt: () => unknown): Refusal {
  try {
    attempt();
  } catch (error) {
    if (!(error instanceof MessageError) || error.retryable) throw error;
    return { code: error.code, at: error.at, message: error.message, kind: error.kind };
  }
  throw new Error('Nothing was refused.');
}

export const ignore: XmlHandler = { startElement: () => {}, text: () => {}, endElement: () => {} };
