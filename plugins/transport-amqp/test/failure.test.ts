import { describe, expect, it } from 'vitest';
import { failureOfHost, failureOfLink, failureOfMessage } from '../src/wire/failure.ts';

const told = ({ code, outcome, retryable, connectionLost }: ReturnType<typeof failureOfHost>) => [code, outcome, retryable, connectionLost];

describe('a message that the broker did not take', () => {
  it.each([
    ['amqp:precondition-failed', 'WB_AMQP_REFUSED', 'refused', false],
    ['amqp:link:message-size-exceeded', 'WB_AMQP_REFUSED', 'refused', false],
    ['amqp:unauthorized-access', 'WB_AMQP_REFUSED', 'refused', false],
    ['a:word-of-the-broker', 'WB_AMQP_REFUSED', 'refused', false],
    [undefined, 'WB_AMQP_REFUSED', 'refused', false],
    ['amqp:resource-limit-exceeded', 'WB_AMQP_BUSY', 'not-sent', true],
    ['amqp:internal-error', 'WB_AMQP_BUSY', 'not-sent', true],
  ])('because of %s is %s', (condition, code, outcome, retryable) => {
    expect(told(failureOfMessage('orders', { condition }))).toEqual([code, outcome, retryable, false]);
  });
});

describe('a link that the broker does not open', () => {
  it.each([
    ['amqp:not-found', 'WB_AMQP_ADDRESS'],
    ['amqp:unauthorized-access', 'WB_AMQP_ADDRESS'],
    ['amqp:resource-locked', 'WB_AMQP_BUSY'],
    ['amqp:link:detach-forced', 'WB_AMQP_GONE'],
    [undefined, 'WB_AMQP_GONE'],
  ])('because of %s is tried again as %s', (condition, code) => {
    const error = failureOfLink('orders', { condition, description: 'As it is.' });
    expect([error.code, error.retryable]).toEqual([code, true]);
    expect(error.message).toContain('As it is');
  });
});

describe('a host that cannot be used', () => {
  it.each([
    ['says that this side may not come in', { condition: 'amqp:unauthorized-access' }, 'WB_AMQP_LOGIN', false, false],
    ['has a certificate that nobody trusts', { code: 'SELF_SIGNED_CERT_IN_CHAIN', message: 'self-signed' }, 'WB_AMQP_TLS', false, false],
    ['has a certificate of another name', { code: 'ERR_TLS_CERT_ALTNAME_INVALID', message: 'other' }, 'WB_AMQP_TLS', false, false],
    ['speaks something else', { name: 'ProtocolError', message: 'HTTP' }, 'WB_AMQP_PROTOCOL', true, true],
    ['is not there', { code: 'ECONNREFUSED', message: 'connect' }, 'WB_AMQP_UNREACHABLE', true, true],
  ])('because it %s was sent nothing', (_, cause, code, retryable, connectionLost) => {
    expect(told(failureOfHost('mq1', cause))).toEqual([code, 'not-sent', retryable, connectionLost]);
  });
});
