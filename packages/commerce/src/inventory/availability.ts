import { defineCommand, defineEvent, type Static } from '@waybill/contract';
import { availabilityKeys } from '../keys/stock-keys.ts';
import { quantity } from '../values/money.ts';
import { closed, code, id, list, optional, some, text } from '../values/text.ts';
import { instant } from '../values/time.ts';
import { widths } from '../values/widths.ts';

// reference/fulfillment-messages.md, section 7.1

const question = {
  orderId: optional(id('The order that asks.')),
  orderItemId: optional(id('Its item.')),
  partNumber: id('The product.', widths.partNumber),
  requestedQuantity: quantity('How many are wanted.'),
  requestedDate: optional(instant('When they are wanted.')),
  comment: optional(text('A comment for people.')),
};

const delivery = closed(
  {
    availableQuantity: quantity('How many come with this delivery.'),
    estimatedDate: instant('When they are available.'),
    shippingOffset: optional(quantity('Time from availability to shipping, in seconds.')),
  },
  'A part of the answer: how many come, and when.',
);

export const availability = closed(
  {
    ...question,
    storeId: optional(id('The store that asked.')),
    fulfillmentCenterId: optional(id('The center that was asked.')),
    reply: closed(
      { status: code('OK or ERROR.', ['OK', 'ERROR']), code: optional(text('What went wrong, with ERROR.')) },
      'Whether the question could be answered.',
    ),
    deliveries: optional(list(delivery, 'One for each lot.')),
  },
  'What a back end says about the availability of one product.',
);
export type Availability = Static<typeof availability>;

export const availabilityInput = closed(
  { items: some(availability, 'One for each question.') },
  'What a back end says about availability.',
);
export type AvailabilityInput = Static<typeof availabilityInput>;

export const inventoryRecordAvailability = defineCommand({
  name: 'inventory.record-availability',
  summary: 'Record what a back end answered when it was asked for stock.',
  input: availabilityInput,
  ...availabilityKeys,
});

export const availabilityRequest = closed(
  {
    items: some(
      closed({ ...question, storeId: id('The store that asks.'), fulfillmentCenterId: id('The center that is asked.') }, 'One question.'),
      'One for each product.',
    ),
  },
  'Questions to a back end about stock.',
);
export type AvailabilityRequest = Static<typeof availabilityRequest>;

export const inventoryAvailabilityRequested = defineEvent({
  name: 'inventory.availability-requested',
  summary: 'The store asks a back end how much of a product it can have, and when.',
  data: availabilityRequest,
  reply: availabilityInput,
  ...availabilityKeys,
});
