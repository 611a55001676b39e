import { defineEvent, type Static, Type } from '@waybill/contract';
import { supplierDocumentKeys } from '../keys/procurement-keys.ts';
import { closed, code, id, list, optional, text } from '../values/text.ts';
import { classification, goods, itemId, lineNumber, priceBasis } from './lines.ts';
import { buyerAddress, charge, exact, extrinsics, operation, priced, written } from './parties.ts';
import { comments, head, order, replaces } from './supplier-document.ts';

// reference/procurement-messages.md, section 3.10.

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
