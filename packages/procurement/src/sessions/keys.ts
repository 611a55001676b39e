import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Digest } from './session-store.ts';

/** 32 bytes of the system's generator, 256 bits: a start address, the key in links, a cookie. As 43 characters of base64url. */
export const newKey = (): string => randomBytes(32).toString('base64url');

/** A name without secret: 16 bytes, letters and digits only, since buyers forbid other characters in part ids. */
export const newSessionId = (): string => randomBytes(16).toString('hex');

/** Whether a text has the form of a key. Nothing else is looked up. */
export const isKey = (text: string): boolean => /^[\w-]{43}$/.test(text);

/** Keys are looked up by their digest: how long that takes tells nothing about a key. */
export const digestOf = (key: string): Digest => createHash('sha256').update(key).digest();

/** What the forms of a session have to bring. It follows from the key of its links, and the key does not follow from it. */
export const formTokenOf = (key: string): string => createHmac('sha256', key).update('waybill form').digest('base64url');

/** Compares in a time that does not depend on where they differ. */
export function isSame(given: string, right: Digest): boolean {
  return timingSafeEqual(digestOf(given), right);
}

/** A name for the cookie of a session that tells nothing of its key. */
export const cookieNameOf = (key: string): string =>
  `__Host-punchout-${createHash('sha256').update(`cookie ${key}`).digest('hex').slice(0, 16)}`;
