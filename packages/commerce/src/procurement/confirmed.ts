import { defineEvent, type Static } from '@waybill/contract';
import { supplierDocumentKeys } from '../keys/procurement-keys.ts';
import { closed, code, id, list, optional, some } from '../values/text.ts';
import { cartLine, lineNumber } from './lines.ts';
import { buyerContact, charge, exact, extrinsics, operation, priced, written } from './parties.ts';
import { comments, head, order, replaces } from './supplier-document.ts';

// reference/procurement-messages.md, section 3.8.

const lineStatus = closed(
  {
    quantity: exact('How many units.', '12'),
    unit: id('Unit of measure.'),
    type: code('What becomes of them.', ['accept', 'allDetail', 'backordered', 'detail', 'reject', 'requestToPay', 'unknown']),
    shipment: optional(written('When they are shipped.')),
    delivery: optional(written('When they are delivered.')),
    price: optional(priced('The new price.')),
    tax: optional(charge),
    shipping: optional(charge),
    substitute: optional(cartLine),
    comments,
  },
  'A part of a line.',
);

const confirmedData = closed(
  {
    ...head,
    ...order,
    confirmationId: optional(id('Number of the confirmation.')),
    type: code('What is said of the order as a whole.', [
      'accept',
      'allDetail',
      'backordered',
      'detail',
      'except',
      'reject',
      'replace',
      'requestToPay',
    ]),
    operation,
    replaces,
    noticed: written('When it was decided, with offset.'),
    answers: optional(id('Number of the question that it answers.')),
    total: optional(priced('The new total.')),
    shipping: optional(charge),
    tax: optional(charge),
    contacts: optional(list(buyerContact, 'Whom to ask.')),
    comments,
    extrinsics,
    lines: optional(
      list(
        closed(
          {
            number: lineNumber,
            quantity: exact('How many were ordered.', '20'),
            unit: id('Unit of measure.'),
            statuses: some(lineStatus, 'What becomes of them; they add up to the quantity.'),
          },
          'What becomes of one line.',
        ),
        'What becomes of the lines.',
      ),
    ),
  },
  'What the supplier says to an order.',
);
export const purchaseOrderConfirmed = defineEvent({
  name: 'purchase-order.confirmed',
  summary: 'The supplier accepts, changes or refuses an order of a buyer, as a whole or line by line.',
  data: confirmedData,
  ...supplierDocumentKeys,
});
export type PurchaseOrderConfirmed = Static<typeof confirmedData>;
