import { MessageError } from '@waybill/contract';

export interface Refusal {
  readonly code: string;
  readonly at: string | undefined;
  readonly message: string;
}

/** What a call is refused with; undefined when it is not. Anything but a final `MessageError` is thrown on. */
export function refused(attempt: () => unknown): Refusal | undefined {
  try {
    attempt();
    return undefined;
  } catch (error) {
    if (!(error instanceof MessageError) || error.retryable) throw error;
    return { code: error.code, at: error.at, message: error.message };
  }
}

/** What a call is refused with, which it has to be. */
export function refusal(attempt: () => unknown): Refusal {
  const found = refused(attempt);
  if (found === undefined) throw new Error('Nothing was refused.');
  return found;
}

/** Bytes written in hexadecimal digits, with blanks where they help. */
export function bytes(digits: string): Uint8Array {
  return Uint8Array.from(Buffer.from(digits.replaceAll(' ', ''), 'hex'));
}

export function digits(array: Uint8Array): string {
  return Buffer.from(array).toString('hex');
}

export const everyByte = Uint8Array.from({ length: 256 }, (_, byte) => byte);
