import { defineCommand, defineEvent, type Static } from '@waybill/contract';
import { distributorOrderKeys } from '../keys/distributor-keys.ts';
import { quantity } from '../values/money.ts';
import { closed, id, list, optional, some, text } from '../values/text.ts';
import {
  answerStatus,
  distributorAccount,
  distributorId,
  distributorProduct,
  inventorySource,
  lineNumber,
  quotedPrice,
  requestId,
} from './parts.ts';

// reference/fulfillment-messages.md, sections 7.4 and 7.6

const transferred = {
  unitOfMeasure: optional(text('What the quantity counts.')),
  listPrice: optional(quotedPrice('List price of one.')),
  sellingPrice: optional(quotedPrice('Price of one for the store.')),
  supplierData: optional(text('What the distributor wants to see again, from its quotation.')),
  description: optional(text('Short description.')),
};

export const transferRequest = closed(
  {
    requestId,
    orderId: id('The order.'),
    storeId: id('The store.'),
    distributorId,
    account: optional(distributorAccount),
    lines: some(
      closed({ product: distributorProduct, quantity: quantity('How many are wanted.'), lineNumber, ...transferred }, 'One product.'),
      'What the distributor is to deliver.',
    ),
  },
  'An order that is handed to a distributor.',
);
export type TransferRequest = Static<typeof transferRequest>;

export const orderTransferRequested = defineEvent({
  name: 'order.transfer-requested',
  summary: 'The store hands an order to a distributor.',
  data: transferRequest,
  ...distributorOrderKeys,
});

export const transferInput = closed(
  {
    requestId,
    distributorId,
    orderId: id('The order in the store.'),
    distributorOrderId: text('Number of the cart or order at the distributor; may be empty where the transfer has failed.'),
    distributorOrderUrl: text('Address of the cart or order at the distributor; may be empty.'),
    status: optional(answerStatus),
    lines: optional(
      list(
        closed(
          {
            product: optional(distributorProduct),
            quantity: optional(quantity('How many were taken over.')),
            lineNumber: optional(lineNumber),
            ...transferred,
          },
          'One product.',
        ),
        'What the distributor has taken over.',
      ),
    ),
    inventorySource,
  },
  'What a distributor says of an order that was handed to it.',
);
export type TransferInput = Static<typeof transferInput>;

export const orderConfirmTransfer = defineCommand({
  name: 'order.confirm-transfer',
  summary: 'Record that a distributor has taken an order over, or that it could not.',
  input: transferInput,
  ...distributorOrderKeys,
});
