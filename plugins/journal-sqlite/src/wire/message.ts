import type { KeptMessage, Message, Principal } from '@waybill/contract';
import { ownBytes } from '@waybill/sqlite';
import type { WireMessage } from './operations.ts';

/** Everything of a message but its body, in fixed places; the principal where a message is kept to be worked on. */
type Meta = readonly [
  id: string,
  type: string | null,
  contentType: string | null,
  correlationId: string | null,
  replyTo: string | null,
  properties: Readonly<Record<string, string>>,
  principal: Principal | null,
  createdAt: number,
  priority?: number | null,
  expiresAt?: number | null,
  persistent?: boolean | null,
];

export function wireMessage(message: Message, principal?: Principal): WireMessage {
  return [metaOf(message, principal), ownBytes(message.body)];
}

export function wireKept({ message, principal }: KeptMessage): WireMessage {
  return wireMessage(message, principal);
}

export function messageOf([meta, body]: WireMessage): Message {
  return readMessage(JSON.parse(meta) as Meta, body);
}

export function keptOf([meta, body]: WireMessage): KeptMessage {
  const parsed = JSON.parse(meta) as Meta;
  return { message: readMessage(parsed, body), principal: parsed[6] ?? undefined };
}

export function metaOf(message: Message, principal?: Principal): string {
  const { id, type = null, contentType = null, correlationId = null, replyTo = null, properties, createdAt } = message;
  const { priority = null, expiresAt = null, persistent = null } = message;
  const meta: Meta = [id, type, contentType, correlationId, replyTo, properties, principal ?? null, createdAt];
  const isPlain = priority === null && expiresAt === null && persistent === null;
  return JSON.stringify(isPlain ? meta : [...meta, priority, expiresAt, persistent]);
}

function readMessage(meta: Meta, body: Uint8Array): Message {
  const [id, type, contentType, correlationId, replyTo, properties, , createdAt, priority, expiresAt, persistent] = meta;
  return {
    id,
    body,
    createdAt,
    type: type ?? undefined,
    contentType: contentType ?? undefined,
    correlationId: correlationId ?? undefined,
    replyTo: replyTo ?? undefined,
    priority: priority ?? undefined,
    expiresAt: expiresAt ?? undefined,
    persistent: persistent ?? undefined,
    properties,
  };
}
