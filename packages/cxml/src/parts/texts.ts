import { decimalText, flag, Problem, type TextType, text } from '@waybill/values';

// Texts that many elements share. Partners put white space around nearly everything, so that it does not belong to a value, but where it says so.

/** An amount or a quantity, exact: `exact` of @waybill/commerce. */
export const number = (example = '4.25'): TextType<string> => decimalText({ digits: 30, scale: 10, example });

/** Text for people, or a code; possibly empty. */
export const words = (example = 'Call gatehouse before delivery.', max?: number): TextType<string> =>
  text({ trim: true, example, ...(max === undefined ? {} : { max }) });

/** What identifies something, and cannot be empty. */
export const id = (example = 'PO-70331', max?: number): TextType<string> =>
  text({ min: 1, trim: true, example, ...(max === undefined ? {} : { max }) });

/** A time as the partner wrote it (reference/procurement-messages.md, section 7.2: some write no ISO 8601). */
export const written = (example = '2026-09-22T08:00:00-04:00'): TextType<string> => id(example);

export const yes = flag({ yes: 'yes', no: 'no' });

/** A number of a line. */
export const lineNumber: TextType<number> = {
  facets: { kind: 'number', digits: 9, scale: 0 },
  secret: false,
  read: (given) => (/^[0-9]{1,9}$/.test(given.trim()) ? Number(given) : new Problem('is not a whole number of at most 9 digits')),
  write: (value) => (Number.isInteger(value) && value >= 0 ? String(value) : new Problem('is not a whole number from 0 on')),
  makeUp: (choose) => choose(999) + 1,
};

/** A text, or undefined where there is nothing in it. */
export function given(value: string | undefined): string | undefined {
  return value === undefined || value === '' ? undefined : value;
}

/** The fields that are there. */
export function present<Fields extends object>(fields: Fields): { [Key in keyof Fields]: Exclude<Fields[Key], undefined> } {
  const kept: Record<string, unknown> = {};
  // Every part of a document comes through here: without a list of the keys, which takes twice as long.
  for (const key in fields) if (fields[key] !== undefined) kept[key] = fields[key];
  return kept as { [Key in keyof Fields]: Exclude<Fields[Key], undefined> };
}
