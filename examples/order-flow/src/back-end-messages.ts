import type { CustomerInput, InventoryLevelsInput, OrderCreated, OrderStatusInput } from '@waybill/commerce';
import { type IncomingMessage, type Message, type MessageTypeRef, type Settings } from '@waybill/contract';
import { resolveSettings } from '@waybill/contract/host';
import pack from '@waybill/pack-fulfillment';

/** What a message asks the store for; the pack writes it from the same declaration from which the store reads it. */
export interface Asked {
  readonly command: string;
  readonly input: unknown;
}

const time = '2026-03-16T08:00:00.000Z';

const writing = resolveSettings(pack.writing ?? {}, {}, { folder: '/' }) as Settings<NonNullable<typeof pack.writing>>;

/** A message of the back end. Its times follow from the order, so that composing it again makes the same bytes. */
export function composed(type: string, asked: Asked, id: string): Message {
  const { body, contentType, properties = {}, type: name } = pack.compose(typeRef(type), asked, { messageId: id, time, options: writing });
  return { id, createdAt: Date.parse(time), type: name, contentType, properties, body: Buffer.from(body) };
}

/** The back end reads as an entry of a manifest does that sets no options. */
const options = resolveSettings(pack.options ?? {}, {}, { folder: '/' }) as Settings<NonNullable<typeof pack.options>>;

/** What a message of the store tells. */
export function told(type: string, message: IncomingMessage): unknown {
  const known = { ...message, id: message.id ?? '', createdAt: message.createdAt ?? 0, encoding: 'utf-8' };
  return pack.read(typeRef(type), known, options).input;
}

function typeRef(type: string): MessageTypeRef {
  const [name = '', version = ''] = type.split('@');
  return { name, version };
}

/** The number under which the back end keeps an order. */
function salesOrder({ orderId }: OrderCreated): string {
  return `SO-${orderId}`;
}

const steps = {
  confirmed: { command: 'order.confirm-status', sequenceNumber: '0000000001', status: 'C' },
  shipped: { command: 'order.ship-status', sequenceNumber: '0000000002', status: 'S' },
  invoiced: { command: 'order.invoice-status', sequenceNumber: '0000000003', status: 'I' },
} as const;

export function statusOf(order: OrderCreated, step: keyof typeof steps): Asked {
  const { command, sequenceNumber, status } = steps[step];
  const shipped =
    step === 'shipped' ? { shipping: { actual: '2026-03-16T15:55:00.000Z', condition: 'SC' as const, level: 'O' as const } } : {};
  const invoiced = step === 'invoiced' ? { invoice: { date: '2026-03-17T09:00:00.000Z', value: order.totals.net } } : {};
  const input: OrderStatusInput = {
    orderId: order.orderId,
    merchantOrderNumber: salesOrder(order),
    sequenceNumber,
    versioning: true,
    status,
    ...shipped,
    ...invoiced,
    items: order.items.map(({ orderItemId = '' }, index) => ({ orderItemId, merchantItemNumber: String((index + 1) * 10), status })),
  };
  return { command, input };
}

/** The pick batch that holds the order's release, as the purchase order says. */
export function inquiryOf(order: OrderCreated): Asked {
  return { command: 'pick-list.get', input: { pickBatchId: order.userData?.['pickBatchId'] ?? '' } };
}

export function levelsAfter(order: OrderCreated): Asked {
  const input: InventoryLevelsInput = {
    levels: order.items.map(({ partNumber }) => ({ partNumber, storeId: order.storeId, quantity: '5000', fulfillmentCenterId: '11201' })),
  };
  return { command: 'inventory.set-levels', input };
}

/** Somebody whom the back end's sales staff has met on the way. */
export function customerFor({ orderId, storeId }: OrderCreated): Asked {
  const password = `Lantern-${orderId}`;
  const input: CustomerInput = {
    logonId: `buyer-${orderId}`,
    password,
    passwordVerify: password,
    storeId,
    address: {
      nickName: `buyer-${orderId}`,
      type: 'SB',
      name: { lastName: 'Brandt', firstName: 'Sunniva' },
      address: { lines: ['5 Ferry Steps'], city: 'Larkhaven', state: 'ON', postalCode: 'L4K 1P7', country: 'CA' },
    },
  };
  return { command: 'customer.register', input };
}
