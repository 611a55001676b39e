import type { CartLine, Extrinsic, Priced } from '@waybill/commerce';
import { type Conversion, ignored, mapping, type Nodes } from '@waybill/mapping';
import { type Described, description } from './description.ts';
import { extrinsic } from './extrinsic.ts';
import { money } from './money.ts';
import { id, number, present, words } from './texts.ts';
import { asUrl, url } from './web.ts';

/** What is told of the goods of a line; fields of @waybill/commerce. */
export type Goods = Pick<
  CartLine,
  | 'price'
  | 'priceBasis'
  | 'shortName'
  | 'description'
  | 'language'
  | 'unit'
  | 'classifications'
  | 'manufacturerPartId'
  | 'manufacturer'
  | 'url'
  | 'leadTime'
  | 'extrinsics'
>;
type Basis = NonNullable<Goods['priceBasis']>;
type Class = NonNullable<Goods['classifications']>[number];

/** `ItemID`, whose fields stand in the line. */
export interface ItemId {
  partId?: string;
  auxiliaryId?: string;
  buyerPartId?: string;
}

/** `ItemDetail`, as it stands on the wire. */
export interface WireDetail {
  price: Priced;
  description: Described;
  unit: string;
  priceBasis?: Basis;
  classifications?: Class[];
  manufacturerPartId?: string;
  manufacturer?: string;
  url?: string;
  leadTime?: string;
  extrinsics?: Extrinsic[];
}

interface WireClass {
  domain: string;
  attribute?: string;
  text?: string;
}

const i = mapping<ItemId>();
const d = mapping<WireDetail>();
const b = mapping<Basis>();
const c = mapping<WireClass>();

/** What is in `ItemID`. */
export const itemId = (): Nodes<ItemId> => [
  i.leaf('SupplierPartID?', 'partId', words('BRG-6204')),
  i.leaf('SupplierPartAuxiliaryID?', 'auxiliaryId', words('Q7F3-1')),
  i.leaf('BuyerPartID?', 'buyerPartId', words('LK-100-77')),
];

/** What is in `PriceBasisQuantity`. */
export const priceBasis = (): Nodes<Basis> => [
  b.leaf('@quantity', 'quantity', number('100')),
  b.leaf('@conversionFactor', 'conversion', number('1')),
  b.leaf('UnitOfMeasure', 'unit', id('EA')),
];

/** What is in `Classification`. */
export const classification = (): Nodes<WireClass> => [
  c.leaf('@domain', 'domain', id('UNSPSC')),
  c.leaf('@code?', 'attribute', words('31171504')),
  c.leaf('.?', 'text', words('31171504')),
];

/** A class is a text, or an attribute. One without either says nothing. */
export const asClass: Conversion<WireClass, Class> = {
  read: ({ domain, attribute, text }) => {
    const code = text ?? attribute ?? '';
    return code === '' ? undefined : { domain, code };
  },
  write: ({ domain, code }) => present({ domain, text: code === '' ? undefined : code }) as WireClass,
};

/** What is in `ItemDetail`: reference/procurement-messages.md, section 3.6. */
export const itemDetail = (): Nodes<WireDetail> => [
  d.group('UnitPrice', [d.into('Money', 'price', money())]),
  d.into('Description', 'description', description()),
  d.leaf('UnitOfMeasure', 'unit', id('EA')),
  d.into('PriceBasisQuantity?', 'priceBasis', priceBasis()),
  d.turnedList('Classification*', 'classifications', asClass, classification()),
  d.leaf('ManufacturerPartID?', 'manufacturerPartId', words('6204-2RS')),
  d.group('ManufacturerName?', [ignored('@xml:lang?'), d.leaf('.?', 'manufacturer', words('Kelso Bearings'))]),
  d.turned('URL?', 'url', asUrl, url()),
  d.leaf('LeadTime?', 'leadTime', number('3')),
  d.vector('Extrinsic*', 'extrinsics', extrinsic()),
];

/** The fields of a line that its detail holds. */
export function goodsOf(detail: Partial<WireDetail>): Goods {
  const goods: Record<string, unknown> = {};
  for (const key in detail) if (key !== 'description') goods[key] = detail[key as keyof WireDetail];
  const { text, language, shortName } = detail.description ?? {};
  if (shortName !== undefined) goods['shortName'] = shortName;
  if (text !== undefined) goods['description'] = text;
  if (language !== undefined) goods['language'] = language;
  return goods;
}

/** The detail of a line. Undefined where nothing is told of its goods. A class has to be there by the DTD, be it empty. */
export function detailOf(goods: Goods): WireDetail | undefined {
  const { description: text, language, shortName, classifications = [], ...rest } = goods;
  const isTold = Object.values({ text, shortName, ...rest }).some((each) => each !== undefined) || classifications.length > 0;
  if (!isTold) return undefined;
  const told = present({ text, language, shortName });
  return { ...rest, description: told, classifications: classifications.length > 0 ? classifications : noClass } as WireDetail;
}

const noClass: Class[] = [{ domain: 'UNSPSC', code: '' }];

/** Splits the fields of a line into those of its goods and the others. */
export function partedGoods<Line extends Goods>(line: Line): { readonly goods: Goods; readonly rest: Omit<Line, keyof Goods> } {
  const {
    price,
    priceBasis: basis,
    shortName,
    description: text,
    language,
    unit,
    classifications,
    manufacturerPartId,
    manufacturer,
    url: page,
    leadTime,
    extrinsics,
    ...rest
  } = line;
  const names = { shortName, description: text, language, manufacturerPartId, manufacturer };
  return { goods: { price, priceBasis: basis, unit, classifications, url: page, leadTime, extrinsics, ...names } as Goods, rest };
}
