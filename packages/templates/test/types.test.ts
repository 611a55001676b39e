import { orderCreated, releaseShipped } from '@waybill/commerce';
import { describe, expect, it } from 'vitest';
import { defineNotifications } from '../src/index.ts';
import { errorOf } from './pack.ts';

describe('the functions of a declaration', () => {
  it('know the data of their own event', () => {
    const define = () =>
      defineNotifications({
        name: 'notices',
        summary: 'S.',
        folder: '/nowhere',
        language: 'en',
        messages: [
          {
            name: 'OrderReceived',
            version: '1.0',
            summary: 'S.',
            event: orderCreated,
            to: (order) => order.billTo?.contact.email1,
            // @ts-expect-error: an order has no carrier id.
            thread: (order) => order.carrierId,
          },
          {
            name: 'ReleaseShipped',
            version: '1.0',
            summary: 'S.',
            event: releaseShipped,
            to: ({ customer }) => customer.email,
            // @ts-expect-error: what is told of an order is not told of a release.
            language: ({ totals }) => totals,
          },
        ],
      });
    expect(errorOf(define).code).toBe('WB_TEMPLATES_WRONG');
  });
});
