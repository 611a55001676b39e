import { describe, expect, it } from 'vitest';
import type { WrittenCart } from '../src/index.ts';
import { buyerNamed, cartOf, ended, everything, firstLine, item, notesOf, received, returned, usd } from './carts.ts';

describe('the three ways in which a session ends', () => {
  const facts = (written: WrittenCart) => {
    const { document, cart } = received(written);
    return [document.status?.code, cart.lines.length, cart.total];
  };

  it.each(['create', 'edit', 'inspect'] as const)('leave: %s says "no change"', (operation) => {
    expect(facts(ended({ verb: 'leave', currency: 'EUR' }, { operation }))).toEqual([204, 0, { amount: '0.00', currency: 'EUR' }]);
  });

  it('empty: an edit has neither lines nor status, so that the buyer deletes its own', async () => {
    expect(facts(ended({ verb: 'empty', currency: 'USD' }, { operation: 'edit' }))).toEqual([undefined, 0, usd('0.00')]);
    const ebs = await buyerNamed('meadow', { profile: 'oracle-ebs' });
    expect(facts(ended({ verb: 'empty', currency: 'USD' }, { operation: 'edit' }, ebs))[0]).toBeUndefined();
    expect(facts(ended({ verb: 'empty', currency: 'USD' }, { operation: 'create' }, ebs))[0]).toBe(204);
  });

  it('return: an edit without lines is refused, since nobody has said that they are to be deleted', () => {
    const nothing = { verb: 'return', cart: cartOf() } as const;
    expect(notesOf(ended(nothing, { operation: 'edit' }))).toEqual([expect.stringContaining('- cart has no lines')]);
    expect(facts(ended(nothing, { operation: 'create' }))).toEqual([undefined, 0, usd('0.00')]);
  });

  it('return: an inspect brings nothing back', () => {
    expect(facts(ended({ verb: 'return', cart: cartOf(item()) }, { operation: 'inspect' }))).toEqual([204, 0, usd('0.00')]);
  });
});

describe('the document of a cart', () => {
  it('has the remarks of a line in one element', () => {
    expect(firstLine(returned(cartOf(everything))).comments).toEqual([{ language: 'en', text: 'one\ntwo' }]);
  });

  it('has only addresses of pages for addresses', () => {
    expect(firstLine(returned(cartOf(everything))).url).toBe('https://shop.store.example/p/BRG%206204');
    const script = returned(cartOf(item({ url: 'javascript:alert(1)' })));
    expect([firstLine(script).url, notesOf(script)]).toEqual([undefined, ['1 URL is no address of a page and was left out']]);
  });
});
