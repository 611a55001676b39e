import type { PurchaseOrderInvoiced } from '@waybill/commerce';
import { mapping, type Nodes } from '@waybill/mapping';
import { comment, oneComment } from '../parts/comment.ts';
import { type Described, description } from '../parts/description.ts';
import { asClass, classification, type ItemId, itemId, priceBasis } from '../parts/item.ts';
import { money } from '../parts/money.ts';
import { id, lineNumber, number, present } from '../parts/texts.ts';
import { amount } from './amount.ts';
import { asPartner, type Partner, partner } from './partner.ts';
import { asTax, tax } from './tax.ts';

export type InvoiceLine = NonNullable<PurchaseOrderInvoiced['lines']>[number];

/** `InvoiceDetailItem`, as it stands on the wire. */
export interface WireInvoiceLine extends Omit<InvoiceLine, 'partId' | 'auxiliaryId' | 'buyerPartId' | 'description' | 'shipping'> {
  ids?: ItemId;
  told?: Described;
  shipping?: { ends?: Partner[]; amount: InvoiceLine['price'] };
}

const l = mapping<WireInvoiceLine>();
const s = mapping<NonNullable<WireInvoiceLine['shipping']>>();

const reference = (): Nodes<WireInvoiceLine> => [
  l.leaf('@lineNumber', 'orderLine', lineNumber),
  l.into('ItemID?', 'ids', itemId()),
  l.into('Description?', 'told', description()),
  l.turnedList('Classification*', 'classifications', asClass, classification()),
];

/** What is in `InvoiceDetailItem`: reference/procurement-messages.md, section 3.10. */
export const invoiceLine = (): Nodes<WireInvoiceLine> => [
  l.leaf('@invoiceLineNumber', 'number', lineNumber),
  l.leaf('@quantity', 'quantity', number('12')),
  l.leaf('UnitOfMeasure', 'unit', id('EA')),
  amount('UnitPrice', 'price'),
  l.into('PriceBasisQuantity?', 'priceBasis', priceBasis()),
  l.group('InvoiceDetailItemReference', reference()),
  amount('SubtotalAmount', 'subtotal'),
  l.turned('Tax?', 'tax', asTax, tax()),
  l.into('InvoiceDetailLineShipping?', 'shipping', [
    s.group('InvoiceDetailShipping', [s.turnedList('Contact*', 'ends', asPartner, partner())]),
    s.into('Money', 'amount', money()),
  ]),
  amount('GrossAmount?', 'gross'),
  amount('NetAmount?', 'net'),
  l.vector('Comments*', 'comments', comment()),
];

/** A line as events have it. Shipping has no words of its own on the wire. */
export function lineOf({ ids, told, shipping, ...rest }: WireInvoiceLine): InvoiceLine {
  return present({ ...rest, ...ids, description: told?.text, shipping: shipping && { amount: shipping.amount } }) as InvoiceLine;
}

/** `ends`: where goods come from and go to, which shipping in a line has to say. */
export function lineOnWire(line: InvoiceLine, ends: readonly Partner[]): WireInvoiceLine {
  const { partId, auxiliaryId, buyerPartId, description: text, shipping, comments, ...rest } = line;
  const isNamed = [partId, auxiliaryId, buyerPartId].some((each) => each !== undefined);
  return present({
    ...rest,
    ids: isNamed ? present({ partId: partId ?? '', auxiliaryId, buyerPartId }) : undefined,
    told: text === undefined ? undefined : { text },
    shipping: shipping && { ends: [...ends], amount: shipping.amount },
    comments: oneComment(comments),
  }) as WireInvoiceLine;
}
