import { CommandError, type FaultKind, WaybillError } from '@waybill/contract';
import { describe, expect, it } from 'vitest';
import { statusClassOf, statusText } from '../../src/status/codes.ts';
import { statusErrors } from '../../src/status/errors.ts';
import { statusOf } from '../../src/status/status-of.ts';

describe('the status of an error', () => {
  it('is that of its code in the table', () => {
    const codes = Object.values(statusErrors).map((raise) => statusOf(raise('It is wrong.')).code);
    expect(codes).toEqual([400, 401, 402, 403, 406, 409, 412, 417, 450, 499, 500, 560]);
  });

  it('has the word of its code', () => {
    expect(statusOf(statusErrors.WB_CXML_NOT_ACCEPTABLE('It is cut short.'))).toEqual({
      code: 406,
      text: 'Not Acceptable',
      detail: 'It is cut short.',
      language: 'en',
    });
  });

  it('names the place of the fault', () => {
    const error = statusErrors.WB_CXML_BAD_REQUEST('Money is no number.', { at: 'cXML/Request/OrderRequest/ItemOut[2] 14:7' });
    expect(statusOf(error).detail).toBe('Money is no number. (cXML/Request/OrderRequest/ItemOut[2] 14:7)');
  });

  it.each<readonly [FaultKind, number]>([
    ['unreadable', 406],
    ['unknown', 400],
    ['forbidden', 403],
    ['invalid', 400],
    ['conflict', 409],
    ['unavailable', 560],
  ])('of kind %s is %i', (kind, code) => {
    expect(statusOf(new CommandError('WB_SHOP_SAYS', 'So it is.', { kind })).code).toBe(code);
  });

  it('that may go well later is 560, and 500 where it will not', () => {
    expect(statusOf(new CommandError('WB_SHOP_SAYS', 'Wait.', { kind: 'conflict', retryable: true })).code).toBe(560);
    expect(statusOf(new CommandError('WB_SHOP_SAYS', 'Broken.', { kind: 'unavailable', retryable: false })).code).toBe(500);
  });

  it.each([
    ['WB_AUTH_REFUSED', 401],
    ['WB_AUTH_NOT_ALLOWED', 403],
    ['WB_CXML_UNAUTHORIZED', 401],
    ['WB_CXML_FORBIDDEN', 403],
  ] as const)('%s is %i and does not tell why', (code, status) => {
    const error = new WaybillError(code, 'The secret "tulip" of larkfield is wrong.', { kind: 'forbidden', at: 'Sender' });
    expect(statusOf(error)).toEqual({ code: status, text: statusText(status) });
  });

  it('does not tell a stranger what is broken here', () => {
    const error = new CommandError('WB_SHOP_DATABASE', 'Cannot reach db7.internal.', { retryable: true });
    expect(statusOf(error)).toEqual({ code: 560, text: 'Temporary Server Error' });
    expect(statusOf(statusErrors.WB_CXML_UNAVAILABLE('Closed until Monday.')).detail).toBe('Closed until Monday.');
  });

  it('has a detail of bounded length', () => {
    expect(statusOf(statusErrors.WB_CXML_BAD_REQUEST('x'.repeat(100_000))).detail).toHaveLength(1_001);
  });
});

describe('a status code', () => {
  it('that is not known counts as the first of its hundred', () => {
    expect([299, 499, 467, 599].map(statusClassOf)).toEqual(['taken', 'refused', 'refused', 'again']);
    expect([299, 467, 599].map(statusText)).toEqual(['OK', 'Bad Request', 'Internal Server Error']);
  });

  it('of another hundred is none', () => {
    expect([0, 100, 302, 600, 700, 901, Number.NaN, 200.5].map(statusClassOf)).toEqual(Array.from({ length: 8 }));
  });
});
