import { defineEvent, type Static, Type } from '@waybill/contract';
import { supplierDocumentKeys } from '../keys/procurement-keys.ts';
import { closed, id, optional, text } from '../values/text.ts';
import { extrinsics } from './parties.ts';
import { head } from './supplier-document.ts';

// reference/procurement-messages.md, section 3.11.

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
