import type { ElementNode } from '../declaring/nodes.ts';
import type { XmlAttributes, XmlHandler, XmlPosition } from '../reading/handler.ts';
import { type AnyTextType, Problem } from '../values/text.ts';
import { planOf } from './content-model.ts';
import { closed, readAttributes } from './element-value.ts';
import { badText, strayText, tooMany, unexpectedChild, wrongRoot } from './faults.ts';
import { Frame } from './frame.ts';
import type { Edge, Position, State } from './plan.ts';
import { store, stored } from './slot.ts';

/** What the texts of a document mean, beside what the declaration says. */
export interface DecodingOptions {
  /**
   * True: an optional element of text that holds nothing, or blanks only, is read as if it were not there. False, the default:
   * its text is read as it is, and refused where the declaration asks for more. Elements that repeat are read as they are in
   * both cases, since their place in the list may mean something.
   */
  readonly emptyIsAbsent?: boolean | undefined;
}

/**
 * Reads one document by its declaration, in one pass and without a tree of the document. Throws a `Fault` at the first
 * thing that is wrong. `result` is the value once the root has ended.
 */
export class Decoder implements XmlHandler {
  readonly #root: ElementNode;
  readonly #emptyIsAbsent: boolean;
  #frame: Frame | undefined;
  /** Set while an element of nothing but text is open; such an element has no frame. */
  #leaf: Edge | undefined;
  #text = '';
  #ordinal = 0;
  result: unknown;

  constructor(root: ElementNode, { emptyIsAbsent = false }: DecodingOptions = {}) {
    this.#root = root;
    this.#emptyIsAbsent = emptyIsAbsent;
  }

  startElement(name: string, attributes: XmlAttributes, _position: () => XmlPosition, count: number): void {
    this.#ordinal += 1;
    if (this.#leaf !== undefined) throw unexpectedChild(this.#leafFrame(this.#ordinal - 1), name, this.#ordinal);
    const parent = this.#frame;
    if (parent === undefined) {
      this.#open(this.#rootFrame(name), attributes, count);
      return;
    }
    const edge = this.#edgeTo(name, parent);
    const plan = edge.position.plan();
    parent.state = edge.to;
    if (plan.leaf && count === 0) {
      this.#leaf = edge;
      this.#text = '';
    } else this.#open(new Frame(plan, parent, edge, this.#ordinal), attributes, count);
  }

  text(text: string): void {
    if (this.#leaf !== undefined) {
      this.#text = this.#text === '' ? text : this.#text + text;
      return;
    }
    const frame = this.#frame as Frame;
    const { plan } = frame;
    if (plan.text !== undefined) frame.text = frame.text === '' ? text : frame.text + text;
    else if (!plan.ignoresText && !isBlank(text)) throw strayText(frame);
  }

  endElement(): void {
    const frame = this.#frame as Frame;
    const leaf = this.#leaf;
    if (leaf !== undefined) {
      if (!this.#isAbsent(leaf)) store(frame.value, leaf, this.#leafValue(leaf));
      this.#leaf = undefined;
      return;
    }
    const { parent, edge } = frame;
    const value = closed(frame);
    this.#frame = parent;
    if (parent === undefined || edge === undefined) this.result = value;
    else if (edge.position.keeps === 'value') store(parent.value, edge, value);
    else if (edge.position.keeps === 'true') store(parent.value, edge, true);
  }

  #rootFrame(name: string): Frame {
    if (name !== this.#root.name) throw wrongRoot(name, this.#root.name);
    return new Frame(planOf(this.#root), undefined, undefined, 1);
  }

  #open(frame: Frame, attributes: XmlAttributes, count: number): void {
    this.#frame = frame;
    readAttributes(frame, attributes, count);
  }

  #edgeTo(name: string, parent: Frame): Edge {
    const edge = edgeNamed(parent.state, name) ?? parent.plan.other?.(name);
    if (edge === undefined) throw unexpectedChild(parent, name, this.#ordinal);
    if (edge.counted) this.#refuseTooMany(parent, edge.position);
    return edge;
  }

  #refuseTooMany(parent: Frame, position: Position): void {
    const values = stored(parent.value, position);
    const count = Array.isArray(values) ? values.length : values === undefined ? 0 : 1;
    if (count >= position.max) throw tooMany(parent, position, this.#ordinal);
  }

  #isAbsent({ position }: Edge): boolean {
    return this.#emptyIsAbsent && position.optional && isBlank(this.#text);
  }

  #leafValue({ position }: Edge): unknown {
    const value: unknown = (position.plan().text as AnyTextType).read(this.#text);
    if (value instanceof Problem) throw badText(this.#leafFrame(this.#ordinal), value);
    return value;
  }

  /** A frame for the open leaf. Leaves have none while all is well, and errors need one for the path. */
  #leafFrame(ordinal: number): Frame {
    const edge = this.#leaf as Edge;
    const frame = new Frame(edge.position.plan(), this.#frame, edge, ordinal);
    frame.text = this.#text;
    return frame;
  }
}

function edgeNamed(state: State, name: string): Edge | undefined {
  const { edges } = state;
  const { length } = name;
  for (let index = 0; index < edges.length; index += 1) {
    const edge = edges[index] as Edge;
    // Most names differ in length already, and comparing numbers is faster than comparing texts.
    if (edge.name.length === length && edge.name === name) return edge;
  }
  return undefined;
}

function isBlank(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code !== 32 && code !== 10 && code !== 13 && code !== 9) return false;
  }
  return true;
}
