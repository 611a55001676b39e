import { hash, randomUUID } from 'node:crypto';

/** A fresh id for a message. */
export function freshId(): string {
  return randomUUID();
}

/** A fresh W3C trace id: 32 hexadecimal digits. */
export function freshTrace(): string {
  return randomUUID().replaceAll('-', '');
}

/** Tells bodies apart that came under the same id. */
export function digestOf(body: Uint8Array): string {
  return hash('sha256', body, 'base64');
}
