import { dtdErrors } from './errors.ts';
import type { DtdGroup, DtdPart } from './model.ts';

/** A place of an element in a content model, with the places that can follow it, by their names. */
interface Place {
  readonly name: string;
  readonly next: Map<string, Place>;
}

interface Ends {
  readonly canBeEmpty: boolean;
  readonly first: readonly Place[];
  readonly last: readonly Place[];
}

/** Far more than any content model needs that somebody has written. */
const mostSteps = 20_000_000;

/**
 * The element that a content model allows in two ways at one place; undefined where there is none. Such a model is an error for XML (3.2.1), and
 * no reader that decides with the start tag in hand can follow it. `at` is where the model stands, for an error.
 */
export function ambiguousIn(group: DtdGroup, at: string): string | undefined {
  const search = new Search(group, at);
  const { first } = search.endsOf(group);
  // Nothing is in front of the first elements of the group but its start.
  search.link([{ name: '', next: new Map() }], first);
  return search.found;
}

class Search {
  /** Names that have several places. Only these can be ambiguous. */
  readonly #repeated = new Set<string>();
  readonly #at: string;
  #steps = 0;
  found: string | undefined;

  constructor(group: DtdGroup, at: string) {
    this.#at = at;
    const seen = new Set<string>();
    for (const name of namesIn(group)) (seen.has(name) ? this.#repeated : seen).add(name);
  }

  endsOf(part: DtdPart): Ends {
    const once = this.#endsOfOne(part);
    if (part.occurs === '*' || part.occurs === '+') this.link(once.last, once.first);
    return part.occurs === '*' || part.occurs === '?' ? { ...once, canBeEmpty: true } : once;
  }

  /** Remembers that each of `first` can follow each of `last`. */
  link(last: readonly Place[], first: readonly Place[]): void {
    this.#spend(last.length * first.length);
    for (const { next } of last)
      for (const place of first) {
        const known = next.get(place.name);
        if (known !== undefined && known !== place) this.found ??= place.name;
        next.set(place.name, place);
      }
  }

  #spend(steps: number): void {
    this.#steps += steps;
    if (this.#steps <= mostSteps) return;
    throw dtdErrors.WB_XML_DTD_LIMIT('A content model has too many parts that can stand beside one another.', { at: this.#at });
  }

  #endsOfOne(part: DtdPart): Ends {
    if (part.kind === 'element') {
      const place = { name: part.name, next: new Map() };
      return { canBeEmpty: false, first: this.#repeated.has(part.name) ? [place] : [], last: [place] };
    }
    const all = part.parts.map((one) => this.endsOf(one));
    if (part.kind === 'choice')
      return {
        canBeEmpty: all.some(({ canBeEmpty }) => canBeEmpty),
        first: all.flatMap(({ first }) => first),
        last: all.flatMap(({ last }) => last),
      };
    return all.reduce((before, behind) => this.#inOrder(before, behind));
  }

  #inOrder(before: Ends, behind: Ends): Ends {
    this.link(before.last, behind.first);
    this.#spend(behind.canBeEmpty ? before.last.length : 0);
    this.#spend(before.canBeEmpty ? before.first.length : 0);
    return {
      canBeEmpty: before.canBeEmpty && behind.canBeEmpty,
      first: before.canBeEmpty ? [...before.first, ...behind.first] : before.first,
      last: behind.canBeEmpty ? [...before.last, ...behind.last] : behind.last,
    };
  }
}

/** The names of the elements in a group, each as often as it stands there. */
export function* namesIn(part: DtdPart): Generator<string, void, void> {
  if (part.kind === 'element') yield part.name;
  else for (const one of part.parts) yield* namesIn(one);
}
