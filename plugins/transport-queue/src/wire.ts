import type { Message } from '@waybill/contract';
import type { Put, Taken } from './thread/protocol.ts';

/** A message as it is put. `createdAt`: by default now. */
export type NewMessage = Omit<Message, 'createdAt'> & { readonly createdAt?: number | undefined };

/** Everything of a message but its body, as JSON, which keeps any text exactly as it is. */
export function writeHead(message: NewMessage): string {
  return JSON.stringify({ createdAt: Date.now(), ...message, body: undefined });
}

/** The message as it was put, character for character, with the priority and the expiry that it has on the queue. */
export function readMessage({ head, body, priority, expires }: Pick<Taken, 'head' | 'body' | 'priority' | 'expires'>): Message {
  const message = JSON.parse(head) as Omit<Message, 'body'>;
  return { ...message, body, priority, ...(expires === undefined ? {} : { expiresAt: expires }) };
}

/** The earlier of two instants, either of which may be open. */
export function earlier(one: Put['expires'], other: Put['expires']): Put['expires'] {
  return one === undefined || other === undefined ? (one ?? other) : Math.min(one, other);
}
