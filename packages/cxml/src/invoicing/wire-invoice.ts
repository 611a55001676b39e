import type { Comment, Extrinsic, Priced, PurchaseOrderInvoiced } from '@waybill/commerce';
import { type Conversion, ignored, mapping, type Nodes } from '@waybill/mapping';
import { oneOf } from '@waybill/values';
import { type OrderNamed, orderReference } from '../fulfilling/order-reference.ts';
import { comment } from '../parts/comment.ts';
import { extrinsic } from '../parts/extrinsic.ts';
import { id, lineNumber, number, written, yes } from '../parts/texts.ts';
import { amount } from './amount.ts';
import { invoiceLine, type WireInvoiceLine } from './invoice-line.ts';
import { asPartner, type Partner, partner } from './partner.ts';
import { asTax, tax } from './tax.ts';

/** By payload id, or by number alone. */
interface WireOrderInfo {
  reference?: OrderNamed;
  named?: OrderNamed;
}

interface WireOrder extends WireOrderInfo {
  lines?: WireInvoiceLine[];
  /** Lines of services, which events have no place for. */
  services?: { number?: number }[];
}

interface WireHeaderOrder extends WireOrderInfo {
  place: number;
  subtotal: Priced;
  comments?: Comment[];
}

/** What an invoice says of its content. */
export interface Indicators {
  isHeader?: boolean;
  isTaxInLine?: boolean;
  isShippingInLine?: boolean;
}

/** `InvoiceDetailRequest`, as it stands on the wire. */
export interface WireInvoice
  extends Pick<PurchaseOrderInvoiced, 'invoiceId' | 'invoiced' | 'purpose' | 'operation' | 'replaces' | 'original' | 'summary'> {
  indicators?: Indicators;
  partners?: Partner[];
  /** Where goods come from and go to. */
  ends?: Partner[];
  olderTerms?: string[];
  terms?: string[];
  comments?: Comment[];
  extrinsics?: Extrinsic[];
  orders?: WireOrder[];
  headerOrders?: WireHeaderOrder[];
}

const i = mapping<WireInvoice>();
const g = mapping<NonNullable<WireInvoice['original']>>();
const o = mapping<WireOrder>();
const f = mapping<WireOrderInfo>();
const n = mapping<OrderNamed>();
const h = mapping<WireHeaderOrder>();
const s = mapping<WireInvoice['summary']>();
const v = mapping<{ number?: number }>();
const t = mapping<{ days?: string }>();

const purpose = oneOf('standard', 'creditMemo', 'debitMemo', 'lineLevelCreditMemo', 'lineLevelDebitMemo');

const header = (): Nodes<WireInvoice> => [
  i.leaf('@invoiceID', 'invoiceId', id('INV-30177')),
  i.leaf('@purpose?', 'purpose', purpose, { preset: 'standard' }),
  i.leaf('@operation?', 'operation', oneOf('new', 'update', 'delete'), { preset: 'new' }),
  i.leaf('@invoiceDate', 'invoiced', written('2026-10-01T18:00:00-04:00')),
  i.group('InvoiceDetailHeaderIndicator', [i.leaf('@isHeaderInvoice?', 'indicators.isHeader', yes)]),
  i.group('InvoiceDetailLineIndicator', [
    i.leaf('@isTaxInLine?', 'indicators.isTaxInLine', yes),
    i.leaf('@isShippingInLine?', 'indicators.isShippingInLine', yes),
  ]),
  i.turnedList('InvoicePartner*', 'partners', asWhole, [mapping<Whole>().turned('Contact', 'whole', asPartner, partner())]),
  i.group('DocumentReference?', [i.leaf('@payloadID', 'replaces', id('1790000700.88.200700@shop.harborpine.example'))]),
  i.into('InvoiceIDInfo?', 'original', [g.leaf('@invoiceID', 'id', id('INV-30177')), g.leaf('@invoiceDate?', 'date', written())]),
  i.group('InvoiceDetailShipping?', [i.turnedList('Contact*', 'ends', asPartner, partner())]),
  i.turnedList('InvoiceDetailPaymentTerm*', 'olderTerms', asDays, term()),
  i.turnedList('PaymentTerm*', 'terms', asDays, term()),
  i.vector('Comments*', 'comments', comment()),
  i.vector('Extrinsic*', 'extrinsics', extrinsic()),
];

interface Whole {
  whole?: Partner;
}

const asWhole: Conversion<Whole, Partner> = { read: ({ whole }) => whole, write: (whole) => ({ whole }) };
const asDays: Conversion<{ days?: string }, string> = { read: ({ days }) => days, write: (days) => ({ days }) };

const term = (): Nodes<{ days?: string }> => [t.leaf('@payInNumberOfDays?', 'days', number('30')), ignored('@percentageRate?')];

const orderInfo = (): Nodes<WireOrderInfo> => [
  f.group('InvoiceDetailOrderInfo', [
    f.oneOf(
      [f.into('OrderReference', 'reference', orderReference())],
      [f.into('OrderIDInfo', 'named', [n.leaf('@orderID', 'orderId', id('PO-70331')), n.leaf('@orderDate?', 'ordered', written())])],
    ),
  ]),
];

const summary = (): Nodes<WireInvoice['summary']> => [
  amount('SubtotalAmount', 'subtotal'),
  s.turned('Tax', 'tax', asTax, tax()),
  amount('SpecialHandlingAmount?', 'specialHandling'),
  amount('ShippingAmount?', 'shipping'),
  amount('GrossAmount?', 'gross'),
  amount('NetAmount', 'net'),
  amount('DepositAmount?', 'deposit'),
  amount('DueAmount?', 'due'),
];

/** What is in `InvoiceDetailRequest`: reference/procurement-messages.md, section 3.10. */
export const wireInvoice = (): Nodes<WireInvoice> => [
  i.group('InvoiceDetailRequestHeader', header()),
  i.oneOf(
    [
      i.vector('InvoiceDetailOrder+', 'orders', [
        ...orderInfo(),
        o.vector('InvoiceDetailItem*', 'lines', invoiceLine()),
        o.vector('InvoiceDetailServiceItem*', 'services', [v.leaf('@invoiceLineNumber?', 'number', lineNumber)]),
      ]),
    ],
    [
      i.vector('InvoiceDetailHeaderOrder+', 'headerOrders', [
        ...orderInfo(),
        h.group('InvoiceDetailOrderSummary', [
          h.leaf('@invoiceLineNumber', 'place', lineNumber),
          amount('SubtotalAmount', 'subtotal'),
          h.vector('Comments*', 'comments', comment()),
        ]),
      ]),
    ],
  ),
  i.into('InvoiceDetailSummary', 'summary', summary()),
];
