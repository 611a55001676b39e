import type { Problem, TextType } from '@waybill/values';
import type { DefinitionErrorCode } from '../declaring/errors.ts';
import type { Attribute, Finding } from '../declaring/nodes.ts';
import type { XmlAttributes } from '../reading/handler.ts';
import { shortened } from '../shortened.ts';
import { childPath, pathOf } from './path.ts';
import type { OpenElement, Position, State } from './plan.ts';
import { stored } from './slot.ts';
import { nearest } from './suggest.ts';

/** What is wrong with a document, and at which start tag. Becomes a `MessageError` once line and column are known. */
export class Fault extends Error {
  readonly code: DefinitionErrorCode;
  readonly path: string;
  readonly ordinal: number;
  readonly hint: string | undefined;

  constructor(code: DefinitionErrorCode, message: string, place: { path: string; ordinal: number }, hint?: string) {
    super(message);
    this.code = code;
    this.path = place.path;
    this.ordinal = place.ordinal;
    this.hint = hint;
  }
}

function at(frame: OpenElement): { path: string; ordinal: number } {
  return { path: pathOf(frame), ordinal: frame.ordinal };
}

export function wrongRoot(name: string, expected: string): Fault {
  const says = `The root element is ${shown(name)}, not ${expected}.`;
  return new Fault('WB_XML_UNEXPECTED_ELEMENT', says, { path: shown(name), ordinal: 1 }, didYouMean(name, [expected]));
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
  const again = places.find((position) => position === state.position || stored(parent.value, position) !== undefined);
  if (again !== undefined && !again.list) return tooMany(parent, again, ordinal);
  return misplaced(parent, place, ordinal);
}

function unknownChild(parent: OpenElement, name: string, ordinal: number): Fault {
  const { plan, state } = parent;
  const path = `${pathOf(parent)}/${shown(name)}`;
  const known = plan.positions.map((position) => position.name);
  const says =
    known.length === 0
      ? `Element ${plan.node.name} has no child elements, but contains ${shown(name)}.`
      : `Element ${plan.node.name} cannot have a child ${shown(name)}.`;
  const hint = didYouMean(name, known) ?? expectedHere(state);
  return new Fault('WB_XML_UNEXPECTED_ELEMENT', says, { path, ordinal }, hint);
}

function missingBefore(parent: OpenElement, ahead: Position, ordinal: number): Fault {
  const between = parent.state.edges.filter(({ position, to }) => position.index < ahead.index && reachableFrom(to).has(ahead));
  const missing = between.at(-1)?.position;
  const name = missing?.name ?? ahead.name;
  const path = missing === undefined ? pathOf(parent) : childPath(parent, missing);
  return new Fault('WB_XML_MISSING_ELEMENT', `Element ${name} is missing before ${ahead.name}.`, { path, ordinal });
}

export function tooMany(parent: OpenElement, position: Position, ordinal: number): Fault {
  const most = position.list ? position.max : 1;
  const says = `Element ${parent.plan.node.name} may have ${most === 1 ? 'one' : `at most ${most}`} ${position.name}, not more.`;
  return new Fault('WB_XML_TOO_MANY', says, { path: childPath(parent, position), ordinal });
}

/** The child is known, and its place was in front of what was read already. */
function misplaced(parent: OpenElement, place: Position, ordinal: number): Fault {
  const [group] = place.path;
  const rival = parent.plan.positions.find(
    (other) => group !== undefined && other.path[0] === group && stored(parent.value, other) !== undefined,
  );
  const path = childPath(parent, place);
  if (rival !== undefined)
    return new Fault('WB_XML_UNEXPECTED_ELEMENT', `Element ${place.name} cannot stand beside ${rival.name}.`, { path, ordinal });
  const before = parent.state.position?.name ?? '';
  return new Fault('WB_XML_WRONG_ORDER', `Element ${place.name} belongs before ${before}.`, { path, ordinal }, expectedHere(parent.state));
}

/** The element ends, and something mandatory has not come. */
export function missingChild(frame: OpenElement): Fault {
  const due = mandatory(frame.state);
  const names = due.map(({ name }) => name);
  const [only] = due;
  const path = due.length === 1 && only !== undefined ? childPath(frame, only) : pathOf(frame);
  const what = names.length === 1 ? `Element ${names[0]} is missing` : `One of the elements ${names.join(', ')} is missing`;
  return new Fault('WB_XML_MISSING_ELEMENT', `${what} in ${frame.plan.node.name}.`, { path, ordinal: frame.ordinal });
}

/** What has to come next: the edge that leads farthest ahead, with its alternatives where it belongs to a choice. */
function mandatory(state: State): readonly Position[] {
  const positions = state.edges.map(({ position }) => position);
  const farthest = positions.reduce<Position | undefined>((best, each) => (best && best.index > each.index ? best : each), undefined);
  if (farthest === undefined) return [];
  const [group] = farthest.path;
  return group === undefined ? [farthest] : positions.filter(({ path }) => path[0] === group);
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
  const says = `Element ${plan.node.name} ${plan.positions.length > 0 ? 'holds child elements, not text' : 'has to be empty'}.`;
  return new Fault('WB_XML_UNEXPECTED_TEXT', says, at(frame));
}

export function badText(frame: OpenElement, problem: Problem): Fault {
  const { node, text } = frame.plan;
  const says = `The text of ${node.name}${excerpt(text as TextType<unknown>, frame.text)} ${problem.says}.`;
  return new Fault('WB_XML_BAD_VALUE', says, at(frame), problem.hint);
}

export function attributeFault(frame: OpenElement, { name, type }: Attribute, problem: Problem, text: string): Fault {
  const says = `The attribute ${name} of ${frame.plan.node.name}${excerpt(type, text)} ${problem.says}.`;
  return new Fault('WB_XML_BAD_VALUE', says, { path: `${pathOf(frame)}@${name}`, ordinal: frame.ordinal }, problem.hint);
}

/** Where an unknown attribute stands beside a missing one, the sender probably misspelt it; the error then names the unknown one. */
export function missingAttribute(frame: OpenElement, { name }: Attribute, given: XmlAttributes): Fault {
  if (strangerAmong(frame, given) !== undefined) return unknownAttribute(frame, given);
  const says = `The attribute ${name} of ${frame.plan.node.name} is missing.`;
  return new Fault('WB_XML_MISSING_ATTRIBUTE', says, { path: `${pathOf(frame)}@${name}`, ordinal: frame.ordinal });
}

export function unknownAttribute(frame: OpenElement, given: XmlAttributes): Fault {
  const { node, attributes } = frame.plan;
  const known = attributes.map(({ name }) => name);
  const name = strangerAmong(frame, given) ?? '';
  const hint = didYouMean(name, known) ?? (known.length > 0 ? `It can have ${known.join(', ')}.` : undefined);
  const place = { path: `${pathOf(frame)}@${shown(name)}`, ordinal: frame.ordinal };
  return new Fault('WB_XML_UNKNOWN_ATTRIBUTE', `Element ${node.name} cannot have an attribute ${shown(name)}.`, place, hint);
}

function strangerAmong({ plan }: OpenElement, given: XmlAttributes): string | undefined {
  return Object.keys(given).find((name) => !plan.attributes.some((known) => known.name === name));
}

export function findingFault(frame: OpenElement, finding: Finding): Fault {
  const path = finding.at === undefined ? pathOf(frame) : `${pathOf(frame)}/${finding.at}`;
  return new Fault('WB_XML_BAD_VALUE', `Element ${frame.plan.node.name} ${finding.says}.`, { path, ordinal: frame.ordinal }, finding.hint);
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
function excerpt(type: TextType<unknown>, text: string): string {
  return type.secret || type.facets.kind === 'text' ? '' : ` ("${shortened(text, 32)}")`;
}

/** A name from the document, shortened: it can be of any length. */
function shown(name: string): string {
  return shortened(name, 64);
}
