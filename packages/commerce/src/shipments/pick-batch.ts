import { defineCommand, type Static } from '@waybill/contract';
import { pickBatchKeys } from '../keys/shipment-keys.ts';
import { closed, flag, id, optional } from '../values/text.ts';

// reference/fulfillment-messages.md, sections 6.8 and 6.9

export const pickBatchInput = closed(
  {
    backendPickBatchId: optional(id('Id of the batch at the sender, for the answer.')),
    storeId: id('The store whose releases are picked.'),
    fulfillmentCenterId: id('The center that picks.'),
  },
  'Where releases are to be bundled.',
);
export type PickBatchInput = Static<typeof pickBatchInput>;

export const pickBatch = closed(
  {
    pickBatchId: optional(id('The id that the batch was given. Missing: no release was waiting, and no batch was made.')),
    more: flag('Whether more releases are waiting than one batch holds.'),
  },
  'The batch that was made.',
);
export type PickBatch = Static<typeof pickBatch>;

export const pickBatchGenerate = defineCommand({
  name: 'pick-batch.generate',
  summary: 'Bundle the releases that wait in a fulfillment center into a pick batch.',
  input: pickBatchInput,
  output: pickBatch,
  ...pickBatchKeys,
});
