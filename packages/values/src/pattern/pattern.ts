import type { Choose } from '../made-up.ts';
import { Problem } from '../text-type.ts';
import { Characters } from './characters.ts';
import { type Part, parsePattern } from './parse.ts';

/** The most characters that a text has which a pattern is for. */
const longest = 1000;
/** The most steps from one character of a pattern to those that may come next: with `longest`, what a text can cost. */
const mostSteps = 20_000;

/** Where a part of a pattern begins and ends, as numbers of its characters. */
interface Span {
  readonly nullable: boolean;
  readonly first: readonly number[];
  readonly last: readonly number[];
}

const nothing: Span = { nullable: true, first: [], last: [] };

/**
 * A pattern for whole texts. A text is looked at once, character by character, with all the places of the pattern in hand that it may have come to:
 * what it costs grows with its length alone, whatever the pattern and the text are.
 */
export class Pattern {
  readonly source: string;
  /** The most characters of a text that matches. */
  readonly max: number;
  readonly #part: Part;
  readonly #known = new Map<string, Characters>();
  readonly #at: Characters[] = [];
  readonly #next: number[][] = [];
  readonly #span: Span;
  #steps = 0;

  /** Throws a `TooLarge`. */
  constructor(source: string, part: Part) {
    this.source = source;
    this.#part = part;
    this.max = Math.min(lengthOf(part), longest);
    this.#span = this.#build(part);
  }

  get matchesNothing(): boolean {
    return this.#span.nullable;
  }

  /** A part that no character fits. */
  get barren(): string | undefined {
    return [...this.#known].find(([, characters]) => characters.examples.length === 0)?.[0];
  }

  test(text: string): boolean {
    const characters = Array.from(text);
    if (characters.length > this.max) return false;
    const seen = new Int32Array(this.#at.length).fill(-1);
    let next: readonly number[] = this.#span.first;
    let here: number[] = [];
    for (const [index, character] of characters.entries()) {
      here = next.filter((place) => (this.#at[place] as Characters).has(character));
      if (here.length === 0) return false;
      next = index + 1 < characters.length ? this.#after(here, seen, index) : [];
    }
    return characters.length === 0 ? this.#span.nullable : here.some((place) => this.#span.last.includes(place));
  }

  /** A text that matches. */
  makeUp(choose: Choose): string {
    return this.#madeUp(this.#part, choose);
  }

  /** Where a text may go on, each place once. */
  #after(places: readonly number[], seen: Int32Array, step: number): readonly number[] {
    const found: number[] = [];
    for (const place of places) {
      for (const next of this.#next[place] as readonly number[]) {
        if (seen[next] === step) continue;
        seen[next] = step;
        found.push(next);
      }
    }
    return found;
  }

  #build(part: Part): Span {
    switch (part.kind) {
      case 'one':
        return this.#one(part.of);
      case 'sequence':
        return part.parts.reduce<Span>((before, each) => this.#join(before, this.#build(each)), nothing);
      case 'choice': {
        const spans = part.parts.map((each) => this.#build(each));
        return {
          nullable: spans.some(({ nullable }) => nullable),
          first: spans.flatMap(({ first }) => first),
          last: spans.flatMap(({ last }) => last),
        };
      }
      case 'repeat':
        return this.#repeat(part);
    }
  }

  #one(of: string): Span {
    const characters = this.#known.get(of) ?? new Characters(of);
    this.#known.set(of, characters);
    const place = this.#at.push(characters) - 1;
    this.#next.push([]);
    this.#count(1);
    return { nullable: false, first: [place], last: [place] };
  }

  /** What may come more than a few times is there as often as that; one inside the other, so that each leads to the next one alone. */
  #repeat({ part, min, max }: Extract<Part, { readonly kind: 'repeat' }>): Span {
    let tail = nothing;
    if (max === Number.POSITIVE_INFINITY) {
      const again = this.#build(part);
      this.#link(again.last, again.first);
      tail = { ...again, nullable: again.nullable || min === 0 };
    }
    const more = max === Number.POSITIVE_INFINITY ? Math.max(0, min - 1) : max;
    for (let left = more; left > 0; left -= 1) {
      const whole = this.#join(this.#build(part), tail);
      tail = { ...whole, nullable: whole.nullable || (max !== Number.POSITIVE_INFINITY && left > min) };
    }
    return tail;
  }

  #join(before: Span, after: Span): Span {
    this.#link(before.last, after.first);
    return {
      nullable: before.nullable && after.nullable,
      first: before.nullable ? [...before.first, ...after.first] : before.first,
      last: after.nullable ? [...before.last, ...after.last] : after.last,
    };
  }

  #link(from: readonly number[], to: readonly number[]): void {
    this.#count(from.length * to.length);
    for (const place of from) this.#next[place] = [...new Set([...(this.#next[place] as readonly number[]), ...to])];
  }

  #count(steps: number): void {
    this.#steps += steps;
    if (this.#steps > mostSteps) throw new TooLarge();
  }

  #madeUp(part: Part, choose: Choose): string {
    switch (part.kind) {
      case 'one': {
        const { examples } = this.#known.get(part.of) as Characters;
        return examples[choose(examples.length)] as string;
      }
      case 'sequence':
        return part.parts.map((each) => this.#madeUp(each, choose)).join('');
      case 'choice':
        return this.#madeUp(part.parts[choose(part.parts.length)] as Part, choose);
      case 'repeat': {
        const times = part.min + choose(Math.min(part.max - part.min, 3) + 1);
        return Array.from({ length: times }, () => this.#madeUp(part.part, choose)).join('');
      }
    }
  }
}

class TooLarge extends Error {}

/** The pattern, or why it cannot be used: completes "The pattern …". */
export function patternOf(source: string): Pattern | Problem {
  if (source.length > longest) return new Problem(`is longer than ${longest} characters`);
  const part = parsePattern(source);
  if (part instanceof Problem) return part;
  if (leastOf(part) > longest || (lengthOf(part) > longest && lengthOf(part) !== Number.POSITIVE_INFINITY))
    return new Problem(`asks for texts of more than ${longest} characters`, 'Patterns are for codes and numbers, not for free text.');
  try {
    const pattern = new Pattern(source, part);
    if (pattern.matchesNothing)
      return new Problem('matches an empty text', 'Say that something has to be there, and make the node optional.');
    return pattern.barren === undefined ? pattern : new Problem(`has ${pattern.barren}, which no character matches`);
  } catch (error) {
    if (error instanceof TooLarge)
      return new Problem('is too large', 'Repeat fewer times, or fewer things that can be absent: each of them may be followed by each.');
    throw error;
  }
}

function lengthOf(part: Part): number {
  switch (part.kind) {
    case 'one':
      return 1;
    case 'sequence':
      return part.parts.reduce((sum, each) => sum + lengthOf(each), 0);
    case 'choice':
      return Math.max(...part.parts.map(lengthOf));
    case 'repeat':
      return part.max === 0 ? 0 : lengthOf(part.part) * part.max || 0;
  }
}

function leastOf(part: Part): number {
  switch (part.kind) {
    case 'one':
      return 1;
    case 'sequence':
      return part.parts.reduce((sum, each) => sum + leastOf(each), 0);
    case 'choice':
      return Math.min(...part.parts.map(leastOf));
    case 'repeat':
      return leastOf(part.part) * part.min;
  }
}
