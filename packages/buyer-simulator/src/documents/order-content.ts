import type { CartLine, PurchaseOrderSubmitInput } from '@waybill/commerce';
import { priceOf, sumOf } from '../requisitions/exact.ts';
import type { Requisition } from '../requisitions/requisition.ts';
import { present } from './present.ts';

/** What is known of an order but for what stands around every document. */
export type OrderContent = Omit<PurchaseOrderSubmitInput, 'payloadId' | 'timestamp' | 'test' | 'parties'>;

export interface OrderStep {
  readonly type: 'new' | 'update' | 'delete';
  readonly orderId: string;
  /** When it was ordered, as the buyer writes it. */
  readonly ordered: string;
  /** Payload id of the document before. */
  readonly replaces: string | undefined;
  readonly version: number;
}

const plant = {
  id: 'PLANT-7',
  name: 'Larkfield Manufacturing, Plant 7',
  deliverTo: ['Dana Okafor', 'Dock 3'],
  lines: ['41 Foundry Road'],
  city: 'Millbrook',
  state: 'OH',
  postalCode: '45011',
  country: 'US',
  countryName: 'United States',
  email: 'receiving@larkfield.example',
};

/** The order of a requisition, whole in each of its versions: reference/procurement-messages.md, section 3.7. */
export function orderContentOf({ id, lines, total, shipping, tax }: Requisition, step: OrderStep): OrderContent {
  const { type, orderId, ordered, replaces, version } = step;
  const currency = total?.currency ?? lines.find(({ price }) => price)?.price?.currency ?? 'USD';
  return present<OrderContent>({
    orderId,
    ordered,
    type,
    orderType: 'regular',
    version: String(version),
    requisitionId: id,
    replaces,
    total: { amount: sumOf(lines.map(amountOf)), currency },
    shipTo: plant,
    billTo: { ...plant, id: 'AP-1', name: 'Larkfield Manufacturing, Accounts Payable', deliverTo: ['Accounts Payable'] },
    shipping: shipping && { amount: shipping, description: 'Shipping' },
    tax: tax && { amount: tax, description: 'Tax' },
    contacts: [{ role: 'endUser', name: 'Dana Okafor', emails: ['dana@larkfield.example'] }],
    comments: [{ text: 'Call the gatehouse before delivery.', language: 'en-US' }],
    lines: lines.map((line, place) => ({ ...line, number: line.number ?? place + 1 })),
  });
}

/** What a line costs. */
export function amountOf({ price, priceBasis, quantity }: CartLine): string {
  return price ? priceOf(price.amount, quantity, priceBasis?.quantity) : '0.00';
}
