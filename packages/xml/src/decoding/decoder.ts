import { type AnyTextType, Problem } from '@waybill/values';
import type { Holder } from '../declaring/content.ts';
import type { XmlAttributes, XmlHandler, XmlPosition } from '../reading/handler.ts';
import {
  attributeFault,
  badText,
  findingFault,
  missingAttribute,
  missingChild,
  strayText,
  tooMany,
  unexpectedChild,
  unknownAttribute,
  wrongRoot,
} from './faults.ts';
import type { AttributePlan, Edge, ElementPlan, OpenElement, Position, State, Step } from './plan.ts';
import { stored } from './slot.ts';

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
 * Reads one document by the plan of its root, in one pass and without a tree of the document. Throws a `Fault` at the first
 * thing that is wrong. `result` is the value once the root has ended.
 */
export class Decoder implements XmlHandler {
  readonly #root: ElementPlan;
  readonly #emptyIsAbsent: boolean;
  #frame: Frame | undefined;
  /** Set while an element of nothing but text is open; such an element has no frame. */
  #leaf: Edge | undefined;
  #text = '';
  #ordinal = 0;
  result: unknown;

  constructor(root: ElementPlan, { emptyIsAbsent = false }: DecodingOptions = {}) {
    this.#root = root;
    this.#emptyIsAbsent = emptyIsAbsent;
  }

  startElement(name: string, attributes: XmlAttributes, _position: () => XmlPosition, count: number): void {
    this.#ordinal += 1;
    if (this.#leaf !== undefined) throw unexpectedChild(this.#leafFrame(this.#ordinal - 1), name, this.#ordinal);
    const parent = this.#frame;
    if (parent === undefined) {
      if (name !== this.#root.node.name) throw wrongRoot(name, this.#root.node.name);
      this.#frame = new Frame(this.#root, undefined, undefined, 1);
      readAttributes(this.#frame, attributes, count);
      return;
    }
    const edge = edgeNamed(parent.state, name) ?? parent.plan.other?.(name);
    if (edge === undefined) throw unexpectedChild(parent, name, this.#ordinal);
    const { position, to, counted } = edge;
    if (counted) this.#refuseTooMany(parent, position);
    parent.state = to;
    if (position.plan.leaf && count === 0) {
      this.#leaf = edge;
      this.#text = '';
      return;
    }
    this.#frame = new Frame(position.plan, parent, edge, this.#ordinal);
    readAttributes(this.#frame, attributes, count);
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
      if (!(this.#emptyIsAbsent && leaf.position.optional && isBlank(this.#text))) store(frame.value, leaf, this.#leafValue(leaf));
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

  #refuseTooMany(parent: Frame, position: Position): void {
    const values = stored(parent.value, position);
    const count = Array.isArray(values) ? values.length : values === undefined ? 0 : 1;
    if (count >= position.max) throw tooMany(parent, position, this.#ordinal);
  }

  #leafValue({ position }: Edge): unknown {
    const value: unknown = (position.plan.text as AnyTextType).read(this.#text);
    if (value instanceof Problem) throw badText(this.#leafFrame(this.#ordinal), value);
    return value;
  }

  /** A frame for the open leaf, which gets one only for an error: the error names its path. */
  #leafFrame(ordinal: number): Frame {
    const edge = this.#leaf as Edge;
    const frame = new Frame(edge.position.plan, this.#frame, edge, ordinal);
    frame.text = this.#text;
    return frame;
  }
}

/** An element that is being read. */
class Frame implements OpenElement {
  readonly plan: ElementPlan;
  readonly parent: Frame | undefined;
  readonly edge: Edge | undefined;
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

function edgeNamed({ edges }: State, name: string): Edge | undefined {
  const { length } = name;
  for (let index = 0; index < edges.length; index += 1) {
    const edge = edges[index] as Edge;
    // Most names differ in length already, and comparing numbers is faster than comparing texts.
    if (edge.name.length === length && edge.name === name) return edge;
  }
  return undefined;
}

/** Puts the attributes of a start tag, `count` in number, into the value. Throws a `Fault` for one that is missing, unknown or wrong. */
function readAttributes(frame: Frame, given: XmlAttributes, count: number): void {
  const { attributes } = frame.plan;
  let known = 0;
  for (let index = 0; index < attributes.length; index += 1) {
    const { key, name, declared } = attributes[index] as AttributePlan;
    const text = given[name];
    if (text === undefined) {
      if (declared.mandatory) throw missingAttribute(frame, declared, given);
      if (declared.presence === 'default') frame.value[key] = declared.preset;
      continue;
    }
    known += 1;
    if (declared.presence === 'fixed' && text === declared.fixed) continue;
    const value = declared.type.read(text);
    if (value instanceof Problem) throw attributeFault(frame, declared, value, text);
    frame.value[key] = value;
  }
  if (count !== known) throw unknownAttribute(frame, given);
}

/** The value of an element whose end tag has come. Throws a `Fault` when something is missing or wrong. */
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
  const finding = check?.(value);
  if (finding !== undefined) throw findingFault(frame, finding);
  return map === undefined ? value : map.read(value);
}

/** Puts the value of a child where its position says, making the groups on the way. */
function store(holder: Holder, { position, anew }: Edge, value: unknown): void {
  const { path, key, list } = position;
  const target = path.length === 0 ? holder : groupFor(holder, position, anew);
  if (!list) {
    target[key] = value;
    return;
  }
  const values = target[key] as unknown[] | undefined;
  if (values === undefined) target[key] = [value];
  else values.push(value);
}

function groupFor(holder: Holder, { path }: Position, anew: number): Holder {
  let target = holder;
  for (let index = 0; index < path.length; index += 1) {
    const { key, list } = path[index] as Step;
    if (!list) {
      target = (target[key] ??= {}) as Holder;
      continue;
    }
    const groups = (target[key] ??= []) as Holder[];
    if (groups.length === 0 || index === anew) groups.push({});
    target = groups.at(-1) as Holder;
  }
  return target;
}

function isBlank(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code !== 32 && code !== 10 && code !== 13 && code !== 9) return false;
  }
  return true;
}
