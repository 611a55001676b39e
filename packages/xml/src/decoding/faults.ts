import type { Finding } from '@waybill/mapping';
import type { AnyTextType, Problem } from '@waybill/values';
import type { DefinitionErrorCode } from '../message/errors.ts';
import type { XmlAttributes } from '../reading/handler.ts';
import { shortened } from '../shortened.ts';
import { type PathStep, stepsOf, stepTo } from './path.ts';
import type { ElementPlan, OpenElement, Position, State } from './plan.ts';
import { nearest } from './suggest.ts';

interface Where {
  readonly steps: readonly PathStep[];
  /** The start tag that the error tells line and column of. */
  readonly ordinal: number;
  /** What follows the path: `@type`, or the child that a rule names. */
  readonly below?: string;
}

/**
 * What is wrong with a document, and at which start tag. Becomes a `MessageError` once its place is known. It is thrown, and is no `Error`: a stack
 * that nobody sees would cost as much as half of a reading.
 */
export class Fault {
  readonly code: DefinitionErrorCode;
  readonly message: string;
  readonly where: Where;
  readonly hint: string | undefined;
  /** What is wrong instead, where an element of this name stood there before: only the document tells whether one did. */
  readonly ifRepeated: Fault | undefined;

  constructor(
    code: DefinitionErrorCode,
    message: string,
    where: Where,
    more: { readonly hint?: string | undefined; readonly ifRepeated?: Fault | undefined } = {},
  ) {
    this.code = code;
    this.message = message;
    this.where = where;
    this.hint = more.hint;
    this.ifRepeated = more.ifRepeated;
  }
}

function at(frame: OpenElement, below = ''): Where {
  return { steps: stepsOf(frame), ordinal: frame.ordinal, below };
}

function under(parent: OpenElement, step: PathStep, ordinal: number): Where {
  return { steps: [...stepsOf(parent), step], ordinal };
}

export function wrongRoot(name: string, expected: string): Fault {
  const says = `The root element is ${shown(name)}, not ${expected}.`;
  const steps = [{ name: shown(name), repeats: false }];
  return new Fault('WB_XML_UNEXPECTED_ELEMENT', says, { steps, ordinal: 1 }, { hint: didYouMean(name, [expected]) });
}

/** What the declaration has no place for is taken out, and its paths and texts have become more than the document may be large. */
export function tooMuchSurplus(root: string, ordinal: number): Fault {
  const says = 'There is more that the message has no place for than can be told.';
  const hint = 'Compare the document with the field table of the message, or raise the limit "bytes".';
  return new Fault('WB_XML_UNEXPECTED_ELEMENT', says, { steps: [{ name: root, repeats: false }], ordinal }, { hint });
}

/** Why a child cannot stand here: unknown, too late, too often, beside an alternative, or with something missing before it. */
export function unexpectedChild(parent: OpenElement, name: string, ordinal: number): Fault {
  const { plan, state } = parent;
  const places = plan.positions.filter((position) => position.name === name);
  const [place] = places;
  if (place === undefined) return unknownChild(parent, name, ordinal);
  const reachable = reachableFrom(state);
  const ahead = places.find((position) => reachable.has(position));
  if (ahead !== undefined) return missingBefore(parent, ahead, ordinal);
  return misplaced(parent, place, ordinal);
}

function unknownChild(parent: OpenElement, name: string, ordinal: number): Fault {
  const { plan, state } = parent;
  const known = plan.positions.map((position) => position.name);
  const says =
    known.length === 0
      ? `Element ${plan.name} has no child elements, but contains ${shown(name)}.`
      : `Element ${plan.name} cannot have a child ${shown(name)}.`;
  const hint = didYouMean(name, known) ?? expectedHere(state);
  return new Fault('WB_XML_UNEXPECTED_ELEMENT', says, under(parent, { name: shown(name), repeats: false }, ordinal), { hint });
}

function missingBefore(parent: OpenElement, ahead: Position, ordinal: number): Fault {
  const between = parent.state.edges.filter(({ position, to }) => position.index < ahead.index && reachableFrom(to).has(ahead));
  const missing = between.at(-1)?.position;
  const says = `Element ${missing?.name ?? ahead.name} is missing before ${ahead.name}.`;
  return new Fault(
    'WB_XML_MISSING_ELEMENT',
    says,
    missing === undefined ? { ...at(parent), ordinal } : missingAt(parent, missing, ordinal),
  );
}

/** The place of a child that is not there. */
function missingAt(parent: OpenElement, missing: Position, ordinal: number): Where {
  const { name, repeats } = stepTo(missing);
  return { steps: stepsOf(parent), ordinal, below: repeats ? `/${name}[1]` : `/${name}` };
}

export function tooMany(parent: OpenElement, position: Position, ordinal: number): Fault {
  const most = position.list ? position.max : parent.plan.positions.filter(({ name }) => name === position.name).length;
  const says = `Element ${parent.plan.name} may have ${most === 1 ? 'one' : `at most ${most}`} ${position.name}, not more.`;
  return new Fault('WB_XML_TOO_MANY', says, under(parent, stepTo(position), ordinal));
}

/** The child is known, and its place was in front of what was read already, or is taken. */
function misplaced(parent: OpenElement, place: Position, ordinal: number): Fault {
  const where = under(parent, stepTo(place), ordinal);
  const last = parent.state.position;
  const again = place.list ? undefined : tooMany(parent, place, ordinal);
  if (last !== undefined && last !== place && last.choice !== undefined && last.choice === place.choice)
    return new Fault('WB_XML_UNEXPECTED_ELEMENT', `Element ${place.name} cannot stand beside ${last.name}.`, where, { ifRepeated: again });
  const more = { hint: expectedHere(parent.state), ifRepeated: again };
  return new Fault('WB_XML_WRONG_ORDER', `Element ${place.name} belongs before ${last?.name ?? ''}.`, where, more);
}

/** The element ends, and something mandatory has not come. */
export function missingChild(frame: OpenElement): Fault {
  const due = mandatory(frame.state);
  const names = due.map(({ name }) => name);
  const [only] = due;
  const where = due.length === 1 && only !== undefined ? missingAt(frame, only, frame.ordinal) : at(frame);
  const what = names.length === 1 ? `Element ${names[0]} is missing` : `One of the elements ${names.join(', ')} is missing`;
  return new Fault('WB_XML_MISSING_ELEMENT', `${what} in ${frame.plan.name}.`, where);
}

/** What has to come next: the edge that leads farthest ahead, with its alternatives where it belongs to a choice. */
function mandatory(state: State): readonly Position[] {
  const positions = state.edges.map(({ position }) => position);
  const farthest = positions.reduce<Position | undefined>((best, each) => (best && best.index > each.index ? best : each), undefined);
  if (farthest === undefined) return [];
  const { choice } = farthest;
  return choice === undefined ? [farthest] : positions.filter((each) => each.choice === choice);
}

function reachableFrom(state: State, seen = new Set<Position>()): ReadonlySet<Position> {
  for (const { position, to } of state.edges) {
    if (seen.has(position)) continue;
    seen.add(position);
    reachableFrom(to, seen);
  }
  return seen;
}

export function strayText(frame: OpenElement): Fault {
  const { plan } = frame;
  const says = `Element ${plan.name} ${plan.positions.length > 0 ? 'holds child elements, not text' : 'has to be empty'}.`;
  return new Fault('WB_XML_UNEXPECTED_TEXT', says, at(frame));
}

export function badText(frame: OpenElement, type: AnyTextType, problem: Problem): Fault {
  const says = `The text of ${frame.plan.name}${excerpt(isHidden(type), frame.text)} ${problem.says}.`;
  return new Fault('WB_XML_BAD_VALUE', says, at(frame), { hint: problem.hint });
}

/** An attribute as errors tell of it. */
export interface ToldAttribute {
  readonly name: string;
  readonly text: string;
  /** True: the text is not shown. */
  readonly hidden: boolean;
}

export function attributeFault(frame: OpenElement, { name, text, hidden }: ToldAttribute, problem: Problem): Fault {
  const says = `The attribute ${name} of ${frame.plan.name}${excerpt(hidden, text)} ${problem.says}.`;
  return new Fault('WB_XML_BAD_VALUE', says, at(frame, `@${name}`), { hint: problem.hint });
}

/** Two elements say by the same word which place their text has. */
export function placeTaken(frame: OpenElement, by: string, word: string): Fault {
  return new Fault('WB_XML_BAD_VALUE', `There are two ${frame.plan.name} with the ${by} ${word}.`, at(frame));
}

/** Two entries of a record have one name. */
export function entryTwice(frame: OpenElement, by: string | undefined): Fault {
  const record = frame.parent?.plan.name ?? '';
  if (by === undefined)
    return new Fault('WB_XML_TOO_MANY', `Element ${record} may have one ${shown(frame.plan.name)}, not more.`, at(frame));
  return new Fault('WB_XML_BAD_VALUE', `Element ${record} names a field twice.`, at(frame, `@${by}`));
}

/** Where an unknown attribute stands beside a missing one, the sender probably misspelt it; the error then names the unknown one. */
export function missingAttribute(frame: OpenElement, name: string, given: XmlAttributes): Fault {
  if (strangerAmong(frame, given) !== undefined) return unknownAttribute(frame, given);
  return new Fault('WB_XML_MISSING_ATTRIBUTE', `The attribute ${name} of ${frame.plan.name} is missing.`, at(frame, `@${name}`));
}

export function unknownAttribute(frame: OpenElement, given: XmlAttributes): Fault {
  const known = attributesOf(frame.plan);
  const name = strangerAmong(frame, given) ?? '';
  const hint = didYouMean(name, known) ?? (known.length > 0 ? `It can have ${known.join(', ')}.` : undefined);
  const says = `Element ${frame.plan.name} cannot have an attribute ${shown(name)}.`;
  return new Fault('WB_XML_UNKNOWN_ATTRIBUTE', says, at(frame, `@${shown(name)}`), { hint });
}

/** The names of the attributes that an element can have. */
export function attributesOf(plan: ElementPlan): readonly string[] {
  const [by] = [plan.pick?.by, plan.entry?.by].filter((each) => each !== undefined);
  return by === undefined ? plan.attributes.map(({ name }) => name) : [by];
}

function strangerAmong(frame: OpenElement, given: XmlAttributes): string | undefined {
  const known = attributesOf(frame.plan);
  return Object.keys(given).find((name) => !known.includes(name));
}

export function findingFault(frame: OpenElement, { says, at: child, hint }: Finding): Fault {
  const below = child === undefined ? '' : `/${child}`;
  return new Fault('WB_XML_BAD_VALUE', `Element ${frame.plan.name} ${says}.`, at(frame, below), { hint });
}

function expectedHere(state: State): string | undefined {
  const names = [...new Set(state.edges.map(({ name }) => name))];
  if (names.length === 0) return undefined;
  return `Allowed here: ${names.slice(0, 8).join(', ')}${names.length > 8 ? ', …' : ''}.`;
}

function didYouMean(name: string, known: readonly string[]): string | undefined {
  const near = nearest(name, known);
  return near === undefined ? undefined : `Did you mean ${near}?`;
}

/** Free text and secrets never appear in errors; what stands for a number, date or code word is shown, shortened. */
function excerpt(hidden: boolean, text: string): string {
  return hidden ? '' : ` ("${shortened(text, 32)}")`;
}

export function isHidden({ secret, facets }: AnyTextType): boolean {
  return secret || facets.kind === 'text';
}

/** A name from the document, shortened: it can be of any length. */
function shown(name: string): string {
  return shortened(name, 64);
}
