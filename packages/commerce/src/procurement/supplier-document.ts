import { flag, id, list, optional } from '../values/text.ts';
import { comment, parties, written } from './parties.ts';

/** What every document to a buyer has. */
export const head = {
  buyer: id('The buyer, by the name that the directory of partners has for it.'),
  parties,
  payloadId: optional(
    id(
      'Payload id of the document, where the application has to know it: a later document names the one that it replaces. Default: one that is made for the message.',
    ),
  ),
  test: optional(flag('Whether it is for a test.')),
};

/** The order that a document speaks of. */
export const order = {
  orderId: id('Number of the order at the buyer.'),
  ordered: optional(written('When it was ordered, as the buyer wrote it.')),
  orderPayloadId: optional(id('Payload id of the newest document of the order.')),
};

export const replaces = optional(id('Payload id of the document that this one replaces.'));
export const comments = optional(list(comment, 'Remarks.'));
