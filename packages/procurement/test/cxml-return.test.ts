import { documentOfForm, type PunchoutCart, readDocument } from '@waybill/cxml';
import { assert, bigInt, constantFrom, integer, property, record, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Cart, type CartItem, type CartSession, type Ending, type WrittenCart, writeCart } from '../src/index.ts';
import { buyerNamed, cartOf, contextOf, cxmlSession, item, notesOf, usd } from './carts.ts';

const meadow = await buyerNamed('meadow');

const ended = (ending: Ending, session: Partial<CartSession> = {}, buyer = meadow): WrittenCart =>
  writeCart(ending, contextOf(buyer, { ...cxmlSession, ...session } as CartSession));
const returned = (cart: Cart, buyer = meadow): WrittenCart => ended({ verb: 'return', cart }, {}, buyer);

/** What the buyer reads: the form as a browser posts it, and the document in it. */
function received(written: WrittenCart): {
  readonly text: string;
  readonly document: ReturnType<typeof readDocument>;
  readonly cart: PunchoutCart;
} {
  if (written.outcome === 'refused') throw new Error(JSON.stringify(written.problems));
  const body = new URLSearchParams(written.form.fields.map(({ name, value }) => [name, value.replace(/\r?\n/g, '\r\n')])).toString();
  const text = documentOfForm(body, 'application/x-www-form-urlencoded') ?? '';
  const document = readDocument(text);
  return { text, document, cart: document.input as PunchoutCart };
}

const firstLine = (written: WrittenCart): CartItem => received(written).cart.lines[0] as CartItem;

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

  it('brings back any text that XML can hold', async () => {
    const buyer = await buyerNamed('meadow', { form, limits: { description: 10_000 } });
    assert(
      property(string({ unit: 'grapheme', minLength: 1, maxLength: 50 }), (text) => {
        const description = `a${text}z`;
        expect(firstLine(returned(cartOf(item({ description })), buyer)).description).toBe(description.replace(/\r\n?/g, '\n'));
      }),
    );
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
    const exact = ended({ verb: 'leave', currency: 'USD' }, { cookie } as Partial<CartSession>, await buyerNamed('ridge'));
    const trimmed = ended({ verb: 'leave', currency: 'USD' }, { cookie } as Partial<CartSession>);
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
      { numRuns: 30 },
    );
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
});

describe('a line that its buyer does not take', () => {
  it.each<[string, Partial<CartItem>, string]>([
    ['has no quantity', { quantity: '-1' }, 'quantity is no number above zero'],
    ['has no part number', { partId: '' }, 'SupplierPartID is missing'],
    ['has a part number that is too long', { partId: 'x'.repeat(101) }, 'SupplierPartID has 101 characters; at most 100 are taken'],
    ['has half a character in its id', { auxiliaryId: 'Q\uD800' }, 'SupplierPartAuxiliaryID holds a character that XML does not have'],
    ['has no unit', { unit: ' ' }, 'UnitOfMeasure is missing'],
    ['has a price with a comma', { price: usd('1,5') }, 'UnitPrice is no decimal number'],
    [
      'has a price in another currency',
      { price: { amount: '1', currency: 'EUR' } },
      'currency is "EUR", and that of the cart is USD: a document has one',
    ],
    ['has tax in another currency', { tax: { amount: { amount: '1', currency: 'EUR' } } }, 'Tax is in "EUR", and the cart in USD'],
    ['has a tax of five places', { tax: { amount: usd('0.00001') } }, 'Tax has more than 4 places behind the point'],
    [
      'has a price for none',
      { priceBasis: { quantity: '0', unit: 'EA', conversion: '1' } },
      'PriceBasisQuantity has a quantity or a conversion',
    ],
    ['has no class', { classifications: [] }, 'Classification is missing'],
    ['has no text', { description: '\n' }, 'Description is missing'],
  ])('keeps the cart from leaving, with its number: it %s', (_what, own, expected) => {
    const written = returned(cartOf(item(), item(own)));
    expect(written.outcome).toBe('refused');
    expect(notesOf(written)).toEqual([expect.stringContaining(`2 ${expected}`)]);
  });
});

describe('the texts of a line', () => {
  const long = 'Kugellager für Öfen '.repeat(30);

  it('are cut behind a word where they are too long, with a warning', async () => {
    const written = returned(cartOf(item({ description: long })), await buyerNamed('fern'));
    const { description = '' } = firstLine(written);
    expect([description.length, description.endsWith('Öfen') || description.endsWith('für') || description.endsWith('Kugellager')]).toEqual(
      [expect.any(Number), true],
    );
    expect(description.length).toBeGreaterThan(230);
    expect(description.length).toBeLessThanOrEqual(255);
    expect(notesOf(written)).toEqual(['1 Description had 600 characters and was cut; 255 are taken']);
  });

  it('are cut behind a character that people see as one, where there are no words', async () => {
    const family = '👨‍👩‍👧‍👦';
    const buyer = await buyerNamed('meadow', { limits: { description: 20 } });
    expect(firstLine(returned(cartOf(item({ description: family.repeat(10) })), buyer)).description).toBe(family.repeat(2));
  });

  it('are measured in bytes where the buyer does so', async () => {
    const ridge = await buyerNamed('ridge', { limits: { description: 20, partId: 10 } });
    const { description = '' } = firstLine(returned(cartOf(item({ description: 'ÖÖÖÖÖ ÖÖÖÖÖÖÖÖÖÖ' })), ridge));
    expect(Buffer.byteLength(description)).toBeLessThanOrEqual(20);
    expect(notesOf(returned(cartOf(item({ partId: 'ÖÖÖÖÖÖ' })), ridge))).toEqual(['1 SupplierPartID has 12 bytes; at most 10 are taken']);
  });

  it('never become longer than the buyer takes, nor half a character', async () => {
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

  it('have plain signs for a buyer that takes no others', async () => {
    const quarry = await buyerNamed('quarry');
    expect(firstLine(returned(cartOf(item({ description: 'A™ B® C©' })), quarry)).description).toBe('A(TM) B(R) C(C)');
  });
});

describe('ids, units and classes', () => {
  it('keep the cart from leaving where the buyer takes a character in no id', async () => {
    const written = returned(cartOf(item({ auxiliaryId: '{"s":7}' })), await buyerNamed('ridge'));
    expect(notesOf(written)).toEqual(['1 SupplierPartAuxiliaryID holds { }, which this buyer takes in no id']);
    const off = await buyerNamed('ridge', { quirks: { 'ariba-ids': false } });
    expect(firstLine(returned(cartOf(item({ auxiliaryId: '{"s":7}' })), off)).auxiliaryId).toBe('{"s":7}');
  });

  it('are those of the buyer', async () => {
    const buyer = await buyerNamed('meadow', { units: { EA: 'PCE' }, categories: { '31171504': '27250100', '*': '99999999' } });
    const { cart } = received(returned(cartOf(item(), item({ classifications: [] })), buyer));
    expect(cart.lines.map(({ unit, classifications }) => [unit, classifications])).toEqual([
      ['PCE', [{ domain: 'UNSPSC', code: '27250100' }]],
      ['PCE', [{ domain: 'UNSPSC', code: '99999999' }]],
    ]);
  });

  it('keep the cart from leaving where the unit is not mapped, or pass where the buyer says so', async () => {
    const strict = await buyerNamed('meadow', { units: { EA: 'PCE' } });
    expect(notesOf(returned(cartOf(item({ unit: 'toString' })), strict))).toEqual([
      '1 UnitOfMeasure "toString" is not in the map of units of meadow',
    ]);
    const lenient = await buyerNamed('meadow', { units: { EA: 'PCE' }, unmappedUnits: 'pass' });
    expect(firstLine(returned(cartOf(item({ unit: 'BX' })), lenient)).unit).toBe('BX');
  });

  it('have eight digits where they are UNSPSC', async () => {
    const classifications = [{ domain: 'unspsc', code: '31.17.15-04' }];
    expect(firstLine(returned(cartOf(item({ classifications })))).classifications).toEqual([{ domain: 'unspsc', code: '31171504' }]);
    const short = returned(cartOf(item({ classifications: [{ domain: 'UNSPSC', code: '311715' }] })));
    expect([short.outcome, notesOf(short)]).toEqual([
      'written',
      ['1 Classification is a class of UNSPSC without eight digits, and is written as it is'],
    ]);
    expect(returned(cartOf(item({ classifications: [{ domain: 'UNSPSC', code: '311715' }] })), await buyerNamed('quarry')).outcome).toBe(
      'refused',
    );
  });
});

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
