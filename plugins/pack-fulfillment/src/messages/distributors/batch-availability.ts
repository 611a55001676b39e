import { type BatchAvailabilityInput, type DistributorAvailability, inventoryRecordBatchAvailability } from '@waybill/commerce';
import { mapping } from '@waybill/mapping';
import { bind } from '../../binding.ts';
import { framed } from '../../envelope.ts';
import { id, quantity } from '../../parts.ts';
import {
  condition,
  description,
  distributorCredentials,
  distributorId,
  estimatedDate,
  messageStatus,
  pricePartsReversed,
  productParts,
  promotions,
  requestId,
  unitOfMeasure,
  warehouses,
} from './parts.ts';

// Update_WCS_BatchAvailability 1.0: reference/fulfillment-messages.md, section 7.5.

const i = mapping<BatchAvailabilityInput>();
const l = mapping<DistributorAvailability>();

const batchAvailability = framed<BatchAvailabilityInput>(
  {
    verb: 'Update',
    noun: 'WCS_BatchAvailability',
    version: '1.0',
    command: inventoryRecordBatchAvailability.name,
    control: () => [distributorCredentials()],
  },
  () => [
    i.leaf('messageIdentifier?', 'requestId', requestId, { about: 'the request that is answered' }),
    // The schema lets it be missing. Then nobody could tell whose stock it is.
    i.leaf('distributorIdentifier', 'distributorId', distributorId),
    i.group('BatchAvailability', [
      i.vector('BatchAvailabilityLineItem*', 'lines', [
        l.into('productIdentification', 'product', productParts()),
        l.leaf('lineNumber', 'lineNumber', id('1'), { about: 'the line of the request' }),
        l.leaf('quantity', 'quantity', quantity('380'), { about: 'how many the distributor has' }),
        l.into('listPrice?', 'listPrice', pricePartsReversed()),
        l.leaf('unitOfMeasure?', 'unitOfMeasure', unitOfMeasure),
        condition(),
        l.leaf('description?', 'description', description),
        estimatedDate(),
        promotions(),
        warehouses(),
      ]),
      messageStatus(),
    ]),
  ],
);

export const batchAvailabilityBinding = bind({
  type: {
    name: 'Update_WCS_BatchAvailability',
    version: '1.0',
    direction: 'in',
    commands: [inventoryRecordBatchAvailability],
    summary: 'What a distributor answers to batchAvailabilityRequest: how much it has of each product.',
  },
  message: batchAvailability,
});
