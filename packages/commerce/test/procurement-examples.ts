import type {
  CatalogPublished,
  DocumentNoteStatusInput,
  ProcurementDescribeInput,
  PunchoutSetUpInput,
  PurchaseOrderAskStatusInput,
  PurchaseOrderConfirmed,
  PurchaseOrderInvoiced,
  PurchaseOrderProgressed,
  PurchaseOrderShipped,
  PurchaseOrderSubmitInput,
} from '../src/index.ts';

// A buyer, its order, and what the supplier says to it.

const buyer = { domain: 'NetworkID', identity: 'AN11000000123' };
const supplier = { domain: 'DUNS', identity: '555000321' };
const fromBuyer = { from: [buyer], to: [supplier], sender: buyer, userAgent: 'Larkfield Buy 9' };
const toBuyer = { from: [supplier], to: [buyer] };
const usd = (amount: string) => ({ amount, currency: 'USD' });

const shipTo = {
  id: 'L-40',
  idDomain: 'buyerLocationID',
  name: 'Larkfield Tools, Works 2',
  deliverTo: ['Ines Aldermann', 'Dock 3'],
  lines: ['40 Mill Race'],
  city: 'Larkfield',
  municipality: 'East',
  state: 'OH',
  postalCode: '44001',
  country: 'US',
  countryName: 'United States',
  email: 'dock3@larkfield.example',
  phone: '555-0170',
  fax: '555-0171',
};
const shopper = { role: 'endUser', id: 'ialdermann', name: 'Ines Aldermann', emails: ['ines@larkfield.example'], phones: ['555-0172'] };

export const described: ProcurementDescribeInput = {
  payloadId: '1759658400000.1.1@buy.larkfield.example',
  timestamp: '2026-10-05T10:00:00-04:00',
  test: false,
  parties: fromBuyer,
};

export const setUp: PunchoutSetUpInput = {
  ...described,
  operation: 'edit',
  cookie: '34;R&amp=7 "x"',
  returnAddress: 'https://buy.larkfield.example/return?s=9',
  extrinsics: [
    { name: 'UserEmail', value: 'ines@larkfield.example' },
    { name: 'CostCenter', value: '4711', content: { name: 'Segment', attributes: { id: '4711' }, children: [] } },
  ],
  contacts: [shopper],
  shipTo,
  selected: { partId: 'NW-100-10', auxiliaryId: 'c/81#1' },
  lines: [{ number: 1, quantity: '20', partId: 'NW-100-10', auxiliaryId: 'c/81#1', price: usd('4.25'), unit: 'EA' }],
};

export const submitted: PurchaseOrderSubmitInput = {
  ...described,
  orderId: 'PO-71030',
  ordered: '2026-10-05T09:58:00-04:00',
  type: 'new',
  orderType: 'regular',
  requisitionId: 'RQ-5512',
  total: usd('153.40'),
  shipTo,
  billTo: { name: 'Larkfield Tools, Accounts' },
  shipping: { amount: usd('12.00'), description: 'Ground' },
  tax: { amount: usd('9.20'), description: 'Sales tax' },
  card: { number: '4111111111111111', expires: '2027-03', holder: 'Ines Aldermann' },
  paymentDays: '30',
  contacts: [shopper],
  comments: [{ text: 'Ring at dock 3.', language: 'en', attachments: [{ url: 'cid:drawing@larkfield.example', name: 'Drawing 7.pdf' }] }],
  lines: [
    { number: 1, quantity: '20', partId: 'NW-100-10', price: usd('4.25'), unit: 'EA', description: 'Hex bolt', language: 'en' },
    {
      number: 2,
      quantity: '6',
      adHoc: true,
      price: usd('11.40'),
      unit: 'BX',
      description: 'Oil, as last time',
      accounting: [{ name: 'Cost', segments: [{ type: 'CostCenter', id: '4711', description: 'Works 2' }], charge: usd('68.40') }],
    },
  ],
};

export const statusAsked: PurchaseOrderAskStatusInput = {
  ...described,
  requestId: 'Q-18',
  orderId: 'PO-71030',
  orderPayloadId: described.payloadId,
  contacts: [shopper],
};

export const statusNoted: DocumentNoteStatusInput = {
  ...described,
  about: '1759762800000.4.9@shop.example',
  invoiceId: 'I-2231',
  code: 200,
  text: 'OK',
  state: 'paid',
  paid: usd('68.85'),
};

const order = { orderId: 'PO-71030', ordered: submitted.ordered, orderPayloadId: submitted.payloadId };

export const confirmedOrder: PurchaseOrderConfirmed = {
  buyer: 'larkfield',
  parties: toBuyer,
  payloadId: '1759762800000.4.7@shop.example',
  ...order,
  confirmationId: 'C-1',
  type: 'detail',
  operation: 'new',
  noticed: '2026-10-06T08:00:00+00:00',
  contacts: [{ role: 'sales', name: 'Ruben Teal', emails: ['ruben@shop.example'] }],
  lines: [
    {
      number: 1,
      quantity: '20',
      unit: 'EA',
      statuses: [
        { quantity: '12', unit: 'EA', type: 'accept', delivery: '2026-10-09T00:00:00+00:00' },
        { quantity: '8', unit: 'EA', type: 'backordered', comments: [{ text: 'Due on the 20th.' }] },
      ],
    },
  ],
};

export const shippedOrder: PurchaseOrderShipped = {
  buyer: 'larkfield',
  parties: toBuyer,
  shipmentId: 'SH-1',
  operation: 'new',
  noticed: '2026-10-07T08:00:00+00:00',
  shipment: '2026-10-07T07:30:00+00:00',
  type: 'actual',
  fulfillment: 'partial',
  carriers: [{ identifiers: [{ domain: 'SCAC', code: 'NLIN' }], tracking: [{ number: 'NL93300121US' }], method: 'motor' }],
  orders: [{ ...order, lines: [{ number: 1, quantity: '12', unit: 'EA', ordered: '20', partId: 'NW-100-10', batch: 'B-7' }] }],
};

const tax = { amount: usd('5.10'), description: 'Sales tax', details: [{ category: 'sales', rate: '8', amount: usd('5.10') }] };

export const invoicedOrder: PurchaseOrderInvoiced = {
  buyer: 'larkfield',
  parties: toBuyer,
  ...order,
  invoiceId: 'I-2231',
  invoiced: '2026-10-08T08:00:00+00:00',
  purpose: 'standard',
  operation: 'new',
  partners: [{ role: 'billTo', address: shipTo }],
  lines: [
    {
      number: 1,
      orderLine: 1,
      quantity: '15',
      unit: 'EA',
      price: usd('4.25'),
      partId: 'NW-100-10',
      subtotal: usd('63.75'),
      tax,
      gross: usd('68.85'),
      net: usd('68.85'),
    },
  ],
  summary: { subtotal: usd('63.75'), tax, gross: usd('68.85'), net: usd('68.85'), due: usd('68.85') },
};

export const progressed: PurchaseOrderProgressed = {
  buyer: 'larkfield',
  parties: toBuyer,
  orderId: 'PO-71030',
  about: submitted.payloadId,
  code: 200,
  text: 'OK',
  detail: 'Taken as it is.',
  language: 'en',
};

export const published: CatalogPublished = {
  buyer: 'larkfield',
  parties: toBuyer,
  name: 'Bolts',
  description: 'All bolts of the autumn',
  operation: 'update',
  publish: true,
  notify: 'catalog@larkfield.example',
  file: { name: 'bolts.cif', contentType: 'text/plain', content: 'Q0lGX0lfVjMuMA==' },
};
