import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { browserForm, documentOfForm, type PunchoutCart, readDocument, writeDocument } from '../src/index.ts';
import { sample, samples } from './support/documents.ts';

const form = 'application/x-www-form-urlencoded';
const head = {
  payloadId: 'c@shop.dale.example',
  timestamp: '2026-11-02T09:00:00+00:00',
  parties: { from: [{ domain: 'N', identity: '1' }], to: [{ domain: 'N', identity: '2' }] },
};
const gbp = { amount: '1', currency: 'GBP' };
const cart = (description: string): PunchoutCart => ({
  cookie: description,
  operationAllowed: 'edit',
  total: gbp,
  lines: [{ quantity: '1', partId: 'P', price: gbp, unit: 'EA', description, language: 'en' }],
});

/** What a browser posts: line ends of a field become CR LF, all is encoded for the URL. */
function posted({ name, value }: { readonly name: string; readonly value: string }): string {
  return new URLSearchParams({ [name]: value.replace(/\r\n?|\n/g, '\r\n') }).toString();
}

describe.each(['cxml-urlencoded', 'cxml-base64'] as const)('a document in %s', (kind) => {
  it.each([
    '"><script>alert(1)</script>',
    `2" x 4' board, < 0.02" off (red & white)`,
    'AT&amp;T &lt;b&gt; &#65;',
    'Häcksler für Öfen ≤ 5 m² – 20 € ® 漢字 😀',
    '50%25 off + 1 %3Cb%3E',
    ']]> and <![CDATA[',
    'one\ntwo\r\nthree\ttab\rfour',
    '\n',
  ])('comes back from the browser with the same text: %j', (text) => {
    const document = writeDocument('PunchOutOrderMessage', cart(text), head);
    const returned = documentOfForm(posted(browserForm(document, kind)), form) ?? '';
    const { input, warnings } = readDocument(returned);
    expect(input).toEqual(readDocument(document).input);
    expect((input as PunchoutCart).cookie).toBe(
      kind === 'cxml-base64' ? text : text.replace(/\r\n?/g, (input as PunchoutCart).cookie.includes('\r') ? '$&' : '\n'),
    );
    expect(warnings).toEqual([]);
  });

  it('comes back whatever is in it', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', ' ', '\n', '<', '&', '"', ';', 'é', '😀', ']', '>', '\t') }), (text) => {
        const document = writeDocument('PunchOutOrderMessage', cart(text), head);
        const returned = documentOfForm(posted(browserForm(document, kind)), form) ?? '';
        expect(readDocument(returned).input).toEqual(readDocument(document).input);
      }),
      { numRuns: 100 },
    );
  });

  it.each(samples)('comes back as it is written, with its prolog: %s', (_name, text) => {
    const returned = documentOfForm(posted(browserForm(text, kind)), form) ?? '';
    expect(readDocument(returned)).toEqual(readDocument(text));
  });
});

describe('an urlencoded document', () => {
  it('is US-ASCII in one line', () => {
    const { value } = browserForm(writeDocument('PunchOutOrderMessage', cart('Öl\n漢 😀'), head), 'cxml-urlencoded');
    expect(value).toMatch(/^[ -~]*$/);
    expect(value).toContain('&#214;l&#10;&#28450; &#128512;');
  });
});

describe('the document in a form', () => {
  const text = sample('cart');
  const base64 = Buffer.from(text).toString('base64');

  it.each([
    ['cXML-urlencoded', text],
    ['cxml-urlEncoded', text],
    ['CXML-URLENCODED', text],
    ['cxml_urlencoded', text],
    ['cXML-base64', base64],
    ['cxml-base64', base64.replace(/(.{76})/g, '$1\r\n')],
    ['cxml-urlencoded', encodeURIComponent(text)],
  ])('is found in the field %s', (name, value) => {
    const body = new URLSearchParams({ other: 'x', [name]: value }).toString();
    expect(documentOfForm(body, `${form}; charset=UTF-8`)).toBe(text);
    expect(documentOfForm(Buffer.from(body), form.toUpperCase())).toBe(text);
  });

  it('is found where a plus was not encoded', () => {
    const body = `cxml-base64=${Buffer.from('<a>>>>???</a>').toString('base64')}`;
    expect(documentOfForm(body, form)).toBe('<a>>>>???</a>');
  });

  it('is read in the encoding that it declares', () => {
    const latin1 = Buffer.from('<?xml version="1.0" encoding="ISO-8859-1"?><a>\u00d6l</a>', 'latin1').toString('base64');
    expect(documentOfForm(new URLSearchParams({ 'cxml-base64': latin1 }).toString(), form)).toContain('Öl');
  });

  it('is none in a body that is no form, or has no such field', () => {
    expect(documentOfForm(text, 'text/xml')).toBeUndefined();
    expect(documentOfForm('a=b', form)).toBeUndefined();
    expect(documentOfForm('a=b', undefined)).toBeUndefined();
  });
});
