import { type ConstrainedField, occurrencesOf, type TextRule } from './field.ts';
import { changed, type Part, type Place, placesAt, replaced, stepsOf, type Taken } from './part.ts';
import type { Constraint } from './report.ts';
import { wrongTexts } from './texts.ts';

/** A message that differs from a valid one in one thing, which breaks a rule. */
export interface Break {
  readonly constraint: Constraint;
  /** What was done, for people. */
  readonly what: string;
  readonly make: () => string;
  /** The paths of which the refusal has to name one, from below the root. */
  readonly places: readonly string[];
}

/** What no message has. */
const stranger: Part = { name: 'suite-unknown', attributes: [], parts: [], text: '' };
/** More occurrences than this are not made to break a limit. */
const mostCopies = 100;

/** Every way in which the constraints of a field can be broken in a message. Empty where the field is not in it. */
export function breaksOf(field: ConstrainedField, taken: Taken): readonly Break[] {
  const { names, attribute } = stepsOf(field.path);
  const places = placesAt(taken.root, names);
  const [place] = places;
  if (place === undefined || field.holds === undefined || field.width === 0) return [];
  if (attribute !== undefined) {
    const holder = places.find(({ part }) => part.attributes.some(([name]) => name === attribute));
    return holder === undefined ? [] : new AttributeBreaks(field, taken, holder, attribute).all();
  }
  return new PartBreaks(field, taken, places).all();
}

/** Those of the message as a whole. */
export function breaksOfRoot(taken: Taken, fields: readonly ConstrainedField[]): readonly Break[] {
  const root: ConstrainedField = { path: '', occurs: '1', type: '', holds: { kind: 'fields' } };
  const swaps = placesIn(taken.root).flatMap((place) => swapsIn(place, taken, fields));
  return [...new PartBreaks(root, taken, [{ part: taken.root, address: [] }]).inside(), ...swaps];
}

const below = (path: string, name: string): string => (path === '' ? name : `${path}/${name}`);

class AttributeBreaks {
  readonly #field: ConstrainedField;
  readonly #taken: Taken;
  readonly #place: Place;
  readonly #name: string;

  constructor(field: ConstrainedField, taken: Taken, place: Place, name: string) {
    this.#field = field;
    this.#taken = taken;
    this.#place = place;
    this.#name = name;
  }

  all(): readonly Break[] {
    const { holds } = this.#field;
    const mandatory = occurrencesOf(this.#field).least > 0;
    const missing = mandatory ? [this.#with('missing', 'left out', undefined)] : [];
    if (holds?.kind === 'fixed') return [...missing, this.#with('wrong constant', 'another text', `${holds.text}x`)];
    if (holds?.kind !== 'text') return missing;
    const texts = holds.rules.flatMap(({ facets }) => wrongTexts(facets)).filter(({ text }) => text !== '' || mandatory);
    return [...missing, ...texts.map(({ how, text }) => this.#with('wrong text', how, text))];
  }

  #with(constraint: Constraint, how: string, text: string | undefined): Break {
    const { root, print, escape } = this.#taken;
    const change = (part: Part): Part => {
      const others = part.attributes.filter(([name]) => name !== this.#name);
      return { ...part, attributes: text === undefined ? others : [...others, [this.#name, escape(text)]] };
    };
    const { path } = this.#field;
    return { constraint, what: `${path}: ${how}`, make: () => print(changed(root, this.#place.address, change)), places: [path] };
  }
}

class PartBreaks {
  readonly #field: ConstrainedField;
  readonly #taken: Taken;
  readonly #places: readonly Place[];

  constructor(field: ConstrainedField, taken: Taken, places: readonly Place[]) {
    this.#field = field;
    this.#taken = taken;
    this.#places = places;
  }

  all(): readonly Break[] {
    return [...this.#occurrences(), ...this.#texts(), ...this.inside(), ...this.#cut()];
  }

  #occurrences(): readonly Break[] {
    const { free = false, path, width, holds } = this.#field;
    const { least, most } = occurrencesOf(this.#field);
    const [first] = this.#places as readonly [Place];
    const around = first.address.slice(0, -1);
    const name = first.part.name;
    if (free) return [];
    if (width !== undefined) {
      const isBlank = holds?.kind === 'fixed' && holds.text === '';
      return least === 0 || isBlank ? [] : [this.#on('missing', 'blank', first, (part) => ({ ...part, text: '' }))];
    }
    const without = (part: Part): Part => ({ ...part, parts: part.parts.filter((child) => child.name !== name) });
    const missing = least === 0 ? [] : [this.#made('missing', 'left out', [path], (root) => changed(root, around, without))];
    if (most > mostCopies) return missing;
    const copies = Array.from({ length: most + 1 }, () => first.part);
    const more = (part: Part): Part => ({
      ...part,
      parts: part.parts.flatMap((child, index) => (index === first.address.at(-1) ? copies : child.name === name ? [] : [child])),
    });
    return [...missing, this.#made('too many', `${most + 1} of it`, [path], (root) => changed(root, around, more))];
  }

  #texts(): readonly Break[] {
    const { holds, width } = this.#field;
    const [first] = this.#places as readonly [Place];
    const put = (constraint: Constraint, how: string, place: Place, text: string): readonly Break[] => {
      if (Array.from(text).length > (width ?? Number.POSITIVE_INFINITY)) return [];
      return [this.#on(constraint, how, place, (part) => ({ ...part, text: this.#taken.escape(text) }))];
    };
    switch (holds?.kind) {
      case 'fixed': {
        const other = holds.text.startsWith('x') ? 'y' : 'x';
        return put(
          'wrong constant',
          'another text',
          first,
          width === undefined ? `${other}${holds.text}` : other.repeat(Math.min(width, 4)),
        );
      }
      case 'text':
        return holds.rules.flatMap((rule) => {
          const place = this.#places.find(({ part }) => holdsBeside(rule, part));
          const texts = wrongTexts(rule.facets).filter(({ text }) => text !== '' || occurrencesOf(this.#field).least > 0);
          return place === undefined ? [] : texts.flatMap(({ how, text }) => put('wrong text', how, place, text));
        });
      case 'nothing':
        return put('unknown', 'a text where none may be', first, 'suite');
      case 'fields':
      case 'any names':
      case undefined:
        return [];
    }
  }

  /** What may not stand in it. */
  inside(): readonly Break[] {
    const { path, holds, width } = this.#field;
    const [first] = this.#places as readonly [Place];
    if (width !== undefined || holds?.kind === 'any names') return [];
    const attribute = this.#made('unknown', 'an attribute that it does not have', [`${path}@${stranger.name}`], (root) =>
      changed(root, first.address, (part) => ({ ...part, attributes: [...part.attributes, [stranger.name, 'x']] })),
    );
    const unknown = this.#taken.hasAttributes ? [attribute] : [];
    // Between the fields of a record there is no room for anything.
    if (this.#taken.cut?.(first.part, path) !== undefined) return unknown;
    const child = this.#made('unknown', 'a part that it does not have', [below(path, stranger.name), path], (root) =>
      changed(root, first.address, (part) => ({ ...part, parts: [...part.parts, stranger] })),
    );
    const stray = this.#made('unknown', 'a text between its parts', [path], (root) =>
      changed(root, first.address, (part) => ({ ...part, text: 'suite' })),
    );
    return holds?.kind === 'fields' ? [...unknown, child, stray] : [...unknown, child];
  }

  #cut(): readonly Break[] {
    const [first] = this.#places as readonly [Place];
    const { path } = this.#field;
    const short = this.#taken.cut?.(first.part, path);
    // A record may end behind any field but those that have to be there; one character less than that is no end of a field.
    if (short === undefined || Array.from(first.part.parts.at(-1)?.text ?? '').length === 1) return [];
    return [this.#made('cut short', 'one character less', [path, `${path}/`], (root) => replaced(root, first.address, [short]))];
  }

  #on(constraint: Constraint, how: string, place: Place, change: (part: Part) => Part): Break {
    return this.#made(constraint, how, [this.#field.path], (root) => changed(root, place.address, change));
  }

  #made(constraint: Constraint, how: string, places: readonly string[], change: (root: Part) => Part): Break {
    const { root, print } = this.#taken;
    return { constraint, what: `${this.#field.path || root.name}: ${how}`, make: () => print(change(root)), places };
  }
}

/** Whether a rule is the one for this part. */
function holdsBeside({ beside }: TextRule, { attributes }: Part): boolean {
  if (beside === undefined) return true;
  const said = attributes.find(([name]) => name === beside.attribute)?.[1];
  return said === undefined ? beside.preset : said === beside.is;
}

interface PlacedPart extends Place {
  readonly path: string;
}

function placesIn(part: Part, path = '', address: readonly number[] = []): readonly PlacedPart[] {
  const inside = part.parts.flatMap((child, index) => placesIn(child, below(path, child.name), [...address, index]));
  return [{ part, path, address }, ...inside];
}

/** Neighbours of two kinds that change places. Where the order follows from more than the table, they are left alone. */
function swapsIn({ part, path, address }: PlacedPart, { root, print, cut }: Taken, fields: readonly ConstrainedField[]): readonly Break[] {
  if (cut?.(part, path) !== undefined) return [];
  const known = new Map(fields.map((field) => [field.path, field]));
  return part.parts.flatMap((one, index): readonly Break[] => {
    const other = part.parts[index + 1];
    if (other === undefined || other.name === one.name) return [];
    const [first, second] = [below(path, one.name), below(path, other.name)];
    if ([first, second].some((each) => known.get(each)?.holds === undefined || known.get(each)?.free)) return [];
    const swap = (around: Part): Part => ({ ...around, parts: around.parts.toSpliced(index, 2, other, one) });
    const make = () => print(changed(root, address, swap));
    return [{ constraint: 'wrong order', what: `${second}: before ${one.name}`, make, places: [first, second] }];
  });
}
