import type { Cart, CartItem, CartSession, Partners, WrittenCart } from '@waybill/procurement';
import { writeCart } from '@waybill/procurement';

/** A cart as the cases tell it. */
export interface ToldCart {
  readonly currency: string;
  readonly lines: readonly ToldLine[];
  readonly tax?: string;
  readonly shipping?: string;
}

interface ToldLine {
  readonly partId: string;
  readonly auxId: string;
  readonly quantity: string;
  readonly unit: string;
  readonly price: string;
  readonly unspsc: string;
  readonly name: string;
  readonly [more: string]: unknown;
}

export function cartOf({ currency, lines, tax, shipping }: ToldCart): Cart {
  const charge = (amount: string) => ({ amount: { amount, currency } });
  return {
    currency,
    lines: lines.map((line) => itemOf(line, currency)),
    ...(tax === undefined ? {} : { tax: charge(tax) }),
    ...(shipping === undefined ? {} : { shipping: charge(shipping) }),
  };
}

function itemOf(line: ToldLine, currency: string): CartItem {
  const text = (name: string): string | undefined => (typeof line[name] === 'string' ? line[name] : undefined);
  const charge = (name: string) => (text(name) === undefined ? undefined : { amount: { amount: text(name) ?? '', currency } });
  const basis = text('priceBasis');
  const item = {
    quantity: line.quantity,
    partId: line.partId,
    auxiliaryId: line.auxId,
    price: { amount: line.price, currency },
    priceBasis: basis === undefined ? undefined : { quantity: basis, unit: line.unit, conversion: '1' },
    shortName: text('shortName') ?? (text('text') === undefined ? undefined : line.name),
    description: text('text') ?? line.name,
    unit: line.unit,
    classifications: [{ domain: 'UNSPSC', code: line.unspsc }],
    manufacturer: text('manufacturer'),
    manufacturerPartId: text('manufacturerPart'),
    leadTime: text('leadTime'),
    url: text('url'),
    tax: charge('tax'),
    shipping: charge('shipping'),
    extrinsics: extrinsicsOf(line['extrinsics']),
    lineExtrinsics: extrinsicsOf(line['lineExtrinsics']),
  };
  return Object.fromEntries(Object.entries(item).filter(([, value]) => value !== undefined)) as unknown as CartItem;
}

function extrinsicsOf(told: unknown): readonly { readonly name: string; readonly value: string }[] | undefined {
  return told === undefined
    ? undefined
    : Object.entries(told as Readonly<Record<string, string>>).map(([name, value]) => ({ name, value }));
}

/** The session in which a buyer of cXML shops. */
const cxml: CartSession = {
  protocol: 'cxml',
  cookie: 'LK-1',
  operation: 'create',
  parties: {
    from: [{ domain: 'NetworkID', identity: 'AN11000000123' }],
    to: [{ domain: 'NetworkID', identity: 'AN11000000321' }],
    sender: { domain: 'NetworkID', identity: 'AN11000000123' },
  },
  returnAddress: 'https://buy.larkfield.example/punchout/return?req=1',
  test: true,
};

/** What goes back to a buyer of these partners. */
export async function returned(partners: Partners, buyerName: string, cart: Cart, session: CartSession = cxml): Promise<WrittenCart> {
  const buyer = await partners.buyer(buyerName);
  if (buyer === undefined) throw new Error(`There is no buyer ${buyerName}.`);
  const context = {
    supplier: partners.supplier,
    buyer,
    session,
    payloadId: '1790000000.1@shop.harborpine.example',
    timestamp: '2026-10-05T14:00:00+00:00',
  };
  return writeCart({ verb: 'return', cart }, context);
}
