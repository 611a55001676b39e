import type { CartLine } from '@waybill/commerce';
import { isDecimal } from '../requisitions/exact.ts';
import { present } from './present.ts';

export interface FormField {
  readonly name: string;
  readonly value: string;
}

export interface OciCart {
  readonly lines: readonly CartLine[];
  readonly currency: string | undefined;
  /** What a procurement system would have dropped or cut without a word. */
  readonly notes: readonly string[];
}

/** Fields with a width: reference/procurement-messages.md, section 6.2. */
const widths: Readonly<Record<string, number>> = {
  DESCRIPTION: 40,
  MATNR: 40,
  QUANTITY: 15,
  UNIT: 3,
  PRICE: 15,
  CURRENCY: 5,
  PRICEUNIT: 5,
  LEADTIME: 5,
  VENDOR: 10,
  VENDORMAT: 40,
  MANUFACTCODE: 10,
  MANUFACTMAT: 40,
  MATGROUP: 10,
  EXT_PRODUCT_ID: 40,
  EXT_SCHEMA_TYPE: 10,
  EXT_CATEGORY_ID: 60,
  EXT_CATEGORY: 40,
};

const numeric = ['QUANTITY', 'PRICE', 'PRICEUNIT', 'LEADTIME'] as const;
const mostLines = 10_000;

/** The fields of a form that was sent. `charset`: that of the page, in which browsers send. */
export function formFields(body: Uint8Array, charset: string): readonly FormField[] {
  const text = Buffer.from(body).toString('latin1');
  if (text === '') return [];
  return text.split('&').map((pair) => {
    const end = pair.indexOf('=');
    const [name, value] = end === -1 ? [pair, ''] : [pair.slice(0, end), pair.slice(end + 1)];
    return { name: decoded(name, charset), value: decoded(value, charset) };
  });
}

function decoded(text: string, charset: string): string {
  const bytes = text.replaceAll('+', ' ').replaceAll(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return new TextDecoder(charset).decode(Buffer.from(bytes, 'latin1'));
}

/** What an OCI return has in it: `NEW_ITEM-FIELD[n]`, long texts as `NEW_ITEM-LONGTEXT_n:132[]`. */
export function ociCartOf(fields: readonly FormField[]): OciCart {
  const items = new Map<number, Map<string, string>>();
  const notes: string[] = [];
  for (const { name, value } of fields) {
    const [, field = '', long, place] = /^NEW_ITEM-(?:([A-Z0-9_]+)|LONGTEXT_(\d{1,5}):132)\[(\d{0,5})\]$/.exec(name) ?? [];
    const number = Number(long ?? place ?? 0);
    if (!name.startsWith('NEW_ITEM-')) continue;
    if (number < 1 || number > mostLines) notes.push(`${name} names no line.`);
    else items.set(number, (items.get(number) ?? new Map<string, string>()).set(long === undefined ? field : 'LONGTEXT', value));
  }
  const inOrder = [...items].toSorted(([one], [other]) => one - other);
  for (const [number, item] of inOrder) notes.push(...problemsOf(number, item));
  return { lines: inOrder.map(([number, item]) => lineOf(number, item)), currency: inOrder[0]?.[1].get('CURRENCY'), notes };
}

function problemsOf(number: number, item: ReadonlyMap<string, string>): readonly string[] {
  const problems: string[] = [];
  for (const [field, value] of item) {
    const width = widths[field];
    if (width !== undefined && value.length > width) problems.push(`${field} is longer than ${width} and would be cut.`);
  }
  for (const field of numeric) {
    const value = item.get(field) ?? '';
    if (value !== '' && !isDecimal(value)) problems.push(`${field} "${value}" is no number: the line would be dropped.`);
  }
  if (!item.get('QUANTITY')) problems.push('There is no QUANTITY: the line would be dropped.');
  if (!item.get('DESCRIPTION') && !item.get('MATNR')) problems.push('There is neither DESCRIPTION nor MATNR: the line would be dropped.');
  if (!item.get('UNIT') && !item.get('MATNR')) problems.push('There is no UNIT: the line would be dropped.');
  if (item.get('PRICE') && !item.get('CURRENCY')) problems.push('There is a PRICE without a CURRENCY.');
  return problems.map((problem) => `Line ${number}: ${problem}`);
}

function lineOf(number: number, item: ReadonlyMap<string, string>): CartLine {
  const [quantity = '0', price, unit = '', basis = '1'] = ['QUANTITY', 'PRICE', 'UNIT', 'PRICEUNIT'].map(
    (name) => item.get(name) || undefined,
  );
  const schema = item.get('EXT_SCHEMA_TYPE');
  const code = item.get('EXT_CATEGORY_ID');
  return present<CartLine>({
    number,
    quantity,
    partId: item.get('VENDORMAT'),
    auxiliaryId: item.get('EXT_PRODUCT_ID'),
    buyerPartId: item.get('MATNR') || undefined,
    shortName: item.get('DESCRIPTION'),
    description: item.get('LONGTEXT') || item.get('DESCRIPTION'),
    unit: unit || undefined,
    price: price === undefined ? undefined : { amount: price, currency: item.get('CURRENCY') ?? '' },
    priceBasis: basis === '1' ? undefined : { quantity: basis, unit, conversion: '1' },
    leadTime: item.get('LEADTIME') || undefined,
    classifications: schema && code ? [{ domain: schema, code }] : undefined,
  });
}
