import { hash, randomUUID } from 'node:crypto';

/** Random for every process, so that the counter below makes ids that no other process makes. */
const traceStart = randomUUID().replaceAll('-', '').slice(0, 20);
let traces = 0;

/** A fresh W3C trace id: 32 hexadecimal digits. Counted rather than drawn, since every message needs one. */
export function freshTrace(): string {
  return traceStart + (++traces).toString(16).padStart(12, '0');
}

/** Tells bodies apart that came under the same id. */
export function digestOf(body: Uint8Array): string {
  return hash('sha256', body, 'base64');
}
