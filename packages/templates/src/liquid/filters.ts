import { didYouMean, listKnown } from '../did-you-mean.ts';
import { decimalText, minus, plus, times } from '../values/decimal.ts';
import { type DateForm, dateForms } from '../values/formats.ts';
import { readMoment } from '../values/instant.ts';
import { fillPhrase } from '../values/phrases.ts';
import { escapeHtml } from './escape-html.ts';
import { printed } from './printed.ts';
import type { Rendering } from './rendering.ts';

/** A filter of ours. What it throws becomes an error with the place in the template. */
export interface OwnFilter {
  /** True: it answers HTML, which is not escaped again. */
  readonly html: boolean;
  /** Named arguments come as pairs. */
  apply(rendering: Rendering, value: unknown, args: readonly unknown[]): unknown;
}

/** Filters of liquidjs that change nothing but texts and lists. Those that look at a clock, roll dice, or count in floating point are not among them. */
export const keptFilters: readonly string[] = (
  'append prepend capitalize downcase upcase strip lstrip rstrip strip_newlines normalize_whitespace replace replace_first ' +
  'replace_last remove remove_first remove_last split slice truncate truncatewords join first last reverse sort ' +
  'sort_natural size map where reject find has group_by uniq compact concat default url_encode modulo'
).split(' ');

/** For every part. */
const shared: Readonly<Record<string, OwnFilter['apply']>> = {
  money: ({ formats, currency }, value, [given]) => {
    const { amount, code } = moneyOf(value, given ?? currency);
    return formats.money(amount, code);
  },
  number: ({ formats }, value) => formats.number(numberOf(value)),
  percent: ({ formats }, value) => formats.percent(numberOf(value)),
  date: dateOf,
  plus: (_, value, [other]) => plus(numberOf(value), numberOf(other)),
  minus: (_, value, [other]) => minus(numberOf(value), numberOf(other)),
  times: (_, value, [other]) => times(numberOf(value), numberOf(other)),
  sum: (_, value) => listOf(value).reduce<string>((sum, each) => plus(sum, numberOf(each)), '0'),
  web_address: (_, value) => webAddress(value),
  t: (rendering, value, args) => translated(rendering, value, args, (text) => text),
};

const html: Readonly<Record<string, OwnFilter['apply']>> = {
  t_html: (rendering, value, args) => translated(rendering, value, args, escapeHtml),
  escape: (_, value) => escapeHtml(printed(value)),
  newline_to_br: (_, value) => escapeHtml(printed(value)).replaceAll(/\r\n?|\n/g, '<br>\n'),
  trusted_html: (_, value) => printed(value),
};

export function ownFilters(part: 'text' | 'html'): ReadonlyMap<string, OwnFilter> {
  const plain = Object.entries(shared).map(([name, apply]) => [name, { html: false, apply }] as const);
  const marked = part === 'html' ? Object.entries(html).map(([name, apply]) => [name, { html: true, apply }] as const) : [];
  return new Map<string, OwnFilter>([...plain, ...marked]);
}

function numberOf(value: unknown): string {
  const text = decimalText(value);
  if (text === undefined) throw new Error('what is given is not a number');
  return text;
}

function listOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new Error('what is given is not a list');
}

/** Of an amount with a currency of its own, or of a bare one in the currency that is given, or in that of the store. */
function moneyOf(value: unknown, given: unknown): { readonly amount: string; readonly code: string } {
  const own =
    typeof value === 'object' && value !== null ? (value as { readonly amount?: unknown; readonly currency?: unknown }) : undefined;
  const code = own?.currency ?? given;
  if (code === undefined)
    throw new Error('no currency is known: give one, as in {{ total | money: currency }}, or set "currency" in store.yaml');
  if (typeof code !== 'string' || !/^[A-Za-z]{3}$/.test(code)) throw new Error('what is given as the currency is no code of ISO 4217');
  return { amount: numberOf(own ? own.amount : value), code };
}

function dateOf({ formats, dayFormats }: Rendering, value: unknown, [form = 'long']: readonly unknown[]): string {
  const moment = readMoment(value);
  if (!moment) throw new Error('what is given is neither a date nor a point in time as ISO 8601 writes them');
  if (!dateForms.some((known) => known === form)) throw new Error(`"${printed(form)}" is no form of dates. ${listKnown(dateForms)}`);
  if (moment.isDay && (form === 'time' || form === 'date-time')) throw new Error('what is given is a day, and has no time');
  return (moment.isDay ? dayFormats : formats).date(moment.date, form as DateForm);
}

/** An address of the web or of mail that may stand in a link. Scripts and files are none. */
function webAddress(value: unknown): string {
  const text = printed(value);
  if (/^https?:\/\/[^\s"'<>\\]+$/i.test(text) && URL.canParse(text)) return text;
  throw new Error('what is given is no address that begins with https:// or http://');
}

function translated({ texts, formats }: Rendering, value: unknown, args: readonly unknown[], escape: (text: string) => string): string {
  const key = printed(value);
  const phrase = texts.get(key);
  if (phrase === undefined) throw new Error(`there is no text "${key.slice(0, 80)}". ${didYouMean(key, texts.keys())}`.trimEnd());
  const named = args.filter((arg): arg is readonly [string, unknown] => Array.isArray(arg) && arg.length === 2);
  return fillPhrase(key, phrase, Object.fromEntries(named), formats, escape);
}
