import type { PurchaseOrderSubmitInput } from '@waybill/commerce';
import { memoryStorage, OrderBook, type OrderRules, type OrderStorage } from '../../../src/index.ts';

export const now = '2026-10-05T14:00:00.000Z';
export const later = '2026-10-06T08:00:00+00:00';

export const usd = (amount: string) => ({ amount, currency: 'USD' });

type Line = PurchaseOrderSubmitInput['lines'][number];

/** Twenty bolts and six boxes of oil. */
export const bolts: Line = { number: 1, quantity: '20', partId: 'NW-100-10', price: usd('4.25'), unit: 'EA' };
export const oil: Line = { number: 2, quantity: '6', partId: 'NW-200-20', price: usd('11.40'), unit: 'BX' };

let documents = 0;

/** A document of larkfield about its order PO-71030: 153.40 USD in two lines. Each has a payload id of its own. */
export function document(change: Partial<PurchaseOrderSubmitInput> = {}): PurchaseOrderSubmitInput {
  const buyer = { domain: 'NetworkID', identity: 'AN11000000123' };
  return {
    payloadId: `${++documents}@buy.larkfield.example`,
    timestamp: '2026-10-05T10:00:00-04:00',
    test: false,
    parties: { from: [buyer], to: [{ domain: 'DUNS', identity: '555000321' }], sender: buyer },
    orderId: 'PO-71030',
    ordered: '2026-10-05T09:58:00-04:00',
    type: 'new',
    orderType: 'regular',
    total: usd('153.40'),
    lines: [bolts, oil],
    ...change,
  };
}

export const place = { buyer: 'larkfield', orderId: 'PO-71030' };

/** A book, with what the tests look at. */
export function openBook(rules: Partial<OrderRules> = {}): { readonly book: OrderBook; readonly storage: OrderStorage } {
  const storage = memoryStorage();
  return { book: new OrderBook(storage, () => rules), storage };
}

/** A book that has one order, taken as it came. */
export function bookWith(input: PurchaseOrderSubmitInput, rules: Partial<OrderRules> = {}): OrderBook {
  const { book } = openBook(rules);
  book.submit('larkfield', input, now);
  return book;
}

/** The message of what `step` throws; undefined where it throws nothing. */
export function refusal(step: () => unknown): string | undefined {
  try {
    step();
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}
