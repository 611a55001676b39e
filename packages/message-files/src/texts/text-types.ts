import { didYouMean } from '@waybill/manifest';
import {
  type AnyTextType,
  date8,
  date10,
  dateTime,
  dayInstant,
  decimalText,
  flag,
  integerText,
  oneOf,
  Problem,
  reference,
  type TextOptions,
  text,
  time6,
  timestamp,
} from '@waybill/values';
import type { Placed, Problems } from '../notation/problems.ts';

/** A type of text as a file names it: what its facets are, and what is made of them. Undefined: they are not of that form. */
export interface NamedType {
  readonly form: string;
  /** True: its one facet is the largest number of characters. */
  readonly takesWidth?: boolean;
  readonly make: (facets: readonly string[], example: string | undefined) => AnyTextType | undefined;
}

/** `64`, `2..64`, `2..`, `upper`, `lower`, `secret`: how many characters, which letters, whether errors may show it. */
function textFacets(facets: readonly string[]): TextOptions | undefined {
  const found: { min?: number; max?: number; letters?: 'upper' | 'lower'; secret?: boolean } = {};
  for (const facet of facets) {
    const [, least, most] = /^(?:([0-9]{1,6})\.\.)?([0-9]{1,6})?$/.exec(facet) ?? [];
    const isNew =
      facet === 'secret' ? found.secret === undefined : facet in letters ? !found.letters : (found.max ?? found.min) === undefined;
    if (!isNew) return undefined;
    if (facet === 'upper' || facet === 'lower') found.letters = facet;
    else if (facet === 'secret') found.secret = true;
    else if (least === undefined && most === undefined) return undefined;
    else {
      if (least !== undefined) found.min = Number(least);
      if (most !== undefined) found.max = Number(most);
      if (found.max === 0 || (found.max ?? Number.POSITIVE_INFINITY) < (found.min ?? 0)) return undefined;
    }
  }
  return found;
}

const letters = { upper: true, lower: true };

const plain =
  ({ min: least = 0, ...more }: TextOptions): NamedType['make'] =>
  (facets, example) => {
    const given = textFacets(facets);
    if (given === undefined) return undefined;
    const min = Math.max(least, given.min ?? 0);
    return text({ ...more, ...given, ...(min === 0 ? {} : { min }), ...(example === undefined ? {} : { example }) });
  };

/** A number of digits, at most as many as there are without one. */
const digitsOf = (facets: readonly string[], most: number): number | undefined => {
  const [digits = most, more] = facets.length === 0 ? [] : (numbers(facets, 1) ?? [0]);
  return digits > 0 && more === undefined ? digits : undefined;
};

const number: NamedType['make'] = (facets, example) => {
  const [digits, scale] = facets.length === 0 ? [20, 5] : (numbers(facets, 2) ?? []);
  if (digits === undefined || scale === undefined || scale > digits || digits === 0) return undefined;
  return decimalText({ digits, scale, example: example ?? '1' });
};

const without =
  (make: () => AnyTextType): NamedType['make'] =>
  (facets) =>
    facets.length === 0 ? make() : undefined;

const size = 'most characters, or least..most; also upper or lower, and secret';

/** The types by name. */
export const textTypes: Readonly<Record<string, NamedType>> = {
  text: { form: `text or text(${size})`, takesWidth: true, make: plain({}) },
  trimmed: { form: `trimmed or trimmed(${size})`, takesWidth: true, make: plain({ trim: true }) },
  id: { form: `id or id(${size})`, takesWidth: true, make: plain({ min: 1, trim: true }) },
  currency: {
    form: `currency or currency(${size})`,
    takesWidth: true,
    make: (facets, example = 'CAD') => plain({ min: 1, trim: true })(facets, example),
  },
  secret: { form: `secret or secret(${size})`, takesWidth: true, make: plain({ secret: true }) },
  code: {
    form: 'code(ONE OTHER …): the words that it may be',
    make: ([first, ...rest]) => (first === undefined ? undefined : oneOf(first, ...rest)),
  },
  'yes-no': {
    form: 'yes-no(TRUE FALSE): the word for yes, the word for no',
    make: ([yes, no, more]) => (yes === undefined || no === undefined || more !== undefined || yes === no ? undefined : flag({ yes, no })),
  },
  amount: { form: 'amount or amount(digits in all, digits behind the point)', make: number },
  quantity: { form: 'quantity or quantity(digits in all, digits behind the point)', make: number },
  whole: {
    form: 'whole or whole(most digits)',
    make: (facets, example) => {
      const digits = digitsOf(facets, 19);
      return digits === undefined ? undefined : integerText({ digits, ...(example === undefined ? {} : { example }) });
    },
  },
  reference: {
    form: 'reference or reference(most digits)',
    make: (facets, example) => {
      const digits = digitsOf(facets, 19);
      return digits === undefined ? undefined : reference({ digits, example: example ?? '1' });
    },
  },
  instant: {
    form: 'instant, or instant(zone) where the zone is kept',
    make: ([zone, more], example) => {
      if (more !== undefined || (zone !== undefined && zone !== 'zone')) return undefined;
      return dateTime({ zone: zone === undefined ? 'utc' : 'keep', ...(example === undefined ? {} : { example }) });
    },
  },
  'date-instant': { form: 'date-instant', make: without(dayInstant) },
  timestamp: {
    form: 'timestamp',
    make: (facets, example) => (facets.length > 0 ? undefined : timestamp(example === undefined ? {} : { example })),
  },
  date8: { form: 'date8', make: without(date8) },
  date10: { form: 'date10', make: without(date10) },
  time6: { form: 'time6', make: without(time6) },
};

/** What is known of a text beside its type. */
export interface TextGiven {
  /** A text of the wire, for samples. */
  readonly example?: string | undefined;
  /** How many characters its field has. */
  readonly width?: number | undefined;
}

/** The types that a file can name: its own, by their names, beside those that every file has. */
export interface Types {
  readonly problems: Problems;
  readonly types: ReadonlyMap<string, NamedType>;
}

/** The type that `id(64)` names. A text without a number of its own may be as long as its field. */
export function textTypeOf(
  written: string,
  at: Placed,
  { problems, types }: Types,
  { example, width }: TextGiven = {},
): AnyTextType | undefined {
  const found = namedType(written, at, { problems, types });
  if (found === undefined) return undefined;
  const { type, facets } = found;
  const isWide = width === undefined || type.takesWidth !== true || facets.some((facet) => /^[0-9]/.test(facet));
  const made = type.make(isWide ? facets : [...facets, String(width)], example);
  if (made === undefined)
    return problems.find('WB_MESSAGE_FILE_UNKNOWN_TYPE', `"${written}" is not how this type is written.`, at, `Write ${type.form}.`);
  if (example !== undefined && made.read(example) instanceof Problem)
    return problems.notation(`The example "${example}" is not of the type ${written}.`, at);
  const most = made.facets.kind === 'text' || made.facets.kind === 'pattern' ? made.facets.max : undefined;
  if (width !== undefined && (most ?? width) > width)
    return problems.notation(
      `A field of ${width} characters cannot hold ${written}${made.facets.kind === 'pattern' ? `, which may have ${most}` : ''}.`,
      at,
    );
  return made;
}

/** What `id(64)` is written with: its type, and its facets. */
export function namedType(
  written: string,
  at: Placed,
  { problems, types }: Types,
): { readonly type: NamedType; readonly facets: readonly string[] } | undefined {
  const [, name = '', , inside = ''] = /^([A-Za-z0-9-]+)\s*(\(([^()]*)\))?$/.exec(written.trim()) ?? [];
  const type = types.get(name) ?? (Object.hasOwn(textTypes, name) ? textTypes[name] : undefined);
  if (type !== undefined) return { type, facets: inside.split(/[\s,]+/).filter((facet) => facet !== '') };
  const known = [...Object.keys(textTypes), ...types.keys()];
  const near = didYouMean(name === '' ? written : name, known);
  const hint = near === undefined ? `The types are ${known.join(', ')}.` : `Did you mean "${near}"?`;
  return problems.find('WB_MESSAGE_FILE_UNKNOWN_TYPE', `There is no type of text "${written}".`, at, hint);
}

/** Whole numbers, at most so many and at least one; undefined where one is none. */
function numbers(facets: readonly string[], most: number): readonly number[] | undefined {
  if (facets.length !== most || !facets.every((facet) => /^[0-9]{1,9}$/.test(facet))) return undefined;
  return facets.map(Number);
}
