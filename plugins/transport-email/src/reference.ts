import { createHash, createHmac } from 'node:crypto';
import type { Message } from '@waybill/contract';

/** Lower-case letters and digits that every relay carries unchanged, in any of the places below. */
const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';
/** 130 bits: nobody guesses one, and two messages never share one. */
const length = 26;

/**
 * The word by which a mail is known wherever it comes back: in its Message-ID, its ENVID and its envelope sender. It follows from the message alone, so that
 * every attempt has the same. With a `key` nobody else can make one, whatever he knows of the message.
 */
export function referenceOf({ id, createdAt }: Pick<Message, 'id' | 'createdAt'>, key: string | undefined): string {
  const hash = key === undefined ? createHash('sha256') : createHmac('sha256', key);
  const bytes = hash.update(`${id}\n${createdAt}`).digest();
  return Array.from(bytes.subarray(0, length), (byte) => alphabet[byte & 31]).join('');
}

/** `wb.` and the reference: letters, digits and a dot, which relays give back as they are (reference/email.md, section 1, DSN). */
export function envelopeIdOf(reference: string): string {
  return `wb.${reference}`;
}

export function messageIdOf(reference: string, domain: string): string {
  return `<wb.${reference}@${domain}>`;
}

/** The envelope sender to which bounces of one mail come (VERP). */
export function bounceAddressOf(reference: string, domain: string): string {
  return `b-${reference}@${domain}`;
}

/** The reference in an envelope id, a Message-ID or a bounce address of ours; undefined where there is none. */
export function referenceIn(text: string): string | undefined {
  return /(?:^|[<:;\s])(?:wb\.|b-)([a-z0-9]{10,40})(?=$|[@>\s+-])/i.exec(text)?.[1]?.toLowerCase();
}
