import type { PurchaseOrderSubmitInput } from '@waybill/commerce';
import { type NewBuyer, type Store, seeded } from '../../src/index.ts';

export const larkfield: NewBuyer = {
  name: 'larkfield',
  customerId: seeded.customerId,
  storeId: seeded.storeId,
  host: 'shop.example',
};

export const cad = (amount: string) => ({ amount, currency: 'CAD' });

const identity = { domain: 'NetworkID', identity: 'AN11000000123' };

let documents = 0;

/** Four lamps at 60.00 and two ropes at 18.25 from the stock of the seed: 276.50 in all. Each document has an id of its own. */
export function buyerOrder(change: Partial<PurchaseOrderSubmitInput> = {}): PurchaseOrderSubmitInput {
  return {
    payloadId: `${++documents}@buy.larkfield.example`,
    timestamp: '2026-10-05T10:00:00-04:00',
    test: false,
    parties: { from: [identity], to: [{ domain: 'DUNS', identity: '555000321' }], sender: identity },
    orderId: 'PO-71030',
    ordered: '2026-10-05T09:58:00-04:00',
    type: 'new',
    orderType: 'regular',
    total: cad('276.50'),
    shipTo: {
      name: 'Larkfield Tools',
      deliverTo: ['Dock 3'],
      lines: ['40 Mill Race'],
      city: 'Larkfield',
      state: 'ON',
      postalCode: 'N0B 1A0',
      country: 'CA',
    },
    lines: [
      { number: 1, quantity: '4', partId: 'HP-LAMP-02', price: cad('60'), unit: 'EA' },
      { number: 2, quantity: '2', partId: 'HP-ROPE-10', price: cad('18.25'), unit: 'EA' },
    ],
    ...change,
  };
}

export const place = { buyer: 'larkfield', orderId: 'PO-71030' };

export function stockOf(store: Store, partNumber = 'HP-LAMP-02'): string | undefined {
  return store.stock({ storeId: seeded.storeId, centerId: seeded.centerId, partNumber });
}
