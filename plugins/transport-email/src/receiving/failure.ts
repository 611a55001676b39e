import { isWaybillError, type TransportError } from '@waybill/contract';
import { mailboxErrors as errors } from '../errors.ts';

/** What the library says of an error. All of it is optional. */
interface Said {
  readonly code?: unknown;
  readonly message?: unknown;
  readonly responseText?: unknown;
  readonly authenticationFailed?: unknown;
  readonly tlsFailed?: unknown;
}

/** Codes of Node and OpenSSL for a certificate that is not to be trusted. */
const distrust = /^(CERT_|ERR_TLS|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|HOSTNAME_MISMATCH|INVALID_CA|EPROTO$|ERR_SSL)/;

/** The reason in words, without what a server of ill will could fill a log with. */
export function reasonOf(cause: unknown): string {
  const { responseText, message, code } = (cause ?? {}) as Said;
  const text = [responseText, message, code].find((each): each is string => typeof each === 'string' && each !== '') ?? 'no reason given';
  // oxlint-disable-next-line no-control-regex -- what a server says may hold anything.
  return text.replace(/[\u0000-\u001f\u007f]+/g, ' ').slice(0, 300);
}

/** Why a session with `place` could not be opened. */
export function openingFailure(cause: unknown, place: string): TransportError {
  if (isWaybillError(cause)) return cause as TransportError;
  const { authenticationFailed, tlsFailed, code } = (cause ?? {}) as Said;
  const why = reasonOf(cause);
  const options = { outcome: 'not-sent', cause } as const;
  if (authenticationFailed === true) return errors.WB_EMAIL_MAILBOX_LOGIN(`${place} does not let this side in: ${why}`, options);
  if (tlsFailed === true || distrust.test(String(code)))
    return errors.WB_EMAIL_MAILBOX_TLS(`There is no trusted session with ${place}: ${why}`, options);
  return errors.WB_EMAIL_MAILBOX_UNREACHABLE(`${place} cannot be reached: ${why}`, { cause });
}

/** Why a session with `place` has ended. */
export function endingFailure(cause: unknown, place: string): TransportError {
  if (isWaybillError(cause)) return cause as TransportError;
  return errors.WB_EMAIL_MAILBOX_GONE(`The session with ${place} has ended: ${reasonOf(cause)}`, { cause });
}
