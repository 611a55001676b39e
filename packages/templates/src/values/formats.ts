import { fractionDigits } from './decimal.ts';

/** How numbers and dates are told: in the language, with its separators and its order, at the place of the store. */
export interface Formats {
  money(amount: string, currency: string): string;
  number(value: string): string;
  percent(value: string): string;
  date(instant: Date, how: DateForm): string;
  plural(value: string): Intl.LDMLPluralRule;
}

export const dateForms = ['short', 'medium', 'long', 'full', 'time', 'date-time'] as const;
export type DateForm = (typeof dateForms)[number];

/** Intl takes at most so many digits behind the point. */
const mostDigits = 100;

const mostKept = 200;
const made = new Map<string, Formats>();

/** Making a format takes a thousand times as long as using it, so each is kept. */
export function formatsFor(locale: string, timeZone: string): Formats {
  const key = `${locale} ${timeZone}`;
  const known = made.get(key) ?? new OwnFormats(locale, timeZone);
  // Languages come from data, and data may name thousands.
  if (!made.has(key) && made.size >= mostKept) made.clear();
  made.set(key, known);
  return known;
}

/** A text of decimal digits, which Intl takes as it is and without a detour over floating point. */
type Exact = `${number}`;

class OwnFormats implements Formats {
  readonly #locale: string;
  readonly #timeZone: string;
  readonly #numbers = new Map<string, Intl.NumberFormat>();
  readonly #dates = new Map<DateForm, Intl.DateTimeFormat>();
  #plurals: Intl.PluralRules | undefined;

  constructor(locale: string, timeZone: string) {
    this.#locale = locale;
    this.#timeZone = timeZone;
  }

  /** Never rounds: an amount with more digits than its currency has is told with all of them. */
  money(amount: string, currency: string): string {
    const own = this.#number({ style: 'currency', currency }, undefined);
    const least = own.resolvedOptions().minimumFractionDigits ?? 0;
    const needed = fractionDigits(amount);
    return spaced((needed > least ? this.#number({ style: 'currency', currency }, needed) : own).format(amount as Exact));
  }

  number(value: string): string {
    return spaced(this.#number({}, fractionDigits(value)).format(value as Exact));
  }

  percent(value: string): string {
    return spaced(this.#number({ style: 'unit', unit: 'percent' }, fractionDigits(value)).format(value as Exact));
  }

  date(instant: Date, how: DateForm): string {
    const known = this.#dates.get(how) ?? new Intl.DateTimeFormat(this.#locale, { timeZone: this.#timeZone, ...optionsFor(how) });
    this.#dates.set(how, known);
    return spaced(known.format(instant));
  }

  plural(value: string): Intl.LDMLPluralRule {
    this.#plurals ??= new Intl.PluralRules(this.#locale, { maximumFractionDigits: 20 });
    return this.#plurals.select(Number(value));
  }

  #number(options: Intl.NumberFormatOptions, digits: number | undefined): Intl.NumberFormat {
    const key = `${options.style} ${options.currency} ${digits}`;
    const exact = digits === undefined ? {} : { maximumFractionDigits: Math.min(digits, mostDigits) };
    const known = this.#numbers.get(key) ?? new Intl.NumberFormat(this.#locale, { ...options, ...exact });
    this.#numbers.set(key, known);
    return known;
  }
}

function optionsFor(how: DateForm): Intl.DateTimeFormatOptions {
  switch (how) {
    case 'short':
    case 'medium':
    case 'long':
    case 'full':
      return { dateStyle: how };
    case 'time':
      return { timeStyle: 'short' };
    case 'date-time':
      return { dateStyle: 'long', timeStyle: 'short' };
  }
}

/** Intl puts narrow blanks into times, for which many mail programs show a box. */
function spaced(text: string): string {
  return text.replaceAll('\u202f', '\u00a0');
}
