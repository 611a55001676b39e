import type { ClaimRequest, Failure, InboundFacts, InboxStep, KeptMessage, Leg, Message, OutboxEnding, OutboxJob } from '@waybill/contract';

export function messageOf(id: string, size = 2_000): Message {
  return { id, body: new Uint8Array(size).fill(60), createdAt: 1_700_000_000_000, contentType: 'text/xml', properties: {} };
}

export function legOf(id: string, more: Partial<Leg> = {}): Leg {
  return { message: messageOf(id), entry: 'erp', event: 'order.created', type: 'Report_NC_PurchaseOrder@1.0', trace: id, ...more };
}

export function factsOf(id: string): InboundFacts {
  return { digest: `digest-${id}`, trace: id, type: 'Update_WCS_OrderStatus@3.0' };
}

export function keptOf(id: string, size?: number): KeptMessage {
  return { message: messageOf(id, size) };
}

/** The step that finishes an inbound message, with the legs that it published. */
export function finishedOf(id: string, legs: readonly string[] = [], archive?: KeptMessage): InboxStep {
  return { entry: 'orders', id, ...factsOf(id), ending: { outcome: 'done', legs: legs.map((leg) => legOf(leg)), archive } };
}

export function storedOf(id: string, size?: number) {
  return { entry: 'orders', id, ...factsOf(id), ...keptOf(id, size) };
}

export const everything: ClaimRequest = { entry: 'erp', limit: 1_000 };

export const sent: OutboxEnding = { outcome: 'sent', archive: false };

export const away: Failure = { code: 'WB_AWAY', kind: 'unavailable', reason: 'The far side is away.' };

export function endingOf({ leg, token }: OutboxJob, ending: OutboxEnding) {
  return { entry: leg.entry, id: leg.message.id, token, ending };
}

export const idsOf = (jobs: readonly OutboxJob[]): readonly string[] => jobs.map(({ leg }) => leg.message.id);

/** The first of what was handed out. Throws when there is nothing. */
export function firstOf(jobs: readonly OutboxJob[]): OutboxJob {
  const [job] = jobs;
  if (job === undefined) throw new RangeError('Nothing was handed out.');
  return job;
}
