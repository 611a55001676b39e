import { type Answer, isWaybillError, type TransportError } from '@waybill/contract';
import { errors } from '../errors.ts';
import { waitOf } from './retry-after.ts';

/** 4xx statuses of failures that may pass: the request was too slow, too early, or one of too many. */
const passing = [408, 425, 429];

/**
 * How far a request has come when it fails.
 *
 * - waiting: no connection is free, and no further one may be made.
 * - connecting: a connection is being made.
 * - writing: a part was written, so that the far side cannot have the whole message.
 * - written: nobody can tell whether the far side has it, until it answers.
 */
export type Progress = 'waiting' | 'connecting' | 'writing' | 'written';

/** The other side was silent for too long. */
export class AnswerOverdue extends Error {}

/** What came is not an answer to what was asked; the message says why. */
export class NotAnAnswer extends Error {}

/** What a status other than success means: the far side has answered, so it does not have the message. */
export function failureOfStatus(
  status: number,
  where: string,
  { headers, answer }: { readonly headers: Readonly<Record<string, string>>; readonly answer: Answer | undefined },
): TransportError {
  if (status >= 300 && status < 400) return errors.WB_HTTP_REDIRECTED(`${where} answered with status ${status}, a redirect.`, { answer });
  const text = `${where} answered with status ${status}.`;
  const isPassing = status >= 500 || status < 400 || passing.includes(status);
  if (!isPassing) return errors.WB_HTTP_REFUSED(text, { answer });
  return errors.WB_HTTP_FAILED(text, { answer, retryAfter: waitOf(headers['retry-after'], headers.date) });
}

/** What an error of the HTTP client means for a message, by how much of it was written. */
export function failureOfError(error: unknown, where: string, progress: Progress): TransportError {
  if (isWaybillError(error)) return error as TransportError;
  const outcome = progress === 'written' ? 'unknown' : 'not-sent';
  const why = error instanceof NotAnAnswer ? error.message : unreadableBecause(error);
  if (why !== undefined) return errors.WB_HTTP_BAD_ANSWER(`What ${where} answered cannot be used: ${why}.`, { outcome, cause: error });
  if (progress === 'waiting' || progress === 'connecting') return unreachable(where, error);
  if (error instanceof AnswerOverdue) return errors.WB_HTTP_TIMEOUT(`${where} did not answer in time.`, { outcome, cause: error });
  const when = progress === 'written' ? 'after the message had been written' : 'while the message was being written';
  return errors.WB_HTTP_BROKEN(`The connection to ${where} broke ${when}.`, { outcome, cause: error });
}

/** The failure when the time for an attempt is over. */
export function failureOfTime(where: string, progress: Progress): TransportError {
  switch (progress) {
    case 'waiting':
    case 'writing':
      return errors.WB_HTTP_GIVEN_UP(`The time for sending to ${where} was over before the message was written.`, { outcome: 'not-sent' });
    case 'connecting':
      return unreachable(where, { code: 'ETIMEDOUT' });
    case 'written':
      return errors.WB_HTTP_TIMEOUT(`${where} had not answered when the time was over.`, { outcome: 'unknown' });
  }
}

/** The failure when the other side cannot be reached, which no message is to blame for. */
export function unreachable(where: string, cause: unknown): TransportError {
  const { code } = (cause ?? {}) as { code?: string };
  const reason = code === undefined ? '' : ` (${code})`;
  return errors.WB_HTTP_UNREACHABLE(`Cannot connect to ${where}${reason}.`, { connectionLost: true, cause });
}

/** Why the HTTP client could not read an answer; undefined when it could, or when none came. */
function unreadableBecause(error: unknown): string | undefined {
  const { code = '' } = (error ?? {}) as { code?: string };
  if (code === 'HPE_HEADER_OVERFLOW') return 'its headers are too large';
  return code.startsWith('HPE_') ? `it is not HTTP (${code})` : undefined;
}
