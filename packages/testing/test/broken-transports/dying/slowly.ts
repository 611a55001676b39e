import { setTimeout as pause } from 'node:timers/promises';
import { TransportError } from '@waybill/contract';

export { pause };

/** Takes many steps, so that a process that dies at one of so many surely dies here now and then. */
export async function slowly(): Promise<void> {
  for (let step = 0; step < 200; step++) await Promise.resolve();
}

export function lateError(): TransportError {
  return new TransportError('WB_SPOOL_LATE', 'The time was over before it began.', { retryable: true, outcome: 'not-sent' });
}
