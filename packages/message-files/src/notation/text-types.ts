import { didYouMean } from '@waybill/manifest';
import { type AnyTextType, date8, date10, dateTime, decimalText, flag, integerText, oneOf, Problem, text, time6 } from '@waybill/values';
import { dayOfInstant } from './joints.ts';
import type { Placed, Problems } from './problems.ts';

/** A type of text as a file names it: what its facets are, and what is made of them. Undefined: they are not of that form. */
interface NamedType {
  readonly form: string;
  /** True: its one facet is the largest number of characters. */
  readonly takesWidth?: boolean;
  readonly make: (facets: readonly string[], example: string | undefined) => AnyTextType | undefined;
}

const largest = (facets: readonly string[]): { readonly max?: number } | undefined => {
  if (facets.length === 0) return {};
  const [max] = numbers(facets, 1) ?? [];
  return max === undefined || max === 0 ? undefined : { max };
};

const plain =
  (more: object): NamedType['make'] =>
  (facets, example) => {
    const bounds = largest(facets);
    return bounds && text({ ...more, ...bounds, ...(example === undefined ? {} : { example }) });
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

/** The types by name. */
export const textTypes: Readonly<Record<string, NamedType>> = {
  text: { form: 'text or text(most characters)', takesWidth: true, make: plain({}) },
  trimmed: { form: 'trimmed or trimmed(most characters)', takesWidth: true, make: plain({ trim: true }) },
  id: { form: 'id or id(most characters)', takesWidth: true, make: plain({ min: 1, trim: true }) },
  currency: {
    form: 'currency or currency(most characters)',
    takesWidth: true,
    make: (facets, example = 'CAD') => plain({ min: 1, trim: true })(facets, example),
  },
  secret: { form: 'secret or secret(most characters)', takesWidth: true, make: plain({ secret: true }) },
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
      const [digits = 19] = numbers(facets, 1) ?? [];
      const isRight = facets.length === 0 || (numbers(facets, 1) !== undefined && digits > 0);
      return isRight ? integerText({ digits, ...(example === undefined ? {} : { example }) }) : undefined;
    },
  },
  instant: {
    form: 'instant, or instant(zone) where the zone is kept',
    make: ([zone, more], example) => {
      if (more !== undefined || (zone !== undefined && zone !== 'zone')) return undefined;
      return dateTime({ zone: zone === undefined ? 'utc' : 'keep', ...(example === undefined ? {} : { example }) });
    },
  },
  'date-instant': { form: 'date-instant', make: without(() => dayOfInstant) },
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

/** The type that `id(64)` names. A text without a number of its own may be as long as its field. */
export function textTypeOf(written: string, at: Placed, problems: Problems, { example, width }: TextGiven = {}): AnyTextType | undefined {
  const [, name = '', , inside = ''] = /^([a-z0-9-]+)\s*(\(([^()]*)\))?$/.exec(written.trim()) ?? [];
  const type = Object.hasOwn(textTypes, name) ? textTypes[name] : undefined;
  if (type === undefined) {
    const near = didYouMean(name === '' ? written : name, Object.keys(textTypes));
    const hint = near === undefined ? `The types are ${Object.keys(textTypes).join(', ')}.` : `Did you mean "${near}"?`;
    return problems.find('WB_MESSAGE_FILE_UNKNOWN_TYPE', `There is no type of text "${written}".`, at, hint);
  }
  const facets = inside.split(/[\s,]+/).filter((facet) => facet !== '');
  const made = type.make(facets.length === 0 && width !== undefined && type.takesWidth === true ? [String(width)] : facets, example);
  if (made === undefined)
    return problems.find('WB_MESSAGE_FILE_UNKNOWN_TYPE', `"${written}" is not how this type is written.`, at, `Write ${type.form}.`);
  if (example !== undefined && made.read(example) instanceof Problem)
    return problems.notation(`The example "${example}" is not of the type ${written}.`, at);
  if (width !== undefined && made.facets.kind === 'text' && (made.facets.max ?? width) > width)
    return problems.notation(`A field of ${width} characters cannot hold ${written}.`, at);
  return made;
}

/** Whole numbers, at most so many and at least one; undefined where one is none. */
function numbers(facets: readonly string[], most: number): readonly number[] | undefined {
  if (facets.length !== most || !facets.every((facet) => /^[0-9]{1,9}$/.test(facet))) return undefined;
  return facets.map(Number);
}
