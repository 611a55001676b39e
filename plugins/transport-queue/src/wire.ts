import type { Message } from '@waybill/contract';
import type { Taken } from './protocol.ts';

/**
 * Everything of a message but its body, as JSON, which keeps any text exactly as it is. Names of properties become lower
 * case, as the contract wants them.
 */
export function writeHead(message: Message): string {
  const entries = Object.entries(message.properties).map(([name, value]) => [name.toLowerCase(), value] as const);
  return JSON.stringify({ ...message, properties: Object.fromEntries(entries), body: undefined });
}

/** The message as it was put, character for character. */
export function readMessage({ head, body }: Pick<Taken, 'head' | 'body'>): Message {
  return { ...(JSON.parse(head) as Omit<Message, 'body'>), body };
}
