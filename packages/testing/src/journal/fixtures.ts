import type {
  By,
  Failure,
  InboundFacts,
  InboxEnding,
  InboxJob,
  KeptMessage,
  Leg,
  Message,
  OutboxEnding,
  OutboxJob,
  RowKey,
} from '@waybill/contract';

/** The entries that most questions speak of. */
export const inbound = 'orders';
export const outbound = 'erp';

/** Who does what is done at the desk. */
export const anna: By = { who: 'anna', why: 'the far side is back' };

export const inKey = (id: string, entry = inbound): RowKey => ({ direction: 'in', entry, id });
export const outKey = (id: string, entry = outbound): RowKey => ({ direction: 'out', entry, id });

/** Every value of a byte, so that nothing in between may take it for text. */
const everyByte = Uint8Array.from({ length: 256 }, (_, value) => value);

/** A message with everything that a message can have. */
export function messageOf(id: string, body: Uint8Array | string = everyByte): Message {
  return {
    id,
    body: typeof body === 'string' ? new TextEncoder().encode(body) : body,
    createdAt: 1_700_000_000_123,
    type: 'Update_WCS_OrderStatus',
    contentType: 'text/xml; charset=utf-8',
    correlationId: `about-${id}`,
    replyTo: 'ANSWERS',
    priority: 7,
    expiresAt: 1_900_000_000_456,
    persistent: false,
    properties: { 'x-Größe': 'naïve ☃ 𝄞', empty: '', quoted: `a "b" 'c'\n\u0000` },
  };
}

export function keptOf(id: string, body?: Uint8Array | string): KeptMessage {
  return { message: messageOf(id, body), principal: { name: 'erp', roles: ['back-end', 'orders'] } };
}

export function factsOf(id: string, more: Partial<InboundFacts> = {}): InboundFacts {
  return {
    digest: `digest-${id}`,
    trace: `trace-${id}`,
    type: 'Update_WCS_OrderStatus@3.0',
    store: '10151',
    businessKeys: { order: id, sku: ['HP-1', 'HP-2'] },
    ...more,
  };
}

export function legOf(entry: string, id: string, more: Partial<Leg> = {}): Leg {
  return {
    message: messageOf(id),
    entry,
    event: 'order.created',
    type: 'Report_NC_PurchaseOrder@1.0',
    store: '10151',
    cause: 'm-1',
    trace: `trace-${id}`,
    businessKeys: { order: '12007' },
    ...more,
  };
}

export function failureOf(reason = 'the database is locked'): Failure {
  return { code: 'WB_COMMAND_FAILED', kind: 'unavailable', reason };
}

export const done: InboxEnding = { outcome: 'done', legs: [] };
export const released = { outcome: 'released' } as const;
export const sent: OutboxEnding = { outcome: 'sent', archive: false };

export function again(attempts: number, dueIn: number, kept?: KeptMessage): InboxEnding & OutboxEnding {
  return { outcome: 'again', failure: failureOf(), attempts, dueIn, kept };
}

/** What gives a message up: with `blocks`, what follows waits. */
export function parked(id: string, { attempts = 1, blocks = false, reason = 'no such order' } = {}): InboxEnding & OutboxEnding {
  return { outcome: 'parked', failure: failureOf(reason), attempts, blocks, kept: keptOf(id) };
}

export const idsOf = (jobs: readonly InboxJob[]): readonly string[] => jobs.map(({ id }) => id);
export const legIdsOf = (jobs: readonly OutboxJob[]): readonly string[] => jobs.map(({ leg }) => leg.message.id);

/** The only one of what was handed out or listed. Throws when there are none, or more. */
export function only<Item>(items: readonly Item[]): Item {
  const [item] = items;
  if (item === undefined || items.length > 1) throw new RangeError(`Expected exactly one, but there are ${items.length}.`);
  return item;
}

/** A message in a form that can be compared: bytes as a list, and nothing that is undefined. */
export function comparable(message: Message | undefined): unknown {
  return message && JSON.parse(JSON.stringify({ ...message, body: [...message.body] }));
}
