import type { Finished, KeptMessage, Leg, Message } from '@waybill/contract';

/** The time at which the suite's stories begin. The journal has no clock of its own. */
export const start = 1_700_000_000_000;

/** Every value of a byte, so that nothing in between may take it for text. */
const everyByte = Uint8Array.from({ length: 256 }, (_, value) => value);

/** A message with everything that a message can have. */
export function messageOf(id: string, body: Uint8Array | string = everyByte): Message {
  return {
    id,
    body: typeof body === 'string' ? new TextEncoder().encode(body) : body,
    type: 'Update_WCS_OrderStatus',
    contentType: 'text/xml; charset=utf-8',
    correlationId: `about-${id}`,
    replyTo: 'ANSWERS',
    properties: { 'x-größe': 'naïve ☃ 𝄞', empty: '', quoted: `a "b" 'c'\n\u0000` },
  };
}

export function keptOf(id: string, body?: Uint8Array | string): KeptMessage {
  return {
    message: messageOf(id, body),
    digest: `digest-${id}`,
    type: 'Update_WCS_OrderStatus@3.0',
    principal: { name: 'erp', roles: ['back-end', 'orders'] },
    trace: `trace-${id}`,
  };
}

export function legOf(destination: string, id: string, more: Partial<Leg> = {}): Leg {
  return {
    message: messageOf(id),
    destination,
    event: 'order.created',
    type: 'Report_NC_PurchaseOrder@1.0',
    store: '10151',
    cause: 'm-1',
    trace: `trace-${id}`,
    ...more,
  };
}

export function finishedOf(id: string, more: Partial<Finished> = {}): Finished {
  return {
    entry: 'orders',
    id,
    digest: `digest-${id}`,
    type: 'Update_WCS_OrderStatus@3.0',
    trace: `trace-${id}`,
    at: start,
    legs: [],
    ...more,
  };
}

export function failureAt(at: number, reason = 'the database is locked'): { at: number; code: string; reason: string } {
  return { at, code: 'WB_COMMAND_FAILED', reason };
}

/** What `failed` is told of a message. */
export function failedAt(
  id: string,
  at: number,
  due: number,
): ReturnType<typeof failureAt> & { digest: string; trace: string; due: number } {
  return { ...failureAt(at), digest: `digest-${id}`, trace: `trace-${id}`, due };
}

/** The only one of what was handed out or listed. Throws when there are none, or more. */
export function only<Item>(items: readonly Item[]): Item {
  const [item] = items;
  if (item === undefined || items.length > 1) throw new RangeError(`Expected exactly one, but there are ${items.length}.`);
  return item;
}

/** A claim of one minute. */
export function claimOf(name: string, now: number = start, limit = 10): { name: string; limit: number; now: number; leaseUntil: number } {
  return { name, limit, now, leaseUntil: now + 60_000 };
}

export const key = (id: string): { entry: string; id: string } => ({ entry: 'orders', id });
export const legKey = (destination: string, id: string): { destination: string; id: string } => ({ destination, id });
