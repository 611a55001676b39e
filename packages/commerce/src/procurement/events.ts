import { defineEvent, type Static, Type } from '@waybill/contract';
import { supplierDocumentKeys } from '../keys/procurement-keys.ts';
import { closed, code, flag, id, list, optional, some, text } from '../values/text.ts';
import { cartLine, classification, goods, itemId, lineNumber, priceBasis } from './lines.ts';
import { buyerAddress, buyerContact, charge, comment, exact, extrinsics, operation, parties, priced, written } from './parties.ts';

// reference/procurement-messages.md, sections 3.8 to 3.11.

/** What every document to a buyer has. */
const head = {
  buyer: id('The buyer, by the name that the directory of partners has for it.'),
  parties,
  test: optional(flag('Whether it is for a test.')),
};

/** The order that a document speaks of. */
const order = {
  orderId: id('Number of the order at the buyer.'),
  ordered: optional(written('When it was ordered, as the buyer wrote it.')),
  orderPayloadId: optional(id('Payload id of the newest document of the order.')),
};

const replaces = optional(id('Payload id of the document that this one replaces.'));
const comments = optional(list(comment, 'Remarks.'));
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

const shippedData = closed(
  {
    ...head,
    shipmentId: id('Number of the shipment.'),
    operation,
    replaces,
    noticed: written('When it was written, with offset.'),
    shipment: optional(written('When it was shipped.')),
    delivery: optional(written('When it will be there.')),
    type: optional(code('Whether it has left.', ['actual', 'planned'])),
    fulfillment: optional(code('Whether more will follow.', ['partial', 'complete'])),
    contacts: optional(list(buyerContact, 'Whom to ask; `shipFrom` says where it comes from.')),
    comments,
    extrinsics,
    carriers: optional(
      list(
        closed(
          {
            identifiers: some(closed({ domain: id('The list.'), code: text('The carrier in it.') }, 'A name.'), 'Who carries it.'),
            tracking: some(
              closed(
                {
                  number: id('The number.'),
                  domain: optional(text('What number it is: trackingNumber, billOfLading.')),
                  date: optional(written('Since when.')),
                  url: optional(text('Where to follow it.')),
                },
                'A number.',
              ),
              'Numbers to follow it by.',
            ),
            method: optional(text('How it travels: motor, air.')),
            starts: optional(written('From when on; of all but the first.')),
          },
          'One part of the way.',
        ),
        'Who carries it.',
      ),
    ),
    orders: list(
      closed(
        {
          ...order,
          lines: optional(
            list(
              closed(
                {
                  number: lineNumber,
                  quantity: exact('How many.', '12'),
                  unit: id('Unit of measure.'),
                  ordered: optional(exact('How many were ordered.', '20')),
                  ...itemId,
                  batch: optional(text('Number of the batch.')),
                },
                'One line.',
              ),
              'What is in it of the order. None: all of the order.',
            ),
          ),
        },
        'One order.',
      ),
      'What is in it. None: only where a notice is taken back.',
    ),
  },
  'What was shipped.',
);
export const purchaseOrderShipped = defineEvent({
  name: 'purchase-order.shipped',
  summary: 'Goods of an order of a buyer have left, or will.',
  data: shippedData,
  ...supplierDocumentKeys,
});
export type PurchaseOrderShipped = Static<typeof shippedData>;

const invoiceTax = closed(
  {
    amount: priced('The tax.'),
    description: text('What tax it is.'),
    language: optional(text('Language of the description.')),
    details: optional(
      list(
        closed(
          {
            category: id('sales, vat, gst.'),
            rate: optional(exact('In percent.', '8')),
            taxable: optional(priced('What it is on.')),
            amount: priced('The tax.'),
            location: optional(text('Where it is due.')),
            purpose: optional(text('What it is for: tax, shippingTax.')),
            description: optional(text('In words.')),
          },
          'One tax.',
        ),
        'Its parts.',
      ),
    ),
  },
  'Tax.',
);

const invoicedData = closed(
  {
    ...head,
    ...order,
    invoiceId: id('Number of the invoice.'),
    invoiced: written('Its date, with offset.'),
    purpose: code('What it is.', ['standard', 'creditMemo', 'debitMemo', 'lineLevelCreditMemo', 'lineLevelDebitMemo']),
    operation,
    /** Of a credit or a debit, and of a delete. */
    replaces,
    original: optional(closed({ id: id('Its number.'), date: optional(written('Its date.')) }, 'The invoice that a credit speaks of.')),
    partners: optional(
      list(
        closed({ role: id('remitTo, billTo, soldTo, from, shipFrom, shipTo.'), address: buyerAddress }, 'A partner.'),
        'Who takes part.',
      ),
    ),
    paymentDays: optional(exact('Days until it is to be paid.', '30')),
    comments,
    extrinsics,
    lines: optional(
      list(
        closed(
          {
            number: Type.Integer({ description: 'Number of the line in the invoice.', minimum: 1 }),
            orderLine: lineNumber,
            quantity: exact('How many; negative in a credit.', '15'),
            unit: id('Unit of measure.'),
            price: priced('Price of one unit, or of what the basis says.'),
            priceBasis: optional(priceBasis),
            ...itemId,
            description: goods.description,
            classifications: optional(list(classification, 'Classes.')),
            subtotal: priced('Price of the quantity.'),
            tax: optional(invoiceTax),
            shipping: optional(charge),
            gross: optional(priced('With tax and shipping.')),
            net: optional(priced('What is to be paid for it.')),
            comments,
          },
          'One line.',
        ),
        'What is invoiced. None: the order as a whole, in a header invoice.',
      ),
    ),
    summary: closed(
      {
        subtotal: priced('Of all lines.'),
        tax: invoiceTax,
        specialHandling: optional(priced('For special handling.')),
        shipping: optional(priced('For shipping.')),
        gross: optional(priced('With tax and shipping.')),
        net: priced('What is to be paid.'),
        deposit: optional(priced('What was paid before.')),
        due: optional(priced('What is still to be paid.')),
      },
      'What it adds up to.',
    ),
  },
  'An invoice, or a credit.',
);
export const purchaseOrderInvoiced = defineEvent({
  name: 'purchase-order.invoiced',
  summary: 'The supplier wants money for an order of a buyer, or gives some back.',
  data: invoicedData,
  ...supplierDocumentKeys,
});
export type PurchaseOrderInvoiced = Static<typeof invoicedData>;

const statusData = closed(
  {
    ...head,
    orderId: optional(id('Number of the order at the buyer.')),
    about: id('Payload id of the document that it speaks of.'),
    code: Type.Integer({ description: 'Status code.', minimum: 200, maximum: 599 }),
    text: text('The status in a word.'),
    detail: optional(text('In words.')),
    language: optional(text('Language of the detail.')),
    extrinsics,
  },
  'What became of a document of a buyer.',
);
export const purchaseOrderProgressed = defineEvent({
  name: 'purchase-order.progressed',
  summary: 'What became of an order that was taken and not yet worked on when it came.',
  data: statusData,
  ...supplierDocumentKeys,
});
export type PurchaseOrderProgressed = Static<typeof statusData>;

const catalogData = closed(
  {
    ...head,
    name: text('Name of the catalog.'),
    description: text('What is in it.'),
    language: optional(text('Language of name and description.')),
    operation: code('Whether the buyer has it already.', ['new', 'update']),
    publish: optional(flag('Whether the buyer publishes it by itself.')),
    notify: optional(text('E-mail address that is told how it went.')),
    file: closed(
      {
        name: id('Name of the file.'),
        contentType: id('Media type.'),
        content: Type.String({ description: 'What is in it, in base64.' }),
      },
      'The catalog itself.',
    ),
  },
  'A catalog for a buyer.',
);
export const catalogPublished = defineEvent({
  name: 'catalog.published',
  summary: 'The supplier has a new catalog for a buyer.',
  data: catalogData,
  ...supplierDocumentKeys,
});
export type CatalogPublished = Static<typeof catalogData>;
