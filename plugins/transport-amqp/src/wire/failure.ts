import type { TransportError, TransportErrorOptions } from '@waybill/contract';
import { errors } from '../errors.ts';

/** What a broker says when something went wrong: a word that AMQP defines, and a text. */
export interface Condition {
  readonly condition?: string | null | undefined;
  readonly description?: string | null | undefined;
}

/** A broker need not give any; the library then says null. */
export type Reason = Condition | null | undefined;

/**
 * What a condition tells.
 *
 * - gone: the connection or the link ends; a new one may be had.
 * - settings: the address is not there, or may not be used like this. Only a person can change that.
 * - short: something is used up, for now.
 * - refused: it is about the message.
 */
type Meaning = 'gone' | 'settings' | 'short' | 'refused';

/** By the words of AMQP 1.0, part 2.8.15 to 2.8.18 and 4.5.8. A word that is not here, or none: `refused` of a message, else `gone`. */
const meanings: Readonly<Record<string, Meaning>> = {
  'amqp:internal-error': 'short',
  'amqp:not-found': 'settings',
  'amqp:unauthorized-access': 'settings',
  'amqp:decode-error': 'refused',
  'amqp:resource-limit-exceeded': 'short',
  'amqp:not-allowed': 'settings',
  'amqp:invalid-field': 'settings',
  'amqp:not-implemented': 'settings',
  'amqp:resource-locked': 'short',
  'amqp:precondition-failed': 'refused',
  'amqp:resource-deleted': 'settings',
  'amqp:illegal-state': 'gone',
  'amqp:frame-size-too-small': 'settings',
  'amqp:connection:forced': 'gone',
  'amqp:connection:framing-error': 'gone',
  'amqp:connection:redirect': 'gone',
  'amqp:session:window-violation': 'gone',
  'amqp:session:errant-link': 'gone',
  'amqp:session:handle-in-use': 'gone',
  'amqp:session:unattached-handle': 'gone',
  'amqp:link:detach-forced': 'gone',
  'amqp:link:transfer-limit-exceeded': 'gone',
  'amqp:link:message-size-exceeded': 'refused',
  'amqp:link:redirect': 'settings',
  'amqp:link:stolen': 'gone',
  'amqp:transaction:unknown-id': 'gone',
  'amqp:transaction:rollback': 'gone',
  'amqp:transaction:timeout': 'gone',
};

/** In words, for the end of a sentence. */
export function reasonOf(reason: Reason): string {
  const { condition, description } = reason ?? {};
  const said = [description, condition && `(${condition})`].filter(Boolean).join(' ');
  return said === '' ? 'no reason was given' : said.replace(/\.$/, '');
}

/** The broker did not open a link to an address, or has ended it. */
export function failureOfLink(address: string, condition: Reason, options: TransportErrorOptions = {}): TransportError {
  const reason = reasonOf(condition);
  switch (meanings[condition?.condition ?? ''] ?? 'gone') {
    case 'settings':
      return errors.WB_AMQP_ADDRESS(`The broker does not open ${address}: ${reason}.`, options);
    case 'short':
      return errors.WB_AMQP_BUSY(`The broker does not open ${address} for now: ${reason}.`, options);
    case 'gone':
    case 'refused':
      return errors.WB_AMQP_GONE(`The broker has ended the link to ${address}: ${reason}.`, options);
  }
}

/** The broker has answered to a message, and not taken it. */
export function failureOfMessage(address: string, condition: Reason): TransportError {
  const text = `The broker does not take the message for ${address}: ${reasonOf(condition)}.`;
  switch (meanings[condition?.condition ?? ''] ?? 'refused') {
    case 'refused':
    case 'settings':
      return errors.WB_AMQP_REFUSED(text, { outcome: 'refused' });
    case 'short':
    case 'gone':
      return errors.WB_AMQP_BUSY(text, { outcome: 'not-sent' });
  }
}

/** Codes of OpenSSL and of Node for a certificate that is not trusted, or files that are none. */
const ofTls = /^(?:ERR_TLS|ERR_SSL|ERR_OSSL|CERT_|UNABLE_TO|DEPTH_ZERO|SELF_SIGNED|HOSTNAME_MISMATCH|INVALID_)/;

/**
 * A connection to a host could not be opened, so that no message was sent. What only a person can change is final: it fails the
 * start, and later it is tried again like everything else.
 */
export function failureOfHost(host: string, cause: unknown): TransportError {
  const { code = '', name, condition, message = '' } = (cause ?? {}) as Partial<Error> & Condition & { readonly code?: string };
  const final = { outcome: 'not-sent', cause } as const;
  if (condition === 'amqp:unauthorized-access')
    return errors.WB_AMQP_LOGIN(`${host} does not let this side in: ${reasonOf(cause as Condition)}.`, final);
  if (ofTls.test(code)) return errors.WB_AMQP_TLS(`No trusted connection to ${host}: ${message} (${code}).`, final);
  if (name === 'ProtocolError')
    return errors.WB_AMQP_PROTOCOL(`${host} does not speak AMQP 1.0: ${message}.`, { connectionLost: true, cause });
  const why = [message, code].filter((part) => part !== '').join(', ');
  return errors.WB_AMQP_UNREACHABLE(`Cannot connect to ${host}: ${why}.`, { connectionLost: true, cause });
}
