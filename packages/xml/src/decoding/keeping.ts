import { follow, type Holder, held, putEntry, repeatProblem, type Slot, store } from '@waybill/mapping';
import { Problem } from '@waybill/values';
import type { XmlAttributes } from '../reading/handler.ts';
import { attributeFault, entryTwice, isHidden, missingAttribute, placeTaken, unknownAttribute } from './faults.ts';
import type { AttributePlan, Edge, ElementPlan, OpenElement, Position, State, TextPlan } from './plan.ts';
import type { TreeInElement } from './tree-in-element.ts';

/** An element that is being read. */
export class Frame implements OpenElement {
  readonly plan: ElementPlan;
  readonly parent: Frame | undefined;
  readonly edge: Edge | undefined;
  readonly ordinal: number;
  /** The object that its nodes live in. */
  readonly scope: Holder;
  state: State;
  text = '';
  /** The word among its attributes that says which place its text has, or the name of the entry that it is. */
  word: string | undefined;
  /** Values that are joined when the element ends. */
  parts: unknown[] | undefined;
  /** Set once an element has come that nobody has declared, where such may come. */
  tree: TreeInElement | undefined;
  #counts: Map<Position, number> | undefined;

  constructor(plan: ElementPlan, parent: Frame | undefined, edge: Edge | undefined, ordinal: number, scope: Holder) {
    this.plan = plan;
    this.parent = parent;
    this.edge = edge;
    this.ordinal = ordinal;
    this.scope = scope;
    this.state = plan.start;
  }

  /** Which one of its kind a child is, from 1. Kept for children whose number is limited. */
  count(position: Position): number {
    this.#counts ??= new Map();
    const count = (this.#counts.get(position) ?? 0) + 1;
    this.#counts.set(position, count);
    return count;
  }
}

/** Puts a value where its text belongs. The problem, if it cannot be taken there. */
export function keep(frame: Frame, text: TextPlan, value: unknown, root: Holder): Problem | undefined {
  if (text.slot !== undefined) store(frame.scope, text.slot, value);
  else if (text.part !== undefined) (frame.parts ??= [])[text.part] = value;
  else if (text.same !== undefined) return repeatProblem(value, follow(root, text.same), text.same);
  else if (frame.plan.entry !== undefined) putEntry(frame.scope, frame.word ?? '', value);
  return undefined;
}

/** The type of an element's own text, and where its value goes. */
export function textOf(frame: Frame): TextPlan {
  const { text, pick } = frame.plan;
  if (pick === undefined) return text as TextPlan;
  const place = pick.places.find(({ word }) => word === frame.word) as (typeof pick.places)[number];
  return place.text;
}

/** Puts the attributes of a start tag, `count` in number, into the value. Throws a `Fault` for one that is missing, unknown or wrong. */
export function readAttributes(frame: Frame, given: XmlAttributes, count: number, root: Holder): void {
  const { plan } = frame;
  if (plan.entry !== undefined) return readEntryName(frame, given, count);
  if (plan.pick !== undefined) return readWord(frame, given, count);
  let known = 0;
  for (let index = 0; index < plan.attributes.length; index += 1) {
    const { name, mandatory, fixed, text, preset } = plan.attributes[index] as AttributePlan;
    // Most attributes that an element can have are not there, and looking for each takes longer than reading the others.
    const value = known === count ? undefined : given[name];
    if (value === undefined) {
      if (mandatory) throw missingAttribute(frame, name, given);
      if (preset !== undefined && text?.slot !== undefined) store(frame.scope, text.slot, preset);
      continue;
    }
    known += 1;
    if (fixed !== undefined) {
      if (value !== fixed) throw attributeFault(frame, { name, text: value, hidden: false }, new Problem(`is not ${fixed}`));
      continue;
    }
    // One without a type means nothing.
    if (text !== undefined) readAttribute(frame, { name, text, value }, root);
  }
  if (count !== known) throw unknownAttribute(frame, given);
}

function readAttribute(frame: Frame, { name, text, value }: { name: string; text: TextPlan; value: string }, root: Holder): void {
  const read: unknown = text.as.read(value);
  const problem = read instanceof Problem ? read : keep(frame, text, read, root);
  if (problem !== undefined) throw attributeFault(frame, { name, text: value, hidden: isHidden(text.as) }, problem);
}

/** The name of an entry, which no other entry may have. */
function readEntryName(frame: Frame, given: XmlAttributes, count: number): void {
  const { by, as } = frame.plan.entry as NonNullable<ElementPlan['entry']>;
  const text = by === undefined ? frame.plan.name : given[by];
  if (text === undefined) throw missingAttribute(frame, by ?? '', given);
  if (count !== (by === undefined ? 0 : 1)) throw unknownAttribute(frame, given);
  const name: unknown = by === undefined ? text : as.read(text);
  if (name instanceof Problem) throw attributeFault(frame, { name: by ?? '', text, hidden: true }, name);
  if (Object.hasOwn(frame.scope, name as string)) throw entryTwice(frame, by);
  frame.word = name as string;
}

/** The word that says which place the text has. A place holds one. */
function readWord(frame: Frame, given: XmlAttributes, count: number): void {
  const { by, preset, spills, places } = frame.plan.pick as NonNullable<ElementPlan['pick']>;
  const text = given[by];
  if (text === undefined && preset === undefined) throw missingAttribute(frame, by, given);
  if (count !== (text === undefined ? 0 : 1)) throw unknownAttribute(frame, given);
  const word = (text ?? preset ?? '').trim();
  const place = places.find((each) => each.word === word);
  if (place === undefined)
    throw attributeFault(
      frame,
      { name: by, text: text ?? '', hidden: false },
      new Problem(`is not one of ${places.map((each) => each.word).join(', ')}`),
    );
  const isFree = ({ text: { slot } }: (typeof places)[number]): boolean => held(frame.scope, slot as Slot) === undefined;
  const free = isFree(place) ? place : spills ? places.find(isFree) : undefined;
  if (free === undefined) throw placeTaken(frame, by, word);
  frame.word = free.word;
}
