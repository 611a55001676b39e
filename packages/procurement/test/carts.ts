import { documentOfForm, type PunchoutCart, readDocument } from '@waybill/cxml';
import type { Buyer, Cart, CartContext, CartItem, CartSession, Ending, PartnersSpec, WrittenCart } from '../src/index.ts';
import { definePartners, ociCallOf, readOciForm, writeCart } from '../src/index.ts';
import { partnersSpec } from './partners-of-tests.ts';

/** A line that every buyer takes, but for what is said otherwise. */
export function item(own: Partial<CartItem> = {}): CartItem {
  return {
    quantity: '1',
    partId: 'BRG-6204',
    auxiliaryId: 'Q-1',
    unit: 'EA',
    price: { amount: '1.00', currency: 'USD' },
    description: 'Bearing 6204',
    classifications: [{ domain: 'UNSPSC', code: '31171504' }],
    ...own,
  };
}

export const cartOf = (...lines: readonly CartItem[]): Cart => ({ currency: 'USD', lines });

export const usd = (amount: string) => ({ amount, currency: 'USD' });

export async function buyerNamed(name: string, own: object = {}): Promise<Buyer> {
  const known = partnersSpec.buyers as PartnersSpec['buyers'];
  const buyer = await definePartners({ ...partnersSpec, buyers: { ...known, [name]: { ...known[name], ...own } } }).buyer(name);
  if (!buyer) throw new Error(`The buyer ${name} of the tests is not declared.`);
  return buyer;
}

export const cxmlSession: CartSession & { readonly protocol: 'cxml' } = {
  protocol: 'cxml',
  cookie: 'LK-1',
  operation: 'create',
  parties: {
    from: [{ domain: 'NetworkID', identity: 'AN01-MEADOW' }],
    to: [{ domain: 'DUNS', identity: '555000999' }],
    sender: { domain: 'AribaNetworkUserId', identity: 'sysadmin@hub.example' },
  },
  returnAddress: 'https://buy.meadow.example/return?req=5521&site=7',
  test: false,
};

export function contextOf(buyer: Buyer, session: CartSession = cxmlSession): CartContext {
  return {
    supplier: partnersSpec.supplier,
    buyer,
    session,
    payloadId: '1790000040.88.1@store.example',
    timestamp: '2026-09-21T09:31:00-04:00',
  };
}

export const ociSession = (buyer: Buyer, more = ''): CartSession => ({
  protocol: 'oci',
  call: ociCallOf(
    readOciForm(`HOOK_URL=${encodeURIComponent('https://srm.mill.example/back?c=1')}&http_content_charset=UTF-8${more}`),
    buyer,
  ),
});

export const ociCart = (buyer: Buyer, cart: Cart, more = ''): WrittenCart =>
  writeCart({ verb: 'return', cart }, contextOf(buyer, ociSession(buyer, more)));

/** What the form holds by name; the problems where there is none. */
export function fieldsOf(written: WrittenCart): Readonly<Record<string, string>> {
  if (written.outcome === 'refused') return { refused: JSON.stringify(written.problems) };
  return Object.fromEntries(written.form.fields.map(({ name, value }) => [name, value]));
}

export const notesOf = (written: WrittenCart): readonly string[] =>
  (written.outcome === 'written' ? written.warnings : written.problems).map(({ line, field, what }) => `${line ?? '-'} ${field} ${what}`);

export const meadow = await buyerNamed('meadow');

export const ended = (ending: Ending, session: Partial<typeof cxmlSession> = {}, buyer = meadow): WrittenCart =>
  writeCart(ending, contextOf(buyer, { ...cxmlSession, ...session }));
export const returned = (cart: Cart, buyer = meadow): WrittenCart => ended({ verb: 'return', cart }, {}, buyer);

/** What the buyer reads: the form as a browser posts it, and the document in it. */
export function received(written: WrittenCart): {
  readonly text: string;
  readonly document: ReturnType<typeof readDocument>;
  readonly cart: PunchoutCart;
} {
  if (written.outcome === 'refused') throw new Error(JSON.stringify(written.problems));
  const body = new URLSearchParams(
    written.form.fields.map(({ name, value }) => [name, value.replace(/\r?\n/g, '\r\n')] as [string, string]),
  ).toString();
  const text = documentOfForm(body, 'application/x-www-form-urlencoded') ?? '';
  const document = readDocument(text);
  return { text, document, cart: document.input as PunchoutCart };
}

export const firstLine = (written: WrittenCart): CartItem => received(written).cart.lines[0] as CartItem;

/** A line with all that a line can have. */
export const everything: CartItem = item({
  buyerPartId: 'LK-100',
  shortName: 'Bearing',
  manufacturer: 'Kelso Bearings',
  manufacturerPartId: '6204-2RS',
  leadTime: '3',
  url: 'https://shop.store.example/p/BRG 6204',
  priceBasis: { quantity: '10', unit: 'EA', conversion: '1' },
  extrinsics: [{ name: 'DetailColor', value: 'steel' }],
  lineExtrinsics: [{ name: 'Project', value: 'LK-9' }],
  tax: { amount: usd('0.08') },
  shipping: { amount: usd('2.50') },
  comments: [{ text: 'one' }, { text: '' }, { text: 'two' }],
});
