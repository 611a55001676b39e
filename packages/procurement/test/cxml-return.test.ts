import { describe, expect, it } from 'vitest';
import type { WrittenCart } from '../src/index.ts';
import { buyerNamed, cartOf, cxmlSession, ended, firstLine, item, notesOf, received, returned, usd } from './carts.ts';

const names = [
  '"><script>alert(1)</script>',
  '2" x 4\' board, < 0.02" off (red & white)',
  'AT&amp;T &lt;b&gt; &#65;',
  'Häcksler für Öfen ≤ 5 m² – 20 € ® 漢字 😀',
  '50%25 off + 1 %3Cb%3E',
  ']]> and <![CDATA[',
  'one\ntwo\r\nthree\ttab',
  "O'Neill's \\' bolt",
  'אבג 12',
];

describe.each(['cxml-urlencoded', 'cxml-base64'] as const)('a cart in the form %s', (form) => {
  it.each(names)('brings back the text %j', async (description) => {
    const written = returned(cartOf(item({ description })), await buyerNamed('meadow', { form }));
    expect(firstLine(written).description).toBe(description.replace(/\r\n/g, '\n'));
  });

  it('has one field, of US-ASCII alone where it is not base64', async () => {
    const written = returned(
      cartOf(item({ description: 'Öl ≤ 5 €\nfein' })),
      await buyerNamed('meadow', { form, formField: 'cXML-special' }),
    );
    const fields = written.outcome === 'written' ? written.form.fields : [];
    expect(fields.map(({ name }) => name)).toEqual(['cXML-special']);
    expect(fields[0]?.value).toMatch(/^[ -~]+$/);
  });
});

describe('a cart', () => {
  it('is the same document in both forms', async () => {
    const cart = cartOf(...names.map((description) => item({ description })));
    const [one, other] = await Promise.all(
      (['cxml-urlencoded', 'cxml-base64'] as const).map(async (form) => returned(cart, await buyerNamed('meadow', { form }))),
    );
    expect(received(one as WrittenCart).cart).toEqual(received(other as WrittenCart).cart);
    expect(one?.outcome === 'written' && other?.outcome === 'written' && one.document === other.document).toBe(true);
  });

  it('is the same bytes when it is written again', () => {
    const cart = cartOf(item());
    expect(returned(cart)).toEqual(returned(cart));
  });

  it('goes to the address of the session, under the names that the buyer uses, without a secret', () => {
    const written = returned(cartOf(item()));
    const { document, text } = received(written);
    expect(written).toMatchObject({
      form: { action: 'https://buy.meadow.example/return?req=5521&site=7', target: '_self', charset: 'UTF-8' },
    });
    expect(document).toMatchObject({
      kind: 'message',
      type: 'PunchOutOrderMessage',
      payloadId: '1790000040.88.1@store.example',
      timestamp: '2026-09-21T09:31:00-04:00',
      test: false,
      parties: {
        from: [{ domain: 'DUNS', identity: '555000999' }],
        to: [{ domain: 'NetworkID', identity: 'AN01-MEADOW' }],
        sender: { domain: 'DUNS', identity: '555000999' },
        userAgent: 'Test Store 1',
      },
      input: { cookie: 'LK-1', operationAllowed: 'edit', total: usd('1.00') },
    });
    expect(text).not.toContain('SharedSecret');
  });

  it('answers a test under the names of the test, and as a test', () => {
    const parties = {
      ...cxmlSession.parties,
      to: [
        { domain: 'NetworkID', identity: 'AN01-STORE-T' },
        { domain: 'X', identity: 'other' },
      ],
    };
    const { document } = received(ended({ verb: 'return', cart: cartOf(item()) }, { test: true, parties }));
    expect(document.test).toBe(true);
    expect(document.parties?.from).toEqual([{ domain: 'NetworkID', identity: 'AN01-STORE-T' }]);
  });

  it('brings the cookie back to the character, or trimmed', async () => {
    const cookie = ` x"<&>'%26+%2B/=;é:${'k'.repeat(300)} `;
    const exact = ended({ verb: 'leave', currency: 'USD' }, { cookie }, await buyerNamed('ridge'));
    const trimmed = ended({ verb: 'leave', currency: 'USD' }, { cookie });
    expect(received(trimmed).cart.cookie).toBe(cookie.trim());
    expect(exact.outcome === 'written' && exact.document).toContain('<BuyerCookie> x');
  });

  it('adds up exactly, and is rounded once', () => {
    const screws = item({ quantity: '4573', price: usd('4.9'), priceBasis: { quantity: '1000', unit: 'EA', conversion: '1' } });
    const { cart } = received(
      returned(cartOf(item({ quantity: '3', price: usd('0.1') }), item({ quantity: '20', price: usd('4.25') }), screws)),
    );
    expect(cart.total).toEqual(usd('107.71'));
    expect(cart.lines[2]).toMatchObject({ price: usd('4.9'), priceBasis: { quantity: '1000', unit: 'EA', conversion: '1' } });
  });

  it('adds up in the places of its currency', () => {
    const yen = { currency: 'JPY', lines: [item({ quantity: '3', price: { amount: '0.5', currency: 'JPY' } })] };
    const dinar = { currency: 'KWD', lines: [item({ quantity: '3', price: { amount: '0.5', currency: 'KWD' } })] };
    expect([received(returned(yen)).cart.total.amount, received(returned(dinar)).cart.total.amount]).toEqual(['2', '1.500']);
  });

  it('has at most four places behind the point in a price, for more units where that is needed', () => {
    expect(firstLine(returned(cartOf(item({ price: usd('0.0000049') }))))).toMatchObject({
      price: usd('0.0049'),
      priceBasis: { quantity: '1000', unit: 'EA', conversion: '1' },
    });
    expect(firstLine(returned(cartOf(item({ price: usd('0.0049') })))).priceBasis).toBeUndefined();
  });

  it('has the price of one unit for a buyer that reads no other, or is refused', async () => {
    const buyer = await buyerNamed('meadow', { priceBasis: 'unit-price' });
    const line = (amount: string) => item({ price: usd(amount), priceBasis: { quantity: '1000', unit: 'EA', conversion: '1' } });
    expect(firstLine(returned(cartOf(line('4.9')), buyer)).price).toEqual(usd('0.0049'));
    expect(notesOf(returned(cartOf(line('4.91')), buyer))).toEqual([
      expect.stringContaining('1 UnitPrice of one unit has more than 4 places'),
    ]);
  });

  it('may be a quote that cannot be ordered yet, under its number', () => {
    const { cart } = received(returned({ ...cartOf(item()), quote: 'pending', quoteId: 'HP-1207' }));
    expect(cart).toMatchObject({ quoteStatus: 'pending', supplierOrder: { id: 'HP-1207' } });
  });

  it('tells shipping and tax, which do not belong to its total', () => {
    const charge = { amount: usd('2.50') };
    const { cart, text } = received(
      returned({ ...cartOf(item({ shipping: charge, tax: { amount: usd('0.08') } })), shipping: charge, tax: charge }),
    );
    expect(cart).toMatchObject({ total: usd('1.00'), shipping: { amount: usd('2.50') }, tax: { amount: usd('2.50') } });
    expect(text.match(/<(?:Shipping|Tax)>.*?<Description/gs)).toHaveLength(4);
  });

  it('of 1,000 lines is written, and numbered from 1', () => {
    const { cart } = received(returned(cartOf(...Array.from({ length: 1_000 }, (_, n) => item({ auxiliaryId: `Q-${n}`, number: 7 })))));
    expect([cart.lines.length, cart.lines[0]?.number, cart.lines[999]?.number, cart.total.amount]).toEqual([1_000, 1, 1_000, '1000.00']);
  });

  it('holds no character that XML does not have, and says in which line one was', () => {
    const written = returned(cartOf(item(), item({ description: 'Seal\u0008 ring\u0000 \uFFFE\uD83D end', manufacturer: 'K\u0001' })));
    expect(received(written).cart.lines[1]?.description).toBe('Seal\uFFFD ring\uFFFD \uFFFD\uFFFD end');
    expect(notesOf(written)).toEqual([
      '2 Description, ManufacturerName held characters that XML does not have; U+FFFD stands in their place',
    ]);
  });

  it('holds none in names of extrinsics and in addresses either', () => {
    const line = item({ extrinsics: [{ name: 'Co\u0001lor', value: 'x' }] });
    const written = returned({ ...cartOf(item(), line), shipTo: { name: 'Dock\uFFFF' } });
    expect(received(written).cart).toMatchObject({
      shipTo: { name: 'Dock\uFFFD' },
      lines: [{}, { extrinsics: [{ name: 'Co\uFFFDlor' }] }],
    });
    expect(notesOf(written)).toEqual([expect.stringContaining('- shipTo.name held'), expect.stringContaining('2 extrinsics[0].name held')]);
  });

  it('is refused where its document has no place for something, at the line that is told', () => {
    const written = returned(cartOf(item(), item({ extrinsics: [{ name: '', value: 'x' }] })));
    expect([written.outcome, notesOf(written)]).toEqual(['refused', [expect.stringMatching(/^2 .* cannot be written: /)]]);
  });
});
