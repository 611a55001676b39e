import type { Message } from '@waybill/contract';
import type { Taken } from './protocol.ts';

/** Everything of a message but its body, as JSON, which keeps any text exactly as it is. */
export function writeHead(message: Message): string {
  return JSON.stringify({ ...message, body: undefined });
}

/** The message as it was put, character for character. */
export function readMessage({ head, body }: Taken): Message {
  return { ...(JSON.parse(head) as Omit<Message, 'body'>), body };
}
