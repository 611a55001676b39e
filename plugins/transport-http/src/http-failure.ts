import { TransportError } from '@waybill/contract';

/** 4xx statuses that may be over the next time: a slow request, too early, too many. */
const passing = [408, 425, 429];

/** Errors while the connection was being made: the other side is not there, and no message has anything to do with it. */
const notThere = /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|EHOSTDOWN|ENETUNREACH|ENETDOWN|ETIMEDOUT|UND_ERR_CONNECT_TIMEOUT)$/;
const badCertificate = /CERT|SIGNATURE|SSL|TLS/;

/** What a status other than success means. `after`: the header retry-after. */
export function failureOfStatus(status: number, where: string, after: string | undefined): TransportError {
  if (status >= 300 && status < 400)
    return new TransportError('WB_HTTP_REDIRECTED', `${where} answered with status ${status}, a redirect.`);
  const retryable = status >= 500 || status < 400 || passing.includes(status);
  const text = `${where} answered with status ${status}.`;
  if (!retryable) return new TransportError('WB_HTTP_REFUSED', text);
  const hint = after !== undefined && /^[0-9]{1,9}$/.test(after) ? `The other side asks to wait ${after} seconds.` : undefined;
  return new TransportError('WB_HTTP_FAILED', text, { retryable: true, hint });
}

/** What an error of the HTTP client means. */
export function failureOfError(error: unknown, where: string): TransportError {
  const { code = '', name = '' } = (error ?? {}) as { code?: string; name?: string };
  if (code === 'UND_ERR_HEADERS_TIMEOUT' || code === 'UND_ERR_BODY_TIMEOUT')
    return new TransportError('WB_HTTP_TIMEOUT', `${where} did not answer in time.`, { retryable: true, cause: error });
  if (code === 'UND_ERR_INVALID_ARG' || name === 'InvalidArgumentError')
    return new TransportError('WB_HTTP_HEADER', `Something in the message for ${where} cannot be sent in a header.`, { cause: error });
  if (notThere.test(code) || badCertificate.test(code) || isSeveral(error)) return unreachable(where, error);
  // Broken in the middle: that may be the doing of this very message, so its attempts count.
  return new TransportError('WB_HTTP_UNREACHABLE', `The connection to ${where} broke.`, { retryable: true, cause: error });
}

/** The other side is not there. */
export function unreachable(where: string, cause: unknown): TransportError {
  const { code } = (cause ?? {}) as { code?: string };
  const reason = code === undefined ? '' : ` (${code})`;
  return new TransportError('WB_HTTP_UNREACHABLE', `Cannot connect to ${where}${reason}.`, { connectionLost: true, cause });
}

/** Node collects the errors of all addresses of a host. */
function isSeveral(error: unknown): boolean {
  return error instanceof AggregateError;
}
