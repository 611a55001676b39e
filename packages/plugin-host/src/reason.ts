import type { Failure, Fault, WaybillError } from '@waybill/contract';

/**
 * What is said about a failure to people who see a sentence and not the error: its message, and the place of the fault
 * where the message does not name it already.
 */
export function reasonOf({ message, at }: WaybillError): string {
  if (at === undefined || message.includes(at)) return message;
  return `${message}${/[.!?]$/.test(message) ? '' : '.'} At ${at}.`;
}

/** An error as the journal keeps it and as transports are told of it. `mask` hides secrets. */
export function failureOf(error: WaybillError, mask: (text: string) => string): Failure & Fault {
  return { code: error.code, kind: error.kind, reason: mask(reasonOf(error)) };
}
