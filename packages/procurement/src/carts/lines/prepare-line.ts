import type { Charge, Comment, Extrinsic } from '@waybill/commerce';
import { compare, placesOf, readExact } from '../../exact/exact.ts';
import type { Buyer } from '../../partners/buyer.ts';
import type { CartItem } from '../cart.ts';
import { classificationsOf } from './classifications.ts';
import type { FieldNames } from './field-names.ts';
import { LineTexts } from './line-texts.ts';
import type { LineNotes } from './notes.ts';
import { priceOfOne, withPlaces } from './prices.ts';
import type { PriceBasis, ReadyLine } from './ready-line.ts';

/** What a line is prepared by. */
export interface LineContext {
  readonly buyer: Buyer;
  readonly names: FieldNames;
  readonly currency: string;
  readonly notes: LineNotes;
}

/** Most places behind the point that buyers take in a price (reference/procurement-messages.md, section 7.2, "Safe limits"). */
const pricePlaces = 4;

/** The line as the buyer wants it. What cannot be is noted, with a value that is as good as any other. */
export function prepareLine(item: CartItem, number: number, context: LineContext): ReadyLine {
  const { names, notes } = context;
  const texts = new LineTexts(context);
  const priced = priceOf(item, context);
  const line: ReadyLine = {
    number,
    partId: texts.id('partId', item.partId),
    auxiliaryId: texts.id('auxiliaryId', item.auxiliaryId),
    buyerPartId: texts.id('buyerPartId', item.buyerPartId),
    quantity: quantityOf(item.quantity, context),
    unit: unitOf(item.unit, names.unit, context),
    ...priced,
    currency: context.currency,
    ...texts.namesOf(item),
    language: item.language,
    classifications: classificationsOf(item.classifications ?? [], context),
    manufacturerPartId: texts.cut('manufacturerPartId', item.manufacturerPartId),
    manufacturer: texts.cut('manufacturer', item.manufacturer),
    url: addressOf(item.url, names.url, notes),
    leadTime: leadTimeOf(item.leadTime, context),
    extrinsics: (item.extrinsics ?? []).map((each) => cleanExtrinsic(each, texts)),
    lineExtrinsics: (item.lineExtrinsics ?? []).map((each) => cleanExtrinsic(each, texts)),
    shipping: chargeOf(item.shipping, names.shipping, context, texts),
    tax: chargeOf(item.tax, names.tax, context, texts),
    comments: (item.comments ?? []).filter(({ text }) => text.trim() !== '').map((each) => cleanComment(each, texts)),
  };
  texts.tellReplaced();
  return line;
}

function quantityOf(text: string, { names, notes }: LineContext): string {
  const quantity = readExact(text);
  if (quantity !== undefined && compare(quantity, '0') > 0) return quantity;
  notes.refuse(names.quantity, 'is no number above zero');
  return '1';
}

function unitOf(unit: string | undefined, field: string, { buyer, notes }: LineContext): string {
  if (unit === undefined || unit.trim() === '') {
    notes.refuse(field, 'is missing');
    return '';
  }
  const { units } = buyer;
  if (!units) return unit;
  if (Object.hasOwn(units, unit)) return units[unit] as string;
  if (buyer.unmappedUnits === 'refuse') notes.refuse(field, `${quoted(unit)} is not in the map of units of ${buyer.name}`);
  return unit;
}

/** Shortens what comes from a cart before it is told to people. */
function quoted(text: string): string {
  return JSON.stringify(text.slice(0, 40));
}

function priceOf(item: CartItem, context: LineContext): { readonly price: string; readonly priceBasis: PriceBasis | undefined } {
  const { names, notes, currency } = context;
  const price = item.price === undefined ? undefined : readExact(item.price.amount);
  if (item.price === undefined || price === undefined) {
    notes.refuse(names.price, item.price === undefined ? 'is missing' : 'is no decimal number');
    return { price: '0', priceBasis: undefined };
  }
  if (item.price.currency !== currency)
    notes.refuse(names.currency, `is ${quoted(item.price.currency)}, and that of the cart is ${currency}: a document has one`);
  const basis = basisOf(item, context);
  return basis === 'wrong' ? { price, priceBasis: undefined } : fittingPrice(item, price, basis, context);
}

function basisOf({ priceBasis }: CartItem, context: LineContext): PriceBasis | undefined | 'wrong' {
  if (!priceBasis) return undefined;
  const [quantity, conversion] = [readExact(priceBasis.quantity), readExact(priceBasis.conversion)];
  const isWrong = quantity === undefined || conversion === undefined || compare(quantity, '0') <= 0 || compare(conversion, '0') <= 0;
  if (!isWrong) return { quantity, conversion, unit: unitOf(priceBasis.unit, context.names.priceBasis, context) };
  context.notes.refuse(context.names.priceBasis, 'has a quantity or a conversion that is no number above zero');
  return 'wrong';
}

/** As it is where it fits; else for so many units that it does. What reads no prices for several units gets that of one. */
function fittingPrice(item: CartItem, price: string, basis: PriceBasis | undefined, { buyer, names, notes }: LineContext) {
  const unit = basis?.unit ?? (item.unit === undefined ? '' : (buyer.units?.[item.unit] ?? item.unit));
  const whole: PriceBasis = basis ?? { quantity: '1', unit, conversion: '1' };
  if (buyer.priceBasis === 'unit-price') {
    const one = priceOfOne(price, whole, pricePlaces);
    if (one === undefined)
      notes.refuse(
        names.price,
        `of one unit has more than ${pricePlaces} places behind the point, and this buyer reads no price for several units`,
      );
    return { price: one ?? price, priceBasis: undefined };
  }
  if (placesOf(price) <= pricePlaces) return { price: asWritten(item.price?.amount, price), priceBasis: basis };
  const scaled = withPlaces({ price, per: whole.quantity }, pricePlaces, '1000000000');
  if (!scaled) notes.refuse(names.price, `has more than ${pricePlaces} places behind the point, for a billion units even`);
  return scaled ? { price: scaled.price, priceBasis: { ...whole, quantity: scaled.per } } : { price, priceBasis: basis };
}

/** `4.20` stays `4.20`; everything that is not plain becomes so. */
function asWritten(text: string | undefined, number: string): string {
  return text !== undefined && /^-?(?:0|[1-9][0-9]{0,19})\.[0-9]{1,4}$/.test(text) ? text : number;
}

function chargeOf(charge: Charge | undefined, field: string, { currency, notes }: LineContext, texts: LineTexts): Charge | undefined {
  if (!charge) return undefined;
  const amount = readExact(charge.amount.amount);
  if (amount === undefined) notes.refuse(field, 'is no decimal number');
  else if (placesOf(amount) > pricePlaces) notes.refuse(field, `has more than ${pricePlaces} places behind the point`);
  if (charge.amount.currency !== currency)
    notes.refuse(field, `is in ${quoted(charge.amount.currency)}, and the cart in ${currency}: a document has one currency`);
  const description = charge.description === undefined ? {} : { description: texts.clean(field, charge.description) };
  return { amount: { amount: asWritten(charge.amount.amount, amount ?? '0'), currency }, ...description };
}

/** The shipping or the tax of a whole cart. */
export function cartCharge(charge: Charge | undefined, field: string, context: LineContext): Charge | undefined {
  const texts = new LineTexts(context);
  const ready = chargeOf(charge, field, context, texts);
  texts.tellReplaced();
  return ready;
}

function addressOf(url: string | undefined, field: string, notes: LineNotes): string | undefined {
  if (url === undefined || url.trim() === '') return undefined;
  const parsed = URL.parse(url);
  if (parsed && (parsed.protocol === 'https:' || parsed.protocol === 'http:')) return parsed.href;
  notes.warn(field, 'is no address of a page and was left out');
  return undefined;
}

function leadTimeOf(text: string | undefined, { names, notes }: LineContext): string | undefined {
  if (text === undefined) return undefined;
  const days = readExact(text);
  if (days !== undefined && compare(days, '0') >= 0) return days;
  notes.warn(names.leadTime, 'is no number of days and was left out');
  return undefined;
}

function cleanExtrinsic({ name, value }: Extrinsic, texts: LineTexts): Extrinsic {
  return { name, value: texts.clean(`Extrinsic ${name.slice(0, 60)}`, value) };
}

function cleanComment(comment: Comment, texts: LineTexts): Comment {
  return { text: texts.cut('comment', comment.text) ?? '', ...(comment.language === undefined ? {} : { language: comment.language }) };
}
