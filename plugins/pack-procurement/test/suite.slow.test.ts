import { type ConstraintReport, packSuite } from '@waybill/testing';
import { describe, expect, it } from 'vitest';
import pack from '../src/index.ts';

let told: ConstraintReport;

// The questions that every pack is asked, beside those of this one in the other files.
packSuite(pack, {
  card: new URL('../waybill.plugin.json', import.meta.url),
  // A status update of our own looks like one that came in.
  options: { ownStatusUpdates: true, strict: true },
  outputs: {
    'procurement.describe': [
      {
        effective: '2026-10-01T00:00:00+00:00',
        transactions: [
          { request: 'OrderRequest', url: 'https://shop.example/cxml/order', options: { attachments: 'yes', changes: 'yes' } },
        ],
      },
    ],
    'punchout.set-up': [{ startPage: 'https://shop.example/start/4f1d?a=1&b=2' }],
    'purchase-order.submit': [{ state: 'done' }, { state: 'queued', note: 'Line 2 is looked at by a person.' }],
    'purchase-order.ask-status': [undefined],
    'document.note-status': [undefined],
  },
  report: (report) => {
    told = report;
  },
});

describe('the suite', () => {
  it('breaks the constraints of the fields', () => {
    expect(Object.values(told.asked).reduce((sum, count) => sum + count, 0)).toBeGreaterThan(500);
  });
});
