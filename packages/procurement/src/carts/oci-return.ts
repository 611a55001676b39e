import { multiply, placesOf, wholeDigitsOf } from '../exact/exact.ts';
import type { OciCall } from '../oci/call.ts';
import { isOciField, type OciField, ociFields } from '../oci/fields.ts';
import { foreignIn } from '../oci/latin1.ts';
import type { Buyer } from '../partners/buyer.ts';
import type { FormField, ReturnForm } from './cart.ts';
import type { LineNotes, Notes } from './lines/notes.ts';
import type { ReadyCart, ReadyLine } from './lines/ready-line.ts';
import { cutTo, lengthOf } from './lines/texts.ts';
import { ociPrice } from './oci-price.ts';

interface Context {
  readonly buyer: Buyer;
  readonly call: OciCall;
  readonly notes: Notes;
}

type Values = Partial<Record<OciField, string>>;

/** The form that brings a cart back by OCI (reference/procurement-messages.md, section 6.2). Without lines it only leaves: OCI has no words for the rest. */
export function ociReturn(cart: ReadyCart, { buyer, call, notes }: Context): ReturnForm {
  if (cart.shipping || cart.tax) notes.about(undefined).warn('shipping and tax', 'are not told: OCI has no fields for them');
  if (cart.quote === 'pending') notes.about(undefined).refuse('quote', 'is pending, and OCI cannot say so: the buyer would order it');
  const charset = charsetOf(buyer, call);
  const lines = cart.lines.flatMap((line) => fieldsOf(line, cart, { buyer, charset, notes: notes.about(line.number) }));
  return { action: call.hook?.action ?? '', target: call.target, charset, fields: [...controlFields(call), ...lines] };
}

function charsetOf({ logon }: Buyer, call: OciCall): string {
  const wanted = logon?.returnCharset ?? 'as-called';
  return wanted === 'as-called' ? call.charset : wanted;
}

/** First what stood in the query of the return address, then what the buyer's function code is. The spelling is that of OCI. */
function controlFields(call: OciCall): readonly FormField[] {
  return [
    ...(call.hook?.fields ?? []).map(([name, value]) => ({ name, value })),
    { name: '~OkCode', value: call.okCode },
    { name: '~TARGET', value: call.target },
    { name: '~CALLER', value: call.caller },
  ];
}

interface LineContext {
  readonly buyer: Buyer;
  readonly charset: string;
  readonly notes: LineNotes;
}

function fieldsOf(line: ReadyLine, cart: ReadyCart, context: LineContext): readonly FormField[] {
  const { number } = line;
  const values: Values = { ...numbersOf(line, context), ...textsOf(line, cart, context.notes), ...ownFields(line, context) };
  const fields = Object.entries(values).filter((entry): entry is [OciField, string] => entry[1] !== undefined && entry[1] !== '');
  for (const [field, value] of fields) checkLength(field, value, context.notes);
  const long = longText(line, values);
  return [
    ...fields.map(([field, value]) => ({ name: `NEW_ITEM-${field}[${number}]`, value })),
    // The number stands before the colon and the brackets are empty: under any other name all long texts fall on the first line.
    ...(long === undefined ? [] : [{ name: `NEW_ITEM-LONGTEXT_${number}:132[]`, value: long }]),
  ].map((field) => inCharset(field, context));
}

function numbersOf(line: ReadyLine, { buyer, notes }: LineContext): Values {
  const priced = ociPrice(line, buyer.priceBasis === 'unit-price');
  if (!priced) notes.refuse('PRICE', 'cannot be told exactly with three places behind the point and a PRICEUNIT of five digits');
  if (wholeDigitsOf(line.quantity) > 11) notes.refuse('QUANTITY', 'has more than 11 digits before the point');
  if (placesOf(line.quantity) > 3) notes.refuse('QUANTITY', 'has more than 3 digits behind the point');
  if (priced && wholeDigitsOf(priced.price) > 11) notes.refuse('PRICE', 'has more than 11 digits before the point');
  return { QUANTITY: line.quantity, UNIT: line.unit, PRICE: priced?.price ?? '', CURRENCY: line.currency, PRICEUNIT: priced?.per ?? '' };
}

function textsOf(line: ReadyLine, cart: ReadyCart, notes: LineNotes): Values {
  const unspsc = line.classifications.find(({ domain }) => domain.toUpperCase() === 'UNSPSC') ?? line.classifications[0];
  const maker = line.manufacturer !== undefined && line.manufacturer.length > ociFields.MANUFACTCODE ? undefined : line.manufacturer;
  if (maker !== line.manufacturer) notes.warn('MANUFACTCODE', 'was left out: it has room for a code of 10 characters');
  return {
    DESCRIPTION: cutTo(oneLine(line.shortName ?? line.description), ociFields.DESCRIPTION, false),
    MATNR: line.buyerPartId,
    LEADTIME: line.leadTime === undefined ? undefined : wholeDays(line.leadTime),
    VENDORMAT: line.partId,
    MANUFACTCODE: maker,
    MANUFACTMAT: line.manufacturerPartId,
    MATGROUP: unspsc && unspsc.code.length <= ociFields.MATGROUP ? unspsc.code : undefined,
    EXT_PRODUCT_ID: line.auxiliaryId,
    EXT_SCHEMA_TYPE: unspsc?.domain,
    EXT_CATEGORY_ID: unspsc?.code,
    EXT_QUOTE_ID: cart.quoteId,
    EXT_QUOTE_ITEM: cart.quoteId === undefined ? undefined : String(line.number),
  } as Values;
}

/** What the buyer wants elsewhere: extrinsics under the name of a field, or under one that its settings lead to a field, and fields that never change. */
function ownFields(line: ReadyLine, { buyer, notes }: LineContext): Values {
  const { fields = {}, constants = {} } = buyer.logon ?? {};
  const own: Record<string, string> = { ...constants };
  for (const { name, value } of [...line.extrinsics, ...line.lineExtrinsics]) {
    const field = fields[name] ?? (isOciField(name.toUpperCase()) ? name.toUpperCase() : undefined);
    if (field === undefined) notes.warn(`Extrinsic ${name.slice(0, 60)}`, 'is not told: no field of OCI is named for it');
    else own[field] = oneLine(value);
  }
  return own;
}

function checkLength(field: OciField, value: string, notes: LineNotes): void {
  const length = lengthOf(value, false);
  if (length > ociFields[field]) notes.refuse(field, `has ${length} characters; at most ${ociFields[field]} are taken`);
}

/** The whole description, where the short one does not say all of it. */
function longText(line: ReadyLine, { DESCRIPTION }: Values): string | undefined {
  const whole = line.longText === '' ? line.description : line.longText;
  if (whole === DESCRIPTION) return line.comments.length === 0 ? undefined : withComments(undefined, line);
  return withComments(whole, line);
}

function withComments(text: string | undefined, { comments }: ReadyLine): string {
  return [text, ...comments.map((each) => each.text)].filter((each) => each !== undefined).join('\n');
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** Days as a whole number, rounded up: who is told 2 for two and a half waits in vain. */
function wholeDays(days: string): string {
  const [whole = '0'] = days.split('.');
  return placesOf(days) === 0 ? multiply(days, '1') : String(BigInt(whole) + 1n);
}

/** A form in ISO-8859-1 would get `&#8804;` for a character that the encoding lacks, as if somebody had typed it. */
function inCharset(field: FormField, { charset, notes }: LineContext): FormField {
  if (!/^(?:iso-?8859-?1|latin-?1|windows-1252|us-ascii)$/i.test(charset)) return field;
  const foreign = foreignIn(field.value);
  if (foreign.length === 0) return field;
  notes.warn(
    field.name.slice('NEW_ITEM-'.length).replace(/[[_:].*$/, ''),
    `held characters that ${charset} does not have; a question mark stands in their place`,
  );
  const replaced = new Set(foreign);
  return { name: field.name, value: Array.from(field.value, (each) => (replaced.has(each) ? '?' : each)).join('') };
}
