import { describe, expect, it } from 'vitest';
import { type MachineCase, playMachine, totalOf } from './support/machine.ts';

const lines = [
  { line: 1, quantity: '8', price: '12.5' },
  { line: 3, quantity: '2.5', price: '3.2' },
];
const start = { order: 'PO-4', lines, total: totalOf(lines) };

const confirming: MachineCase = {
  id: 'confirming',
  start,
  steps: [
    {
      confirm: {
        type: 'detail',
        lines: [
          {
            line: 1,
            status: [
              ['accept', '5'],
              ['backordered', '2'],
            ],
          },
        ],
      },
      expect: 'refused',
      why: 'line 1: 7 of 8',
    },
    { confirm: { type: 'detail', lines: [{ line: 3, status: [['accept', '2.50']] }] }, expect: 'ok' },
    {
      confirm: { type: 'detail', lines: [{ line: 3, status: [['reject', '2.5']] }] },
      expect: 'refused',
      why: 'line 3 is in confirmation 1; use update',
    },
    { confirm: { type: 'reject', lines: [{ line: 1, status: [['reject', '8']] }] }, expect: 'refused', why: 'reject carries no items' },
    {
      confirm: {
        type: 'allDetail',
        lines: [
          { line: 1, status: [['accept', '8']] },
          { line: 1, status: [['accept', '8']] },
        ],
      },
      expect: 'refused',
      why: 'line 1 occurs twice',
    },
    { confirm: { type: 'except' }, expect: 'refused', why: 'except needs items' },
    {
      confirm: { type: 'accept', lines: [{ line: 1, status: [['backordered', '8']] }] },
      expect: 'refused',
      why: 'line 1: accept allows accept, not backordered',
    },
    { confirm: { type: 'detail', lines: [{ line: 2, status: [['accept', '1']] }] }, expect: 'refused', why: 'no line 2' },
    {
      confirm: { type: 'detail', lines: [{ line: 1, status: [['detail', '8']] }] },
      expect: 'refused',
      why: 'line 1: detail needs a price',
    },
    { confirm: { type: 'except', lines: [{ line: 3, status: [['reject', '2.5']] }] }, expect: 'ok' },
    { confirm: { type: 'accept' }, expect: 'refused', why: 'only one accept, except or reject per order' },
    {
      confirm: { type: 'detail', lines: [{ line: 1, status: [['accept', '8']] }] },
      expect: 'refused',
      why: 'line 1 is in confirmation 2; use update',
    },
    { ship: { id: 'S-1', lines: [['3', '1']] }, expect: 'refused', why: 'line 3: 1 of 0' },
  ],
};

const billing: MachineCase = {
  id: 'billing',
  start,
  steps: [
    { ship: { id: 'S-1', lines: [['1', '5']] }, expect: 'ok' },
    { ship: { id: 'S-2', lines: [['1', '4']] }, expect: 'refused', why: 'line 1: 9 of 8' },
    { ship: { id: 'S-1', lines: [['1', '1']] }, expect: 'refused', why: 'shipment id used; use update' },
    { ship: { id: 'S-2', lines: [] }, expect: 'refused', why: 'a portion without lines means the whole order, of which 5 have shipped' },
    {
      ship: {
        id: 'S-2',
        lines: [
          ['3', '0.5'],
          ['3', '0.5'],
        ],
      },
      expect: 'refused',
      why: 'line 3 occurs twice',
    },
    {
      confirm: {
        type: 'except',
        lines: [
          {
            line: 1,
            status: [
              ['accept', '4'],
              ['reject', '4'],
            ],
          },
        ],
      },
      expect: 'refused',
      why: 'line 1: 5 of 8 have shipped',
    },
    {
      confirm: {
        type: 'except',
        lines: [
          {
            line: 1,
            status: [
              ['accept', '7'],
              ['reject', '1'],
            ],
          },
        ],
      },
      expect: 'ok',
    },
    { ship: { id: 'S-2', lines: [['1', '3']] }, expect: 'refused', why: 'line 1: 8 of 7' },
    {
      invoice: {
        id: 'I-1',
        lines: [
          ['1', '5', '12.5', 'tax 5'],
          ['3', '1.25', '3.2'],
        ],
      },
      expect: 'ok',
      written: {
        'InvoiceDetailLineIndicator/@isTaxInLine': 'yes',
        'SubtotalAmount/Money': '66.50',
        'InvoiceDetailSummary/Tax/Money': '5.00',
        'NetAmount/Money': '71.50',
      },
    },
    { invoice: { id: 'I-1', lines: [['1', '1', '12.5']] }, expect: 'refused', why: 'invoice id used' },
    { invoice: { id: 'I-2', lines: [['1', '3', '12.5']] }, expect: 'refused', why: 'line 1: 8 of 7' },
    { invoice: { id: 'I-2', lines: [['1', '1', '12.6']] }, expect: 'refused', why: 'line 1: the price is 12.6, agreed were 12.5' },
    { invoice: { id: 'I-2', lines: [['1', '1', '12.5', 'tax 0.005']] }, expect: 'refused', why: 'line 1: tax: 0.005 has 3 places' },
    { credit: { id: 'C-1', of: 'I-2', kind: 'line', lines: [['1', '-1', '12.5']] }, expect: 'refused', why: 'no invoice I-2' },
    { credit: { id: 'C-1', of: 'I-1', kind: 'line', lines: [['1', '-6', '12.5']] }, expect: 'refused', why: 'credits 6 of 5' },
    { credit: { id: 'C-1', of: 'I-1', kind: 'line', lines: [['1', '1', '12.5']] }, expect: 'refused', why: 'is negative' },
    { credit: { id: 'I-1', of: 'I-1', kind: 'line', lines: [['1', '-1', '12.5']] }, expect: 'refused', why: 'invoice id used' },
    {
      credit: { id: 'C-1', of: 'I-1', kind: 'line', lines: [['1', '-2', '12.5']] },
      expect: 'ok',
      written: { '@purpose': 'lineLevelCreditMemo', 'DueAmount/Money': '-25.00' },
    },
    { credit: { id: 'C-2', of: 'I-1', kind: 'line', lines: [['1', '-4', '12.5']] }, expect: 'refused', why: 'credits 6 of 5' },
    { credit: { id: 'C-2', of: 'C-1', kind: 'line', lines: [['1', '-1', '12.5']] }, expect: 'refused', why: 'no invoice C-1' },
    {
      invoice: { id: 'I-2', lines: [['1', '4', '12.5']] },
      expect: 'ok',
      written: { 'InvoiceDetailSummary/Tax/Money': '0.00', 'NetAmount/Money': '50.00' },
    },
  ],
};

const deciding: MachineCase = {
  id: 'deciding',
  start,
  steps: [
    { confirm: { type: 'detail', lines: [{ line: 1, status: [['reject', '8']] }] }, expect: 'ok' },
    { ship: { id: 'S-1', lines: [['1', '8']] }, expect: 'refused', why: 'line 1: 8 of 0' },
    { confirm: { type: 'accept' }, expect: 'ok' },
    { ship: { id: 'S-1', lines: [['1', '8']] }, expect: 'ok' },
  ],
};

describe('the steps of the supplier on one order', () => {
  it.each([confirming, billing, deciding])('end as they have to, and a refusal says which rule, line and figures: $id', (story) => {
    expect(playMachine(story)).toEqual([]);
  });
});
