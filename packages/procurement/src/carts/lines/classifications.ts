import type { Buyer } from '../../partners/buyer.ts';
import type { FieldNames } from './field-names.ts';
import type { LineNotes } from './notes.ts';
import type { Classification } from './ready-line.ts';
import { xmlText } from './texts.ts';

interface Context {
  readonly buyer: Buyer;
  readonly names: FieldNames;
  readonly notes: LineNotes;
}

/** The classes of a line as the buyer has them. UNSPSC is written as eight digits without punctuation (reference/procurement-messages.md, section 7.2). */
export function classificationsOf(given: readonly Classification[], context: Context): readonly Classification[] {
  const { buyer, names, notes } = context;
  const fallback = buyer.categories['*'];
  const all =
    given.length === 0 && fallback !== undefined ? [{ domain: 'UNSPSC', code: fallback }] : given.map((each) => mapped(each, context));
  const hasUnspsc = all.some(({ domain, code }) => isUnspsc(domain) && /^[0-9]{8}$/.test(code));
  if (buyer.required.includes('unspsc') && !hasUnspsc)
    notes.refuse(names.classification, 'has no class of UNSPSC with eight digits, without which this buyer takes no line');
  else if (all.length === 0 && buyer.protocol === 'cxml')
    notes.refuse(names.classification, 'is missing; `categories: { "*": … }` of the buyer says what such lines have');
  return all;
}

function mapped({ domain, code }: Classification, { buyer, names, notes }: Context): Classification {
  const own = isUnspsc(domain) ? unspsc(code) : xmlText(code);
  if (isUnspsc(domain) && !/^[0-9]{8}$/.test(own))
    notes.warn(names.classification, 'is a class of UNSPSC without eight digits, and is written as it is');
  const theirs = [own, code].find((each) => Object.hasOwn(buyer.categories, each));
  return { domain: xmlText(domain), code: theirs === undefined ? own : (buyer.categories[theirs] as string) };
}

function isUnspsc(domain: string): boolean {
  return domain.toUpperCase() === 'UNSPSC';
}

/** `31.17.15-04` is `31171504`; what is no such number stays. */
function unspsc(code: string): string {
  const digits = code.replace(/[\s.\-/]/g, '');
  return /^[0-9]+$/.test(digits) ? digits : xmlText(code);
}
