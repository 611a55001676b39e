import type { XmlAttributes, XmlHandler } from '../reader.ts';
import type { ElementNode } from './declare.ts';
import {
  attributeFault,
  badText,
  type Fault,
  findingFault,
  missingAttribute,
  missingChild,
  strayText,
  tooMany,
  unexpectedChild,
  unknownAttribute,
  wrongRoot,
} from './faults.ts';
import { type AttributePlan, type Edge, type ElementPlan, type Position, planOf, type State } from './plan.ts';
import { type Holder, store, stored } from './slot.ts';
import { type AnyTextType, Problem } from './text.ts';

/** An element that is being read. */
export class Frame {
  readonly plan: ElementPlan;
  readonly parent: Frame | undefined;
  /** How the parent came here. */
  readonly edge: Edge | undefined;
  /** Which start tag of the document this is, from 1: errors find line and column by it. */
  readonly ordinal: number;
  readonly value: Holder;
  state: State;
  text = '';

  constructor(plan: ElementPlan, parent: Frame | undefined, edge: Edge | undefined, ordinal: number) {
    this.plan = plan;
    this.parent = parent;
    this.edge = edge;
    this.ordinal = ordinal;
    // Names from a document need an object without a prototype; names from a declaration do not.
    this.value = plan.other !== undefined ? (Object.create(null) as Holder) : plan.content === 'object' ? {} : noValue;
    this.state = plan.start;
  }
}

const noValue: Holder = Object.freeze({});

/**
 * Reads one document by its declaration, in one pass and without a tree of the document. Throws a `Fault` at the first
 * thing that is wrong. `result` is the value once the root has ended.
 */
export class Decoder implements XmlHandler {
  readonly #root: ElementNode;
  #frame: Frame | undefined;
  /** Set while an element of nothing but text is open; such an element has no frame. */
  #leaf: Edge | undefined;
  #text = '';
  #ordinal = 0;
  result: unknown;

  constructor(root: ElementNode) {
    this.#root = root;
  }

  startElement(name: string, attributes: XmlAttributes): void {
    this.#ordinal += 1;
    if (this.#leaf !== undefined) throw unexpectedChild(this.#leafFrame(this.#ordinal - 1), name, this.#ordinal);
    const parent = this.#frame;
    if (parent === undefined) {
      this.#open(this.#rootFrame(name), attributes);
      return;
    }
    const edge = this.#edgeTo(name, parent);
    const plan = edge.position.plan();
    parent.state = edge.to;
    if (plan.leaf && isEmpty(attributes)) {
      this.#leaf = edge;
      this.#text = '';
    } else this.#open(new Frame(plan, parent, edge, this.#ordinal), attributes);
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
      store(frame.value, leaf, this.#leafValue(leaf));
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

  #open(frame: Frame, attributes: XmlAttributes): void {
    this.#frame = frame;
    readAttributes(frame, attributes);
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

  #leafValue({ position }: Edge): unknown {
    const value: unknown = (position.plan().text as AnyTextType).read(this.#text);
    if (value instanceof Problem) throw badText(this.#leafFrame(this.#ordinal), value);
    return value;
  }

  /** The leaf as the bookkeeping that was spared: for errors. */
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
    // Comparing lengths first spares most of the comparisons of texts.
    if (edge.name.length === length && edge.name === name) return edge;
  }
  return undefined;
}

function readAttributes(frame: Frame, attributes: XmlAttributes): void {
  const declared = frame.plan.attributes;
  let known = 0;
  for (let index = 0; index < declared.length; index += 1) {
    const plan = declared[index] as AttributePlan;
    const text = attributes[plan.name];
    if (text === undefined) supply(frame, plan, attributes);
    else {
      known += 1;
      take(frame, plan, text);
    }
  }
  let given = 0;
  // oxlint-disable-next-line eslint/guard-for-in -- attributes have no prototype.
  for (const _name in attributes) given += 1;
  if (given !== known) throw unknownAttribute(frame, attributes);
}

function supply(frame: Frame, { key, declared }: AttributePlan, attributes: XmlAttributes): void {
  if (declared.mandatory) throw missingAttribute(frame, declared, attributes);
  if (declared.presence === 'default') frame.value[key] = declared.preset;
}

function take(frame: Frame, { key, declared }: AttributePlan, text: string): void {
  const value = declared.type.read(text);
  if (value instanceof Problem) throw attributeFault(frame, declared, value, text);
  if (declared.presence !== 'fixed') frame.value[key] = value;
}

function closed(frame: Frame): unknown {
  const { plan, state } = frame;
  if (!state.accepts) throw missingChild(frame);
  let value: unknown = frame.value;
  if (plan.text !== undefined) {
    const text = plan.text.read(frame.text) as unknown;
    if (text instanceof Problem) throw badText(frame, text);
    if (plan.content === 'text') value = text;
    else frame.value['text'] = text;
  }
  const { check, map } = plan.node;
  if (check !== undefined) refuseFinding(frame, check(value));
  return map === undefined ? value : map.read(value);
}

function refuseFinding(frame: Frame, finding: ReturnType<NonNullable<ElementNode['check']>>): void {
  if (finding !== undefined) throw findingFault(frame, finding);
}

function isEmpty(attributes: XmlAttributes): boolean {
  // oxlint-disable-next-line eslint/guard-for-in -- attributes have no prototype.
  for (const _name in attributes) return false;
  return true;
}

function isBlank(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code !== 32 && code !== 10 && code !== 13 && code !== 9) return false;
  }
  return true;
}

export type { Fault };
