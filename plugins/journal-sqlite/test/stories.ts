import type { Claim, Finished, KeptMessage, Leg, Message } from '@waybill/contract';

export const start = 1_700_000_000_000;

export function messageOf(id: string, size = 2000): Message {
  return { id, body: new Uint8Array(size).fill(60), contentType: 'text/xml', properties: {} };
}

export function legOf(id: string): Leg {
  return { message: messageOf(id), destination: 'erp', event: 'order.created', type: 'Report_NC_PurchaseOrder@1.0', trace: id };
}

export function finishedOf(id: string, legs: readonly string[] = []): Finished {
  return { entry: 'orders', id, digest: `digest-${id}`, type: 'Update_WCS_OrderStatus@3.0', trace: id, at: start, legs: legs.map(legOf) };
}

export function keptOf(id: string, size?: number): KeptMessage {
  return { message: messageOf(id, size), digest: `digest-${id}`, trace: id };
}

export function claimOf(): Claim {
  return { name: 'erp', limit: 1000, now: start, leaseUntil: start + 3_600_000 };
}
