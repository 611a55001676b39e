import type { PurchaseOrderSubmitInput } from '@waybill/commerce';
import { describe, expect, it } from 'vitest';
import { readDocument } from '../../src/index.ts';
import { changed } from '../support/documents.ts';

const withTotal = (text: string) =>
  changed('order-new', '<Total><Money currency="GBP">14.70</Money>', `<Total><Money currency="GBP">${text}</Money>`);
const totalOf = (text: string) => (readDocument(withTotal(text)).input as PurchaseOrderSubmitInput).total.amount;

describe('an amount', () => {
  it.each([
    ['4.25', '4.25'],
    [' 4.25\n ', '4.25'],
    ['4', '4'],
    ['.5', '0.5'],
    ['+4.25', '4.25'],
    ['-4.25', '-4.25'],
    ['14.00000', '14.00000'],
    ['1234567890123.4567', '1234567890123.4567'],
    ['0.005', '0.005'],
    ['-0', '0'],
  ])('%j is read exactly', (text, amount) => {
    expect(totalOf(text)).toBe(amount);
  });

  it.each(['1,234.50', '1.234,50', '4,25', '1 234.50', 'USD 4.25', '$4.25', '1e3', '0x10', 'NaN', 'Infinity', '４.２５', '', '4.25.1'])(
    '%j is refused with the path of its element',
    (text) => {
      expect(() => totalOf(text)).toThrow(
        expect.objectContaining({ code: 'WB_CXML_BAD_REQUEST', at: expect.stringContaining('OrderRequestHeader/Total/Money') as string }),
      );
    },
  );
});
