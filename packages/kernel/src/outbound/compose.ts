import type { Draft, Message } from '@waybill/contract';

const encoder = new TextEncoder();

/** Gives a draft its identity. */
export function toMessage(
  draft: Draft,
  identity: { readonly id: string; readonly createdAt: number; readonly correlationId?: string },
): Message {
  const { contentType, type, priority, expiresAt, persistent, properties = {} } = draft;
  const body = typeof draft.body === 'string' ? encoder.encode(draft.body) : draft.body;
  return { ...identity, body, type, contentType, priority, expiresAt, persistent, properties };
}
