import { defineCommand, defineEvent, type Static } from '@waybill/contract';
import { batchAvailabilityKeys } from '../keys/distributor-keys.ts';
import { quantity } from '../values/money.ts';
import { closed, id, list, optional, some } from '../values/text.ts';
import { answerStatus, distributorAccount, distributorId, distributorProduct, productAnswer, quotedPrice, requestId } from './parts.ts';

// reference/fulfillment-messages.md, sections 7.5 and 7.6

const lineNumber = id('The line of the request.');

export const batchAvailabilityRequest = closed(
  {
    requestId,
    storeId: id('The store.'),
    distributorId,
    account: optional(distributorAccount),
    lines: some(closed({ product: distributorProduct, lineNumber }, 'One product.'), 'Which products are asked for.'),
  },
  'A request for a report on stock.',
);
export type BatchAvailabilityRequest = Static<typeof batchAvailabilityRequest>;

export const inventoryBatchAvailabilityRequested = defineEvent({
  name: 'inventory.batch-availability-requested',
  summary: 'The store asks a distributor how much it has of many products.',
  data: batchAvailabilityRequest,
  ...batchAvailabilityKeys,
});

export const distributorAvailability = closed(
  {
    product: distributorProduct,
    lineNumber,
    quantity: quantity('How many the distributor has.'),
    listPrice: optional(quotedPrice('List price of one.')),
    ...productAnswer,
  },
  'How much a distributor has of one product.',
);
export type DistributorAvailability = Static<typeof distributorAvailability>;

export const batchAvailabilityInput = closed(
  {
    requestId: optional(requestId),
    distributorId,
    lines: optional(list(distributorAvailability, 'One for each product.')),
    status: optional(answerStatus),
  },
  'How much a distributor has of many products.',
);
export type BatchAvailabilityInput = Static<typeof batchAvailabilityInput>;

export const inventoryRecordBatchAvailability = defineCommand({
  name: 'inventory.record-batch-availability',
  summary: 'Record how much a distributor has of many products.',
  input: batchAvailabilityInput,
  ...batchAvailabilityKeys,
});
