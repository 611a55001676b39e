import {
  type Availability,
  type AvailabilityInput,
  type AvailabilityRequest,
  inventoryAvailabilityRequested,
  inventoryRecordAvailability,
} from '@waybill/commerce';
import { mapping } from '@waybill/mapping';
import { oneOf } from '@waybill/values';
import { bind } from '../binding.ts';
import { credentials, framed } from '../envelope.ts';
import { id, instant, partNumber, quantity, words } from '../parts.ts';
import { storeOfAll } from '../store.ts';

// Request_WCS_BE_ProductInventory 1.0: reference/fulfillment-messages.md, section 7.1. One schema serves the question and
// the answer; what each of them must have is in the remarks of the schema.

type Question = AvailabilityRequest['items'][number];

const q = mapping<Question>();
const a = mapping<Availability>();
const r = mapping<Availability['reply']>();
const d = mapping<NonNullable<Availability['deliveries']>[number]>();

const asked = () => [
  q.leaf('WCOrderId?', 'orderId', id('12011')),
  q.leaf('WCOrderItemId?', 'orderItemId', id('45020')),
  q.leaf('ProductSKU', 'partNumber', partNumber),
  q.leaf('RequestedQuantity', 'requestedQuantity', quantity('6')),
  q.leaf('RequestedDate?', 'requestedDate', instant()),
];
const store = { about: 'the store that asks' };
const center = { about: 'the center that is asked' };
const comment = () => q.leaf('Comment?', 'comment', words('First parcel handed to the carrier'), { about: 'for people' });

const noun = 'WCS_BE_ProductInventory';
const root = `Request_${noun}`;
const frame = { noun, root, version: '1.0', spoken: true, control: () => [credentials()] } as const;

const request = framed<AvailabilityRequest>({ ...frame, verb: 'Request' }, () => [
  mapping<AvailabilityRequest>().vector('ProductInventoryInfo+', 'items', [
    ...asked(),
    q.leaf('StoreID', 'storeId', id('10151'), store),
    q.leaf('FulfillmentCenterID', 'fulfillmentCenterId', id('11201'), center),
    comment(),
  ]),
]);

const reply = framed<AvailabilityInput>({ ...frame, verb: 'Reply', command: inventoryRecordAvailability.name }, () => [
  mapping<AvailabilityInput>().vector('ProductInventoryInfo+', 'items', [
    ...asked(),
    a.leaf('StoreID?', 'storeId', id('10151'), store),
    a.leaf('FulfillmentCenterID?', 'fulfillmentCenterId', id('11201'), center),
    a.into('ReplyStatus', 'reply', [
      r.leaf('@status', 'status', oneOf('OK', 'ERROR')),
      r.leaf('@code?', 'code', words('E-17'), { onlyIf: ['status', 'ERROR'], about: 'with ERROR' }),
    ]),
    a.vector(
      'DeliveryInfo*',
      'deliveries',
      [
        d.leaf('AvailableQuantity', 'availableQuantity', quantity('4')),
        d.leaf('EstimatedAvailDate', 'estimatedDate', instant('2024-03-18T00:00:00')),
        d.leaf('ShippingOffset?', 'shippingOffset', quantity('86400'), { about: 'from availability to shipping, in seconds' }),
      ],
      { about: 'one for each lot' },
    ),
    comment(),
  ]),
]);

const replyName = `${root}_Reply`;

export const availabilityBindings = [
  bind({
    type: {
      name: root,
      version: '1.0',
      direction: 'out',
      event: inventoryAvailabilityRequested,
      reply: { name: replyName, version: '1.0' },
      summary: 'Asks a back end how much of a product it can deliver, and when.',
    },
    message: request,
    store: ({ items }) => storeOfAll(items),
  }),
  bind({
    type: {
      name: replyName,
      version: '1.0',
      direction: 'in',
      commands: [inventoryRecordAvailability],
      summary: `What a back end answers to ${root}; a document of the same root, with the verb Reply.`,
    },
    message: reply,
    store: ({ items }) => storeOfAll(items),
  }),
];
