import {
  type Availability,
  type AvailabilityInput,
  type AvailabilityRequest,
  inventoryAvailabilityRequested,
  inventoryRecordAvailability,
} from '@waybill/commerce';
import type { ReadMessage } from '@waybill/contract';
import { oneOf } from '@waybill/values';
import { attribute, element, many, many1, optional, optionalAttribute, type ValueOf, type WritingOf } from '@waybill/xml';
import { type Asked, bind, loginOf } from '../binding.ts';
import { credentials, framed } from '../envelope.ts';
import { given } from '../given.ts';
import { comment, id, instant, partNumber, quantity, words } from '../parts.ts';

// Request_WCS_BE_ProductInventory 1.0: reference/fulfillment-messages.md, section 7.1. One schema serves the question and
// the answer; what each of them must have is in the remarks of the schema.

const asked = {
  orderId: optional(element('WCOrderId', id('12011'))),
  orderItemId: optional(element('WCOrderItemId', id('45020'))),
  partNumber: element('ProductSKU', partNumber),
  requestedQuantity: element('RequestedQuantity', quantity('6')),
  requestedDate: optional(element('RequestedDate', instant())),
};
const storeId = element('StoreID', id('10151'), 'the store that asks');
const fulfillmentCenterId = element('FulfillmentCenterID', id('11201'), 'the center that is asked');

const question = element('ProductInventoryInfo', { children: { ...asked, storeId, fulfillmentCenterId, comment: optional(comment()) } });

const delivery = element('DeliveryInfo', {
  children: {
    availableQuantity: element('AvailableQuantity', quantity('4')),
    estimatedDate: element('EstimatedAvailDate', instant('2024-03-18T00:00:00')),
    shippingOffset: optional(element('ShippingOffset', quantity('86400'), 'from availability to shipping, in seconds')),
  },
  about: 'one for each lot',
});

const replyStatus = element('ReplyStatus', {
  attributes: { status: attribute('status', oneOf('OK', 'ERROR')), code: optionalAttribute('code', words('E-17'), 'with ERROR') },
});

const answer = element('ProductInventoryInfo', {
  children: {
    ...asked,
    storeId: optional(storeId),
    fulfillmentCenterId: optional(fulfillmentCenterId),
    reply: replyStatus,
    deliveries: many(delivery),
    comment: optional(comment()),
  },
});

const noun = 'WCS_BE_ProductInventory';
const root = `Request_${noun}`;

const frame = { noun, root, version: '1.0', spoken: true } as const;
const request = framed({ ...frame, verb: 'Request' }, { credentials: optional(credentials) }, { items: many1(question) });
const reply = framed({ ...frame, verb: 'Reply' }, { credentials: optional(credentials) }, { items: many1(answer) });

type Request = ValueOf<typeof request.root>;
type Reply = ValueOf<typeof reply.root>;

function readRequest({ control, data }: Request): ReadMessage {
  const credentials = control.credentials && { ...control.credentials };
  return given({ command: inventoryAvailabilityRequested.name, input: { items: data.items }, credentials, store: storeOf(data.items) });
}

function readReply({ control, data }: Reply): ReadMessage {
  const input: AvailabilityInput = { items: data.items.map(answerOf) };
  const credentials = control.credentials && { ...control.credentials };
  return given({ command: inventoryRecordAvailability.name, input, credentials, store: storeOf(data.items) });
}

/** The code counts only where the status is ERROR. */
function answerOf({ reply, ...rest }: Reply['data']['items'][number]): Availability {
  return { ...rest, reply: reply.status === 'ERROR' ? reply : { status: reply.status } };
}

/** The store, where all items are about the same one. */
function storeOf(items: readonly { readonly storeId?: string }[]): string | undefined {
  const [first] = items;
  return items.every(({ storeId }) => storeId === first?.storeId) ? first?.storeId : undefined;
}

function writeRequest({ items }: AvailabilityRequest): WritingOf<typeof request.root> {
  return { control: {}, data: { items: [...items] } };
}

function writeReply({ input, credentials }: Asked<AvailabilityInput>): WritingOf<typeof reply.root> {
  return { control: { credentials: loginOf(credentials) }, data: { items: [...input.items] } };
}

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
    read: readRequest,
    write: writeRequest,
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
    read: readReply,
    write: writeReply,
  }),
];
