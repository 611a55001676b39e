import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { documents } from '@waybill/cxml';
import { hasVehicle, temporaryFolder } from '@waybill/testing';
import { assert, bigInt, constantFrom, integer, property, record, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Ending } from '../src/index.ts';
import { buyerNamed, cartOf, ended, everything, firstLine, item, received, returned, usd } from './carts.ts';

describe.each(['cxml-urlencoded', 'cxml-base64'] as const)('a cart in the form %s', (form) => {
  it('brings back any text that XML can hold', async () => {
    const buyer = await buyerNamed('meadow', { form, limits: { description: 10_000 } });
    assert(
      property(string({ unit: 'grapheme', minLength: 1, maxLength: 50 }), (text) => {
        const description = `a${text}z`;
        expect(firstLine(returned(cartOf(item({ description })), buyer)).description).toBe(description.replace(/\r\n?/g, '\n'));
      }),
    );
  });
});

describe('any cart', () => {
  it('adds up as whole numbers do', () => {
    const made = record({
      quantity: bigInt({ min: 1n, max: 10n ** 6n }),
      cents: bigInt({ min: 0n, max: 10n ** 9n }),
      lines: integer({ min: 1, max: 20 }),
    });
    assert(
      property(made, ({ quantity, cents, lines }) => {
        const amount = `${cents / 100n}.${`${cents % 100n}`.padStart(2, '0')}`;
        const { cart } = received(
          returned(cartOf(...Array.from({ length: lines }, () => item({ quantity: `${quantity}`, price: usd(amount) })))),
        );
        const total = quantity * cents * BigInt(lines);
        expect(cart.total.amount).toBe(`${total / 100n}.${`${total % 100n}`.padStart(2, '0')}`);
      }),
    );
  });

  it('is always well-formed, whatever is in its texts', () => {
    const any = string({ unit: 'binary', maxLength: 30 });
    assert(
      property(any, any, constantFrom('\uD800', '\u0000', '\uFFFF', ']]>', '\r'), (one, other, odd) => {
        const line = item({
          description: `x${one}${odd}`,
          manufacturer: other + odd,
          extrinsics: [{ name: 'Color', value: odd + one }],
          comments: [{ text: odd + other }],
        });
        expect(received(returned(cartOf(line))).cart.lines).toHaveLength(1);
      }),
    );
  });

  it('has no text that is longer than its buyer takes, nor half a character', async () => {
    const buyers = await Promise.all(
      [false, true].map((countsBytes) => buyerNamed('meadow', { countsBytes, limits: { description: 12 } })),
    );
    assert(
      property(string({ unit: 'grapheme', minLength: 1, maxLength: 40 }), constantFrom(...buyers), (text, buyer) => {
        const { description = '' } = firstLine(returned(cartOf(item({ description: `x${text}` })), buyer));
        expect(buyer.countsBytes ? Buffer.byteLength(description) : Array.from(description).length).toBeLessThanOrEqual(12);
        expect(description.isWellFormed()).toBe(true);
      }),
    );
  });

  it('is valid by the DTD that its declaration prints, whatever is in the cart', async () => {
    if (!hasVehicle('xmllint', () => spawnSync('xmllint', ['--version']).error === undefined, 'no cart was held against a DTD')) return;
    const grammar = await documents.find(({ type }) => type === 'PunchOutOrderMessage')?.grammar();
    const dtd = join(await temporaryFolder(), 'cart.dtd');
    writeFileSync(dtd, grammar?.text ?? '');
    const charge = { amount: usd('2.50') };
    const endings: readonly Ending[] = [
      {
        verb: 'return',
        cart: {
          ...cartOf(everything, item({ language: 'de' })),
          tax: charge,
          shipping: charge,
          quote: 'pending',
          quoteId: 'HP-1',
          shipTo: { name: 'Dock' },
        },
      },
      { verb: 'empty', currency: 'USD' },
      { verb: 'leave', currency: 'USD' },
    ];
    for (const ending of endings) {
      const { text } = received(ended(ending));
      const { stderr } = spawnSync('xmllint', ['--noout', '--nonet', '--dtdvalid', dtd, '-'], {
        input: text.replace(/<!DOCTYPE[^>]*>/, ''),
      });
      expect(stderr.toString()).toBe('');
    }
  });
});
