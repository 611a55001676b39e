import type { OrderCreated } from '@waybill/commerce';
import { isWaybillError } from '@waybill/contract';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import pack from '../src/index.ts';
import { type Writing, writing } from '../src/options.ts';
import { bytesOf, contextWith, fixture, readBody } from './support/messages.ts';

// What an outbound entry sets, on the one message that is sent.

const ref = { name: 'OrderCreate', version: '01' };
const order = readBody(fixture('order_create.txt')).read.input as OrderCreated;
const encodings = (writing.properties.encoding as { readonly enum?: readonly string[] }).enum ?? [];
const named = (lastName: string): OrderCreated => ({
  ...order,
  billTo: { ...order.billTo, name: { ...order.billTo?.name, lastName } } as NonNullable<OrderCreated['billTo']>,
});

describe('an order that is written as its entry says', () => {
  it.each(encodings)('is read as the same again in %s', (encoding) => {
    const bytes = bytesOf(pack.compose(ref, order, contextWith({ encoding })));
    expect(readBody(bytes, { encoding }).read.input).toEqual(order);
  });

  it('is read as the same again with the same settings, or is refused at a path', () => {
    const outcomes: string[] = [];
    const widths = fc.dictionary(fc.constantFrom(...Object.keys(writing.properties.widths.properties)), fc.integer({ min: 20, max: 300 }), {
      maxKeys: 4,
    });
    const settings = fc.record({
      encoding: fc.constantFrom(...encodings),
      units: fc.constantFrom('characters' as const, 'bytes' as const),
      widths,
    });
    // Letters that all, some or few of the encodings have, and in UTF-8 one to four bytes; of those that all have, also too many.
    const letters = (unit: readonly string[], most: number) =>
      fc.string({ unit: fc.constantFrom(...unit), minLength: 1, maxLength: most, size: 'max' });
    const name = fc.oneof(letters(['a', 'Z', '-'], 40), letters(['a', 'é', 'ß', 'Ł', '€', 'Ж', '\u{1F6A2}'], 20));
    fc.assert(
      fc.property(settings, name, ({ encoding, units, widths: chosen }, lastName) => {
        const given = named(lastName);
        outcomes.push(outcome(given, { encoding, units, widths: chosen }));
      }),
      { numRuns: 200 },
    );
    expect(new Set(outcomes)).toEqual(new Set(['written', 'WB_RECORD_UNENCODABLE', 'WB_RECORD_DOES_NOT_FIT']));
  });
});

/** The code of a refusal with its place, or that it was written and read as the same. */
function outcome(data: OrderCreated, settings: Partial<Writing> & { readonly encoding: string }): string {
  let bytes: Buffer;
  try {
    bytes = bytesOf(pack.compose(ref, data, contextWith(settings)));
  } catch (error) {
    if (!isWaybillError(error)) throw error;
    return error.at?.includes('(') === true ? error.code : `${error.code} without a path`;
  }
  const { encoding, units, widths } = settings;
  expect(readBody(bytes, { encoding, settings: { units, widths } }).read.input).toEqual(data);
  return 'written';
}
