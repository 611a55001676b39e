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
import { type AttributePlan, type Edge, type ElementPlan, planOf, type State } from './plan.ts';
import { type Holder, store, stored } from './slot.ts';
import { Problem } from './text.ts';

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
  #ordinal = 0;
  result: unknown;

  constructor(root: ElementNode) {
    this.#root = root;
  }

  startElement(name: string, attributes: XmlAttributes): void {
    const parent = this.#frame;
    this.#ordinal += 1;
    const frame = parent === undefined ? this.#openRoot(name) : this.#openChild(parent, name);
    this.#frame = frame;
    readAttributes(frame, attributes);
  }

  text(text: string): void {
    const frame = this.#frame as Frame;
    if (frame.plan.text !== undefined) frame.text = frame.text === '' ? text : frame.text + text;
    else if (!frame.plan.ignoresText && !isBlank(text)) throw strayText(frame);
  }

  endElement(): void {
    const frame = this.#frame as Frame;
    const { parent, edge } = frame;
    const value = closed(frame);
    this.#frame = parent;
    if (parent === undefined || edge === undefined) this.result = value;
    else if (edge.position.keeps === 'value') store(parent.value, edge, value);
    else if (edge.position.keeps === 'true') store(parent.value, edge, true);
  }

  #openRoot(name: string): Frame {
    if (name !== this.#root.name) throw wrongRoot(name, this.#root.name);
    return new Frame(planOf(this.#root), undefined, undefined, 1);
  }

  #openChild(parent: Frame, name: string): Frame {
    const edge = edgeNamed(parent.state, name) ?? parent.plan.other?.(name);
    if (edge === undefined) throw unexpectedChild(parent, name, this.#ordinal);
    const { position } = edge;
    if (parent.plan.other !== undefined && stored(parent.value, position) !== undefined) throw tooMany(parent, position, this.#ordinal);
    if (position.max < Number.POSITIVE_INFINITY && position.list) this.#refuseTooMany(parent, edge);
    parent.state = edge.to;
    return new Frame(position.plan(), parent, edge, this.#ordinal);
  }

  #refuseTooMany(parent: Frame, { position, anew }: Edge): void {
    const values = stored(parent.value, position);
    if (anew < 0 && Array.isArray(values) && values.length >= position.max) throw tooMany(parent, position, this.#ordinal);
  }
}

function edgeNamed(state: State, name: string): Edge | undefined {
  const { edges } = state;
  for (let index = 0; index < edges.length; index += 1) {
    const edge = edges[index] as Edge;
    if (edge.name === name) return edge;
  }
  return undefined;
}

function readAttributes(frame: Frame, attributes: XmlAttributes): void {
  const declared = frame.plan.attributes;
  let known = 0;
  for (let index = 0; index < declared.length; index += 1) {
    const plan = declared[index] as AttributePlan;
    const text = attributes[plan.name];
    if (text === undefined) supply(frame, plan);
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

function supply(frame: Frame, { key, declared }: AttributePlan): void {
  if (declared.mandatory) throw missingAttribute(frame, declared);
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

function isBlank(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code !== 32 && code !== 10 && code !== 13 && code !== 9) return false;
  }
  return true;
}

export type { Fault };
