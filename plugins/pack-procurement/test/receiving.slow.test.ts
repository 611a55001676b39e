import type { PurchaseOrderSubmitInput } from '@waybill/commerce';
import { statusErrors } from '@waybill/cxml';
import { describe, expect, it } from 'vitest';
import { orderRequest, password, profileRequest, setupRequest } from './support/documents.ts';
import { statusIn } from './support/messages.ts';
import { type Answer, post, startSupplier } from './support/supplier.ts';

/** What every answer is: HTTP 200 with one cXML in it, without a byte order mark. */
function statusOf({ http, contentType, text }: Answer): number | undefined {
  expect([http, contentType?.split(';')[0]]).toEqual([200, 'text/xml']);
  expect(text.startsWith('<?xml')).toBe(true);
  return statusIn(text) ?? Number(/<Status code="(\d{3})"/.exec(text)?.[1]);
}

const latin1 = (text: string): Uint8Array => Buffer.from(text, 'latin1');

describe('a document that is taken', () => {
  it('is answered by what its handler says', async () => {
    const { at, asked } = await startSupplier();
    const profile = await post(at('/cxml'), profileRequest());
    const setup = await post(at('/cxml'), setupRequest());
    const order = await post(at('/cxml'), orderRequest());
    expect([profile, setup, order].map(statusOf)).toEqual([200, 200, 201]);
    expect(profile.text).toContain('<Transaction requestName="OrderRequest">');
    expect(setup.text).toMatch(/<StartPage>\s*<URL>https:\/\/shop\.example\/start\/1<\/URL>/);
    expect(order.text).toMatch(/payloadID="\d+\.[\w.-]+@shop\.example" timestamp="[^"]+\+00:00"/);
    expect(asked.map(({ command }) => command)).toEqual(['procurement.describe', 'punchout.set-up', 'purchase-order.submit']);
  });

  it('has an answer of its own each time', async () => {
    const { at } = await startSupplier();
    const [first, second] = [await post(at('/cxml'), orderRequest()), await post(at('/cxml'), orderRequest())];
    const own = /payloadID="[^"]+" timestamp="[^"]+"/;
    expect(own.exec(first.text)?.[0]).not.toBe(own.exec(second.text)?.[0]);
    expect(first.text.replace(own, '')).toBe(second.text.replace(own, ''));
  });

  it.each<[string, Uint8Array | string, string]>([
    ['UTF-8', setupRequest({ cookie: 'Grüße' }), 'text/xml; charset=utf-8'],
    ['UTF-8 that nobody tells', setupRequest({ cookie: 'Grüße' }), 'application/xml'],
    ['Latin-1 by its declaration', latin1(setupRequest({ cookie: 'Grüße' }).replace('UTF-8', 'ISO-8859-1')), 'text/xml'],
    ['Latin-1 by the header', latin1(setupRequest({ cookie: 'Grüße' }).replace(' encoding="UTF-8"', '')), 'text/xml; charset=iso-8859-1'],
    ['a byte order mark', `\uFEFF${setupRequest({ cookie: 'Grüße' })}`, 'text/xml; charset=UTF-8'],
    ['UTF-16', Buffer.from(`\uFEFF${setupRequest({ cookie: 'Grüße' }).replace('UTF-8', 'UTF-16')}`, 'utf16le'), 'text/xml'],
    [
      'a form',
      new URLSearchParams({ 'cXML-urlencoded': setupRequest({ cookie: 'Grüße' }) }).toString(),
      'application/x-www-form-urlencoded',
    ],
    [
      'a form in base64',
      new URLSearchParams({ 'CXML-Base64': Buffer.from(setupRequest({ cookie: 'Grüße' })).toString('base64') }).toString(),
      'application/x-www-form-urlencoded',
    ],
    ['what is said to be a form', setupRequest({ cookie: 'Grüße' }), 'application/x-www-form-urlencoded'],
  ])('may be written as %s', async (_how, body, contentType) => {
    const { at, asked } = await startSupplier();
    expect(statusOf(await post(at('/cxml'), body, contentType))).toBe(200);
    expect(asked[0]?.input).toMatchObject({ cookie: 'Grüße' });
  });
});

const parts = (id: string, second = ''): string =>
  [
    '--b 0+1',
    'Content-Type: text/xml; charset=UTF-8',
    'Content-ID: <main@buyer.example>',
    '',
    orderRequest({ comments: `See the drawing.<Attachment><URL>cid:drawing%40buyer.example</URL></Attachment>` }),
    '--b 0+1',
    'Content-Type: application/pdf; name="drawing 7.pdf"',
    `Content-ID: <${id}>`,
    'Content-Transfer-Encoding: base64',
    '',
    Buffer.from('%PDF-1.4 a drawing').toString('base64'),
    second,
    '--b 0+1--',
    '',
  ].join('\r\n');
const multipart = 'multipart/related; type="text/xml"; boundary="b 0+1"; start="<main@buyer.example>"';

describe('a document with an attachment', () => {
  it('reaches its handler with what is in the file', async () => {
    const { at, asked, kept } = await startSupplier();
    expect(statusOf(await post(at('/cxml'), parts('drawing@buyer.example'), multipart))).toBe(201);
    const { comments } = asked[0]?.input as PurchaseOrderSubmitInput;
    const content = Buffer.from('%PDF-1.4 a drawing').toString('base64');
    const file = {
      url: 'cid:drawing%40buyer.example',
      name: 'drawing 7.pdf',
      contentType: 'application/pdf; name="drawing 7.pdf"',
      bytes: 18,
      content,
    };
    expect(comments).toEqual([{ text: 'See the drawing.', attachments: [file] }]);
    expect(kept()).not.toContain(password);
  });

  it('is refused where the file did not come, or came twice', async () => {
    const { at, asked } = await startSupplier();
    const twice = ['--b 0+1', 'Content-ID: <drawing@buyer.example>', '', 'another'].join('\r\n');
    const bodies = [parts('other@buyer.example'), parts('drawing@buyer.example', twice)];
    for (const body of bodies) expect(statusOf(await post(at('/cxml'), body, multipart))).toBe(400);
    expect(asked).toEqual([]);
  });

  it('is refused where its files are larger than the entry takes', async () => {
    const { at } = await startSupplier({ options: { limits: { attachments: '10B' } } });
    expect(statusOf(await post(at('/cxml'), parts('drawing@buyer.example'), multipart))).toBe(499);
  });
});

describe('a card number', () => {
  it('reaches the handler, and is kept nowhere', async () => {
    const { at, asked, kept } = await startSupplier();
    const card = '4111111111111111';
    expect(statusOf(await post(at('/cxml'), orderRequest({ card })))).toBe(201);
    expect(asked[0]?.input).toMatchObject({ card: { number: card } });
    expect(kept()).not.toContain(card);
  });
});

describe('a document that is refused', () => {
  const document = orderRequest();
  const entities = '<!DOCTYPE cXML SYSTEM "http://xml.cxml.org/schemas/cXML/1.2.050/cXML.dtd" [<!ENTITY a "aaaa">]>';

  it.each<[string, string | Uint8Array, string, readonly number[]]>([
    ['a wrong secret', orderRequest({ secret: 'wrong' }), 'text/xml', [401]],
    ['no secret', orderRequest({ secret: undefined }), 'text/xml', [401]],
    ['another buyer with the secret', orderRequest({ from: 'BUY-99', sender: 'BUY-99' }), 'text/xml', [401]],
    ['no header', document.replace(/<Header>[\s\S]*<\/Header>/, ''), 'text/xml', [401]],
    ['what is cut short', document.slice(0, -200), 'text/xml', [406]],
    ['what ends in its header', document.slice(0, 300), 'text/xml', [406]],
    ['what is not well-formed', document.replace('</OrderRequest>', '</OrderRequests>'), 'text/xml', [406]],
    ['entities', document.replace(/<!DOCTYPE[^>]*>/, entities), 'text/xml', [406]],
    ['other XML', '<Order><Id>1</Id></Order>', 'text/xml', [400, 406]],
    ['a page', '<!DOCTYPE html><html><body>hello</body></html>', 'text/html', [400, 406]],
    ['JSON', '{"order": 1}', 'application/json', [400, 406]],
    ['nothing', '', 'text/xml', [400, 406]],
    [
      'bytes of no encoding',
      Buffer.concat([latin1(document.slice(0, 900)), Buffer.from([0xff, 0xfe]), latin1(document.slice(900))]),
      'text/xml',
      [406],
    ],
    ['an encoding that nobody knows', document.replace('UTF-8', 'X-KLINGON'), 'text/xml', [406]],
    ['an amount that is none', document.replace('37.50', '37,50'), 'text/xml', [400]],
    ['an order without its number', document.replace(' orderID="PO-9001"', ''), 'text/xml', [400, 406]],
    ['a document that is not for suppliers', document.replaceAll('OrderRequest', 'QuoteRequest'), 'text/xml', [400, 406, 450]],
    ['a form without a document', 'a=1&b=2', 'application/x-www-form-urlencoded', [400, 406]],
    ['parts without a boundary', document, 'multipart/related', [400, 406]],
  ])('for %s has a status that says so, and nothing is done', async (_what, body, contentType, expected) => {
    const { at, asked, kept } = await startSupplier();
    const answer = await post(at('/cxml'), body, contentType);
    expect(expected).toContain(statusOf(answer));
    expect(asked).toEqual([]);
    expect(kept()).not.toContain(password);
  });

  it('for its size has the status 499', async () => {
    const { at, asked } = await startSupplier({ entry: { limit: '1MB' }, options: { limits: { bytes: '64KB' } } });
    const large = (size: number) => orderRequest({ comments: 'x'.repeat(size) });
    expect(statusOf(await post(at('/cxml'), large(100_000)))).toBe(499);
    expect(statusOf(await post(at('/cxml'), large(2_000_000)))).toBe(499);
    expect(asked).toEqual([]);
  });

  it('for a reason of the business says it in its status, and for one of this side only the word', async () => {
    const { at } = await startSupplier({
      entry: { retry: { first: '1ms', most: '1ms' } },
      run: (command) => {
        throw command === 'purchase-order.submit'
          ? statusErrors.WB_CXML_CONFLICT('The order PO-9001 is here already.')
          : new Error('db=secret-host');
      },
    });
    const order = await post(at('/cxml'), orderRequest());
    const profile = await post(at('/cxml'), profileRequest());
    expect([order, profile].map(statusOf)).toEqual([409, 560]);
    expect(order.text).toContain('The order PO-9001 is here already.');
    expect(profile.text).not.toContain('secret-host');
  });

  it('because nobody may come in is not told why', async () => {
    const { at } = await startSupplier();
    const bodies = [{ secret: 'wrong' }, { secret: '' }, { secret: 'none' }, { from: 'NOBODY', sender: 'NOBODY' }].map((said) =>
      orderRequest(said),
    );
    const answers = await Promise.all(bodies.map((body) => post(at('/cxml'), body)));
    const told = new Set(answers.map(({ text }) => text.replace(/payloadID="[^"]+" timestamp="[^"]+"/, '')));
    expect([...told]).toHaveLength(1);
    expect([...told][0]).toMatch(/<Status code="401" text="Unauthorized"\/?>/);
  });
});
