import { describe, expect, it } from 'vitest';
import { didYouMean } from '../src/did-you-mean.ts';
import { errors } from '../src/errors.ts';
import { formatProblems, ManifestError, type Problem, problemsOf } from '../src/problem.ts';

const invoices: Problem = {
  code: 'WB_ENDPOINT_CANNOT_RECEIVE',
  severity: 'error',
  message: 'inbound "invoices" uses connection "post", and the email transport does not receive.',
  path: 'inbound.invoices.connection',
  file: '/srv/shop/waybill.json',
  line: 14,
  column: 5,
  hint: 'Use a connection whose transport receives (mq, http, file), or remove the entry.',
};

describe('problems as text', () => {
  it('say what, where and what to do', () => {
    const [bare] = problemsOf(
      [{ code: 'WB_MANIFEST_SYNTAX', message: 'The manifest is empty.', path: '', spot: { order: 0 } }],
      [],
      'manifest',
    );
    expect(formatProblems([invoices, bare as Problem], { from: '/srv/shop' })).toBe(`WB_ENDPOINT_CANNOT_RECEIVE  ${invoices.message}
  at    waybill.json:14:5  inbound.invoices.connection
  hint  Use a connection whose transport receives (mq, http, file), or remove the entry.

WB_MANIFEST_SYNTAX  The manifest is empty.
  at    manifest
  hint  ${errors.WB_MANIFEST_SYNTAX.remedy}`);
  });

  it('say where they are warnings', () => {
    const warning = { ...invoices, code: 'WB_ENDPOINT_NO_ORDER', severity: 'warning' } as const;
    expect(formatProblems([warning])).toContain(`WB_ENDPOINT_NO_ORDER  Warning: ${invoices.message}\n`);
  });

  it('name a file elsewhere by its whole path', () => {
    expect(formatProblems([invoices], { from: '/home/somebody' })).toContain('at    /srv/shop/waybill.json:14:5');
  });
});

describe('a manifest error', () => {
  it('carries every problem and shows them', () => {
    const error = new ManifestError([invoices, invoices]);
    expect(error).toMatchObject({ code: 'WB_MANIFEST_INVALID', retryable: false, problems: [invoices, invoices] });
    expect(error.message).toMatch(/^The manifest has 2 problems; nothing was started\.\n\nWB_ENDPOINT_CANNOT_RECEIVE/);
  });

  it('counts no warnings', () => {
    const error = new ManifestError([{ ...invoices, severity: 'warning' }, invoices]);
    expect(error.message).toMatch(/^The manifest has one problem;/);
    expect(error.problems).toHaveLength(2);
  });
});

describe('the word that was meant', () => {
  it.each([
    ['conection', 'connection'],
    ['Timeout', 'timeout'],
    ['ot', 'to'],
    ['Update_WCS_OrderStauts', 'Update_WCS_OrderStatus'],
    ['@waybill/trasport-file', '@waybill/transport-file'],
  ])('%s is near %s', (word, meant) => {
    expect(didYouMean(word, ['store', 'connection', 'timeout', 'to', 'Update_WCS_OrderStatus', '@waybill/transport-file'])).toBe(meant);
  });

  it.each(['pigeon', 'x', '', 'a'.repeat(500)])('is not guessed for "%s"', (word) => {
    expect(didYouMean(word, ['connection', 'to', 'y'])).toBeUndefined();
  });

  it('is the nearest of several', () => {
    expect(didYouMean('ordres', ['borders', 'orders', 'order'])).toBe('orders');
  });
});
