import { isWaybillError, type TransportError } from '@waybill/contract';
import { errors } from '../errors.ts';
import type { Progress } from './request-body.ts';
import { waitOf } from './retry-after.ts';

/** 4xx statuses of failures that may pass: the request was too slow, too early, or one of too many. */
const passing = [408, 425, 429];

/** Names of the errors with which the HTTP client reports that what came back is not an answer in HTTP. */
const notAnAnswer = ['HTTPParserError', 'HeadersOverflowError', 'ResponseContentLengthMismatchError'];

/** What a status other than success means: the far side has answered, so it does not have the message. */
export function failureOfStatus(status: number, where: string, headers: Readonly<Record<string, string>>): TransportError {
  if (status >= 300 && status < 400) return errors.WB_HTTP_REDIRECTED(`${where} answered with status ${status}, a redirect.`);
  const text = `${where} answered with status ${status}.`;
  const isPassing = status >= 500 || status < 400 || passing.includes(status);
  if (!isPassing) return errors.WB_HTTP_REFUSED(text);
  return errors.WB_HTTP_FAILED(text, { retryAfter: waitOf(headers['retry-after'], headers.date) });
}

/** What an error of the HTTP client means for a message, by how much of it was written. */
export function failureOfError(error: unknown, where: string, progress: Progress): TransportError {
  if (isWaybillError(error)) return error as TransportError;
  const { code = '', name = '' } = (error ?? {}) as { code?: string; name?: string };
  if (code === 'UND_ERR_INVALID_ARG' || name === 'InvalidArgumentError')
    return errors.WB_HTTP_HEADER(`Something in the message for ${where} cannot be sent in a header.`, { cause: error });
  if (progress === 'waiting') return unreachable(where, error);
  const outcome = progress === 'written' ? 'unknown' : 'not-sent';
  if (code === 'UND_ERR_HEADERS_TIMEOUT' || code === 'UND_ERR_BODY_TIMEOUT')
    return errors.WB_HTTP_TIMEOUT(`${where} did not answer in time.`, { outcome, cause: error });
  if (notAnAnswer.includes(name))
    return errors.WB_HTTP_BAD_ANSWER(`What ${where} answered cannot be read as HTTP (${name}).`, { outcome, cause: error });
  const when = progress === 'written' ? 'after the message had been written' : 'while the message was being written';
  return errors.WB_HTTP_BROKEN(`The connection to ${where} broke ${when}.`, { outcome, cause: error });
}

/** The failure when the time for an attempt is over. */
export function failureOfTime(where: string, progress: Progress): TransportError {
  if (progress === 'written') return errors.WB_HTTP_TIMEOUT(`${where} had not answered when the time was over.`, { outcome: 'unknown' });
  return errors.WB_HTTP_GIVEN_UP(`The time for sending to ${where} was over before the message was written.`, { outcome: 'not-sent' });
}

/** The failure when the other side cannot be reached, which no message is to blame for. */
export function unreachable(where: string, cause: unknown): TransportError {
  const { code } = (cause ?? {}) as { code?: string };
  const reason = code === undefined ? '' : ` (${code})`;
  return errors.WB_HTTP_UNREACHABLE(`Cannot connect to ${where}${reason}.`, { connectionLost: true, cause });
}
