import type { TransportErrorOptions } from '@waybill/contract';
import type { Failure, QueueErrorCode } from './protocol.ts';

/** Raised in the thread of the file; becomes a `TransportError` on the main thread. Nothing was changed when it is raised. */
export class Refusal extends Error {
  readonly failure: Failure;

  constructor(code: QueueErrorCode, message: string, options: TransportErrorOptions = {}) {
    super(message);
    this.failure = { code, message, options };
  }
}

/** SQLite's primary result codes, https://www.sqlite.org/rescode.html */
const busy = [5, 6];
const full = [13];
const damaged = [11, 26];
const cannotOpen = [3, 8, 14, 23];

/** What an error of SQLite (or of ours) means to whoever asked. */
export function failureOf(error: unknown, path: string): Failure {
  if (error instanceof Refusal) return error.failure;
  const cause = error instanceof Error ? error.message : String(error);
  const reason = ((error as { errcode?: number } | undefined)?.errcode ?? 0) & 0xff;
  if (busy.includes(reason))
    return { code: 'WB_QUEUE_BUSY', message: `The file ${path} is locked by another process.`, options: { retryable: true, cause } };
  if (full.includes(reason))
    return { code: 'WB_QUEUE_NO_SPACE', message: `Cannot write ${path}: the disk is full.`, options: { retryable: true, cause } };
  if (damaged.includes(reason))
    return { code: 'WB_QUEUE_FILE_DAMAGED', message: `${path} is not a SQLite database, or is damaged.`, options: { cause } };
  if (cannotOpen.includes(reason))
    return { code: 'WB_QUEUE_FILE_CANNOT_OPEN', message: `Cannot open ${path} for reading and writing.`, options: { cause } };
  return { code: 'WB_QUEUE_FILE_FAILED', message: `Working on ${path} failed.`, options: { connectionLost: true, cause } };
}
