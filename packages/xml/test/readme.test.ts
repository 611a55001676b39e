import { readFileSync } from 'node:fs';
import { mapping } from '@waybill/mapping';
import { decimalText, text } from '@waybill/values';
import { describe, expect, it } from 'vitest';
import { defaultLimits, defineXmlMessage, errors, XmlWriter } from '../src/index.ts';
import { refusal } from './support/recorder.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

interface Order {
  orderId: string;
  prices: string[];
}

describe('the README', () => {
  it('explains every error code, and no other', () => {
    const named = [...readme.matchAll(/^\| `(WB_XML_\w+)` +\|/gm)].map(([, code]) => code);
    expect(named).toHaveLength(new Set(named).size);
    expect(new Set(named)).toEqual(new Set(Object.keys(errors)));
  });

  it('gives every limit with its default', () => {
    const rows = [...readme.matchAll(/^\| `([a-zA-Z]+)` +\| ([0-9,]+) +\|/gm)].map(([, name, value]) => [
      name,
      Number(value!.replaceAll(',', '')),
    ]);
    expect(Object.fromEntries(rows)).toEqual(defaultLimits);
  });

  it('shows examples that do what it says', () => {
    const o = mapping<Order>();
    const order = defineXmlMessage<Order>({
      root: () =>
        o.group('Order', [
          o.leaf('@number', 'orderId', text({ max: 10 })),
          o.list('Price+', 'prices', decimalText({ digits: 9, scale: 2 })),
        ]),
    });
    expect(order.read(order.write({ orderId: '12007', prices: ['184.50', '12.00'] }))).toEqual({
      orderId: '12007',
      prices: ['184.50', '12.00'],
    });
    expect(order.read('<Order number="12007"><Price>184.50</Price></Order>')).toEqual({ orderId: '12007', prices: ['184.50'] });
    expect(refusal(() => order.read('<Order><Price>184.50</Price></Order>'))).toMatchObject({
      code: 'WB_XML_MISSING_ATTRIBUTE',
      at: 'Order@number, 1:1',
    });
    const more = '<Order number="12007"><Colour>red</Colour><Price>184.50</Price></Order>';
    expect(order.readWithSurplus(more, { anyOrder: true })).toEqual({
      value: { orderId: '12007', prices: ['184.50'] },
      surplus: { 'Order/Colour': 'red' },
      reordered: [],
    });
    const written = new XmlWriter({ systemId: 'Order_10.dtd' }).open('Order').leaf('Comment', 'salt & pepper').close().toString();
    expect(written).toContain('<Comment>salt &amp; pepper</Comment>');
  });
});
