import { defineCommand, type Static, Type } from '@waybill/contract';
import { documentStatusKeys, procurementKeys, purchaseOrderKeys } from '../keys/procurement-keys.ts';
import { closed, code, flag, id, list, optional, some, text } from '../values/text.ts';
import { accounting, cartLine, orderLine } from './lines.ts';
import {
  buyerAddress,
  buyerContact,
  charge,
  comment,
  document,
  exact,
  extrinsics,
  operation,
  priced,
  purchasingCard,
  written,
} from './parties.ts';

// reference/procurement-messages.md, sections 3.4 to 3.7 and 3.11.

const describeInput = closed({ ...document }, 'The question what a supplier can do.');

export const procurementDescribe = defineCommand({
  name: 'procurement.describe',
  summary: 'A buyer asks which documents the supplier takes, and where. Also used as a sign of life.',
  input: describeInput,
  output: closed(
    {
      effective: text('Since when it is so, with offset.'),
      options: optional(Type.Record(Type.String(), text('What is supported.'), { description: 'Of the supplier as a whole, by name.' })),
      transactions: some(
        closed(
          {
            request: id('Name of the document.'),
            url: id('Where to send it.'),
            options: optional(Type.Record(Type.String(), text('What is supported.'), { description: 'By name.' })),
          },
          'A document that is taken.',
        ),
        'What is taken.',
      ),
    },
    'What the supplier can do.',
  ),
  ...procurementKeys,
});
export type ProcurementDescribeInput = Static<typeof describeInput>;

const setUpInput = closed(
  {
    ...document,
    operation: code('What the buyer wants: a new cart, to change one, to look at one, to ask for a price.', [
      'create',
      'edit',
      'inspect',
      'source',
    ]),
    cookie: text('What the cart has to come back with, as it is.'),
    returnAddress: optional(text('Where the browser posts the cart to.')),
    extrinsics,
    contacts: optional(list(buyerContact, 'Who shops.')),
    shipTo: optional(buyerAddress),
    selected: optional(closed({ partId: text('Part number.'), auxiliaryId: optional(text('See the lines.')) }, 'What to show first.')),
    lines: optional(list(cartLine, 'What the buyer holds of an earlier session.')),
  },
  'The start of a session in which a buyer shops.',
);

export const punchoutSetUp = defineCommand({
  name: 'punchout.set-up',
  summary: 'A buyer wants somebody to shop here and to take the cart back.',
  input: setUpInput,
  output: closed({ startPage: id('Address for the browser, good for one visit.') }, 'Where to begin.'),
  ...procurementKeys,
});
export type PunchoutSetUpInput = Static<typeof setUpInput>;

const submitInput = closed(
  {
    ...document,
    orderId: id('Number of the order at the buyer.'),
    ordered: written('When it was ordered.'),
    type: operation,
    orderType: code('Whether it is one delivery, a limit to call off from, or a call-off.', [
      'regular',
      'blanket',
      'release',
      'stockTransport',
      'stockTransportRelease',
    ]),
    version: optional(text('Number of this version of the order.')),
    requisitionId: optional(text('Number of the requisition at the buyer.')),
    replaces: optional(text('Payload id of the document that an update or a delete replaces.')),
    agreementId: optional(text('Number of the agreement that it calls off from.')),
    effective: optional(written('From when a blanket order is good.')),
    expires: optional(written('Until when a blanket order is good.')),
    requestedDelivery: optional(written('When it is wanted.')),
    shipComplete: optional(flag('Whether to wait until all is there.')),
    total: priced('Price of the lines, without shipping and tax; of a blanket order, the limit.'),
    shipTo: optional(buyerAddress),
    billTo: optional(buyerAddress),
    shipping: optional(charge),
    tax: optional(charge),
    card: optional(purchasingCard),
    paymentDays: optional(exact('Days until it is to be paid.', '30')),
    contacts: optional(list(buyerContact, 'Whom to ask.')),
    comments: optional(list(comment, 'Remarks.')),
    followUp: optional(
      text('Where the buyer wants to be told of the order. It is never used: the address comes from the profile of the buyer.'),
    ),
    extrinsics,
    accounting: optional(accounting),
    lines: some(orderLine, 'What is ordered.'),
  },
  'A purchase order, or its new state, or its end.',
);

export const purchaseOrderSubmit = defineCommand({
  name: 'purchase-order.submit',
  summary: 'A buyer orders, replaces an order, or takes it back.',
  input: submitInput,
  output: closed(
    { state: code('Whether it is done with, or will be reported on later.', ['done', 'queued']), note: optional(text('For people.')) },
    'What was done.',
  ),
  ...purchaseOrderKeys,
});
export type PurchaseOrderSubmitInput = Static<typeof submitInput>;

const askStatusInput = closed(
  {
    ...document,
    requestId: id('Number of the question at the buyer.'),
    orderId: optional(id('Number of the order at the buyer.')),
    orderPayloadId: optional(id('Payload id of the order.')),
    contacts: optional(list(buyerContact, 'Who asks.')),
    comments: optional(list(comment, 'Remarks.')),
  },
  'A question about an order.',
);

export const purchaseOrderAskStatus = defineCommand({
  name: 'purchase-order.ask-status',
  summary: 'A buyer asks how far an order has come; the answer is a confirmation.',
  input: askStatusInput,
  ...purchaseOrderKeys,
});
export type PurchaseOrderAskStatusInput = Static<typeof askStatusInput>;

const noteStatusInput = closed(
  {
    ...document,
    about: optional(id('Payload id of the document that it speaks of.')),
    invoiceId: optional(id('Number of the invoice that it speaks of.')),
    invoiceDate: optional(written('Its date.')),
    code: Type.Integer({ description: 'Status code.', minimum: 100, maximum: 999 }),
    text: text('The status in a word.'),
    detail: optional(text('In words.')),
    state: optional(text('State of an invoice or a document at the buyer: processing, reconciled, rejected, paying, paid.')),
    paid: optional(priced('What was paid of it.')),
  },
  'What became of a document at the buyer.',
);

export const documentNoteStatus = defineCommand({
  name: 'document.note-status',
  summary: 'A buyer tells what became of a document that was sent to it, such as an invoice.',
  input: noteStatusInput,
  ...documentStatusKeys,
});
export type DocumentNoteStatusInput = Static<typeof noteStatusInput>;
