import type { DtdGroup, DtdOccurs, DtdPart } from '../dtd/model.ts';
import { behind, canDoWithout, classesOf, type Next } from './order.ts';
import { end, start } from './seen.ts';

/** The narrowest group of its kind that allows the rows of children, and what had to be guessed for it. */
export interface Guess {
  readonly group: DtdGroup;
  readonly notes: readonly string[];
}

/**
 * A sequence in which each name stands once, alone, in a choice, or in a part that comes again: so that the group is never ambiguous. It follows the way
 * of "Inference of concise DTDs from XML data" (Bex, Neven, Schwentick, Tuyls; 2006), which needs few samples, and besides finds rows that are
 * repeated as a whole.
 */
export function groupOf(next: Next, names: readonly string[]): Guess {
  const notes: string[] = [];
  const parts = withChoices(next, classesOf(next, names)).map((members) => partOf(next, members, notes));
  const [only] = parts;
  const isWhole = parts.length === 1 && only !== undefined && only.kind !== 'element';
  return { group: isWhole ? only : { kind: 'sequence', parts, occurs: '1' }, notes };
}

/** One class for those single names that were seen in the same place, one instead of the other. */
function withChoices(next: Next, classes: readonly (readonly string[])[]): readonly (readonly string[])[] {
  const places = new Map<string, string[]>();
  for (const members of classes) {
    const place = members.length > 1 ? `alone ${members[0]!}` : placeOf(next, members[0]!);
    places.set(place, [...(places.get(place) ?? []), ...members]);
  }
  return [...places.values()];
}

/** What comes directly in front of a name, and behind it. */
function placeOf(next: Next, name: string): string {
  const before = [...next].filter(([other, followers]) => other !== name && followers.has(name)).map(([other]) => other);
  const after = [...behind(next, name)].filter((other) => other !== name);
  return JSON.stringify([before.sort(), after.sort()]);
}

function partOf(next: Next, members: readonly string[], notes: string[]): DtdPart {
  const isOptional = canDoWithout(next, new Set(members));
  const [name] = members;
  if (name !== undefined && members.length === 1)
    return { kind: 'element', name, occurs: occurs(isOptional, behind(next, name).has(name)) };
  if (!members.some((one) => members.some((other) => one !== other && behind(next, one).has(other)))) {
    notes.push(`${members.join(', ')} were seen in one place, and never together: they are taken for a choice`);
    const parts = members.map((one): DtdPart => ({ kind: 'element', name: one, occurs: occurs(false, behind(next, one).has(one)) }));
    return { kind: 'choice', parts, occurs: occurs(isOptional, false) };
  }
  const round = roundOf(next, members);
  if (round) {
    notes.push(...round.notes, `${members.join(', ')} come again and again in one order: they are taken for a group that repeats`);
    return { ...round.group, occurs: occurs(isOptional, true) };
  }
  notes.push(`${members.join(', ')} come in changing order: any order and number of them is allowed`);
  return anyOf(members, occurs(isOptional, true));
}

/** Any of the names, in any order where it repeats. */
export function anyOf(names: readonly string[], often: DtdOccurs): DtdGroup {
  return { kind: 'choice', parts: names.map((name) => ({ kind: 'element', name, occurs: '1' })), occurs: often };
}

function occurs(isOptional: boolean, repeats: boolean): DtdOccurs {
  if (repeats) return isOptional ? '*' : '+';
  return isOptional ? '?' : '1';
}

/** The group that repeats, where the names come in rounds that always begin with the same one, and never in another order inside of a round. */
function roundOf(next: Next, members: readonly string[]): Guess | undefined {
  const own = new Set(members);
  const entries = members.filter((name) => [...next].some(([other, followers]) => !own.has(other) && followers.has(name)));
  const [first] = entries;
  if (first === undefined || entries.length > 1) return undefined;
  const round = new Map<string, Set<string>>([[start, new Set([first])]]);
  for (const name of members) {
    const followers = [...behind(next, name)].map((other) => (own.has(other) && (other !== first || name === first) ? other : end));
    round.set(name, new Set(followers));
  }
  // The first one again is a new round.
  if (round.get(first)!.delete(first)) round.get(first)!.add(end);
  if (classesOf(round, members).some(({ length }) => length > 1)) return undefined;
  const guess = groupOf(round, members);
  return guess.group.occurs === '1' ? guess : undefined;
}
