import { finishGroup, type Holder, reach, replaceStored, type Slot, slotOf, store } from '@waybill/mapping';
import { Problem } from '@waybill/values';
import type { XmlAttributes, XmlHandler, XmlPosition } from '../reading/handler.ts';
import { isBlank } from './blank.ts';
import {
  attributesOf,
  badText,
  type Fault,
  findingFault,
  missingChild,
  strayText,
  tooMany,
  tooMuchSurplus,
  unexpectedChild,
  wrongRoot,
} from './faults.ts';
import { Frame, keep, readAttributes, textOf } from './keeping.ts';
import type { Edge, ElementPlan, Position, State, TextPlan } from './plan.ts';
import { TreeInElement } from './tree-in-element.ts';

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
 * Reads one document by the plan of its root, in one pass and without a tree of the document: each text goes where the declaration
 * says. Throws a `Fault` at the first thing that is wrong. `result` is the value once the root has ended.
 */
export class Decoder implements XmlHandler {
  readonly #plan: ElementPlan;
  readonly #emptyIsAbsent: boolean;
  readonly #root: Holder = {};
  #frame: Frame | undefined;
  /** Set while an element of nothing but text is open; such an element has no frame. */
  #leaf: Edge | undefined;
  #text = '';
  #ordinal = 0;
  result: Holder | undefined;

  constructor(plan: ElementPlan, { emptyIsAbsent = false }: DecodingOptions = {}) {
    this.#plan = plan;
    this.#emptyIsAbsent = emptyIsAbsent;
  }

  startElement(name: string, attributes: XmlAttributes, _position: () => XmlPosition, count: number): void {
    this.#ordinal += 1;
    if (this.#leaf !== undefined) throw unexpectedChild(this.#leafFrame(this.#ordinal - 1), name, this.#ordinal);
    const parent = this.#frame;
    if (parent === undefined) {
      if (name !== this.#plan.name) throw wrongRoot(name, this.#plan.name);
      this.#frame = new Frame(this.#plan, undefined, undefined, 1, this.#root);
      readAttributes(this.#frame, attributes, count, this.#root);
      return;
    }
    const edge = edgeNamed(parent.state, name) ?? parent.plan.other?.(name);
    if (edge === undefined) {
      if (parent.plan.tree === undefined) throw unexpectedChild(parent, name, this.#ordinal);
      parent.tree ??= new TreeInElement(parent.text);
      parent.tree.start(name, attributes);
      return;
    }
    const { position, to, counted, anew } = edge;
    if (counted && parent.count(position) > position.max) throw tooMany(parent, position, this.#ordinal);
    parent.state = to;
    if (anew >= 0) reach(parent.scope, position.path, anew);
    if (position.plan.leaf && count === 0) {
      this.#leaf = edge;
      this.#text = '';
      return;
    }
    this.#frame = new Frame(position.plan, parent, edge, this.#ordinal, scopeOf(parent, position));
    readAttributes(this.#frame, attributes, count, this.#root);
  }

  text(text: string): void {
    if (this.#leaf !== undefined) {
      this.#text = this.#text === '' ? text : this.#text + text;
      return;
    }
    const frame = this.#frame as Frame;
    const { plan } = frame;
    if (frame.tree !== undefined) frame.tree.text(text);
    else if (plan.text !== undefined || plan.pick !== undefined || plan.tree !== undefined)
      frame.text = frame.text === '' ? text : frame.text + text;
    else if (!plan.ignoresText && !isBlank(text)) throw strayText(frame);
  }

  endElement(): void {
    const frame = this.#frame as Frame;
    const leaf = this.#leaf;
    if (leaf !== undefined) {
      this.#leaf = undefined;
      if (leaf.position.says !== undefined) this.#say(leaf.position.says);
      if (this.#emptyIsAbsent && leaf.position.optional && isBlank(this.#text)) return;
      const text = leaf.position.plan.text as TextPlan;
      const value: unknown = text.as.read(this.#text);
      if (value instanceof Problem) throw badText(this.#leafFrame(this.#ordinal, leaf), text.as, value);
      const problem = keep(frame, text, value, this.#root);
      if (problem !== undefined) throw badText(this.#leafFrame(this.#ordinal, leaf), text.as, problem);
      return;
    }
    if (frame.tree !== undefined && frame.tree.depth > 0) return frame.tree.end();
    this.#close(frame);
    this.#frame = frame.parent;
    if (frame.parent === undefined) this.result = this.#root;
  }

  /**
   * Whether the open element has a place for a child of this name, be it not here. An element of text says what is wrong itself: what stands
   * around a child in it would be read as one text.
   */
  knows(name: string): boolean {
    const { plan } = this.#frame ?? {};
    if (plan === undefined || this.#leaf !== undefined || plan.pick !== undefined || plan.tree !== undefined) return true;
    if (plan.text !== undefined && plan.positions.length === 0) return true;
    return plan.other !== undefined || plan.positions.some((position) => position.name === name);
  }

  /** Whether the open element has had a child of this name, and can have no other. */
  hasEnough(name: string): boolean {
    const { plan, state } = this.#frame ?? {};
    if (plan === undefined || state === undefined || this.#leaf !== undefined) return false;
    const places = plan.positions.filter((position) => position.name === name);
    const isListed = places.some(({ list, path }) => list || path.some((step) => step.list));
    return places.length > 0 && !isListed && places.includes(state.position as Position) && edgeNamed(state, name) === undefined;
  }

  /** Whether text may stand in the open element. */
  takesText(): boolean {
    const { plan } = this.#frame ?? {};
    if (plan === undefined || this.#leaf !== undefined) return true;
    return plan.text !== undefined || plan.pick !== undefined || plan.tree !== undefined || plan.ignoresText;
  }

  /** The attributes that a child of this name cannot have where it stands now. */
  strangersAmong(name: string, attributes: XmlAttributes): readonly string[] {
    const parent = this.#frame;
    const its = parent === undefined ? this.#plan : edgeNamed(parent.state, name)?.position.plan;
    if (its === undefined) return [];
    const known = attributesOf(its);
    return Object.keys(attributes).filter((each) => !known.includes(each));
  }

  /** Somebody else has taken a start tag: places are told by counting them. */
  skipped(): void {
    this.#ordinal += 1;
  }

  /** What was skipped has become too much. */
  tooMuchSurplus(): Fault {
    return tooMuchSurplus(this.#plan.name, this.#ordinal);
  }

  /** The start tag that comes next is this one of the document, from 1. Said where tags come in another order than in the document. */
  comesNext(ordinal: number): void {
    this.#ordinal = ordinal - 1;
  }

  #close(frame: Frame): void {
    const { plan, state, edge } = frame;
    if (!state.accepts) throw missingChild(frame);
    const says = edge?.position.says;
    if (says !== undefined) this.#say(says);
    for (const said of plan.sets) this.#say(said);
    if (plan.text !== undefined || plan.pick !== undefined) this.#ownText(frame);
    if (plan.tree !== undefined) keepTree(frame, plan.tree);
    if (plan.mark !== undefined) store(frame.scope, plan.mark, true);
    const unfinished = plan.finish.length > 0 ? finishGroup(plan.finish, frame.scope, frame.parts) : undefined;
    const finding = unfinished ?? plan.check?.(frame.scope as never);
    if (finding !== undefined) throw findingFault(frame, finding);
    if (plan.converts !== undefined) this.#convert(frame, plan.converts);
  }

  #convert(frame: Frame, { read }: NonNullable<ElementPlan['converts']>): void {
    const value: unknown = read(frame.scope);
    if (value instanceof Problem) throw findingFault(frame, value);
    replaceStored((frame.parent as Frame).scope, frame.edge?.position.slot as Slot, value);
  }

  #ownText(frame: Frame): void {
    const text = textOf(frame);
    if (text.mayBeEmpty && frame.text === '') return;
    const value: unknown = text.as.read(frame.text);
    // What was nothing but blanks, where they do not belong to it.
    if (text.mayBeEmpty && value === '') return;
    if (value instanceof Problem) throw badText(frame, text.as, value);
    const problem = keep(frame, text, value, this.#root);
    if (problem !== undefined) throw badText(frame, text.as, problem);
  }

  #say({ path, is }: NonNullable<Position['says']>): void {
    store(this.#root, slotOf([], path), is);
  }

  /** A frame for the open leaf, which gets one only for an error: the error names its path. */
  #leafFrame(ordinal: number, edge: Edge = this.#leaf as Edge): Frame {
    const parent = this.#frame as Frame;
    const frame = new Frame(edge.position.plan, parent, edge, ordinal, parent.scope);
    frame.text = this.#text;
    return frame;
  }
}

function keepTree({ scope, tree, text }: Frame, { to, text: plain }: NonNullable<ElementPlan['tree']>): void {
  if (tree === undefined) return store(scope, plain, text.trim());
  const { content, text: all } = tree.result;
  store(scope, plain, all);
  store(scope, to, content);
}

/** The object that what is in an element lives in. It is put into its place at once, so that the value has the order of the document. */
function scopeOf(parent: Frame, { plan, slot }: Position): Holder {
  if (slot === undefined || !plan.own) return parent.scope;
  const own: Holder = {};
  store(parent.scope, slot, own);
  return own;
}

function edgeNamed({ edges }: State, name: string): Edge | undefined {
  const { length } = name;
  for (let index = 0; index < edges.length; index += 1) {
    const edge = edges[index] as Edge;
    // Most names differ in length already, and comparing numbers is faster than comparing texts.
    if (edge.name.length === length && edge.name === name) return edge;
  }
  return undefined;
}
