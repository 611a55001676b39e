import { describe, expect, it } from 'vitest';
import { ownTexts } from '../../src/index.ts';
import { returnPage } from '../../src/pages/return-page.ts';
import { formsIn, HttpBrowser } from './http-browser.ts';
import { documentIn, press, returnFormIn, startService } from './service-of-tests.ts';
import { setUpOf } from './set-up-of-tests.ts';

async function returnOf(buyer: 'larkfield' | 'fennel', part = 'BRG-6204') {
  const started = await startService();
  const browser = new HttpBrowser();
  const returnAddress = buyer === 'fennel' ? 'https://req.fennel.example/back' : 'https://buy.larkfield.example/back';
  const { startPage } = await started.service.setUp(setUpOf({ returnAddress }), { buyer });
  const first = await browser.open(startPage);
  const page = buyer === 'fennel' ? await press(browser, first) : first;
  const added = await browser.open(new URL(`add?part=${encodeURIComponent(part)}`, page.url).href);
  return await press(browser, added, 'return');
}

const policyOf = (headers: Headers): ReadonlyMap<string, string> =>
  new Map(
    (headers.get('content-security-policy') ?? '').split('; ').map((each) => [each.split(' ')[0] ?? '', each.slice(each.indexOf(' ') + 1)]),
  );

describe('the page that brings a cart back', () => {
  it('has a policy that lets the form go, its own script run and nothing else', async () => {
    const { headers, text } = await returnOf('larkfield');
    const policy = policyOf(headers);
    expect(policy.has('form-action')).toBe(false);
    expect(policy.get('default-src')).toBe("'none'");
    expect(policy.get('frame-ancestors')).toBe('https://buy.larkfield.example');
    const nonce = /<script nonce="([\w-]{22})">/.exec(text)?.[1];
    expect(policy.get('script-src')).toBe(`'nonce-${nonce}'`);
    expect(text.match(/<script/g)).toHaveLength(1);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
    for (const name of ['x-frame-options', 'cross-origin-opener-policy']) expect(headers.has(name)).toBe(false);
  });

  it('names the hosts of the return where the buyer names no frames', async () => {
    const { headers } = await returnOf('fennel');
    expect(policyOf(headers).get('frame-ancestors')).toBe('https://req.fennel.example');
  });

  it('has another nonce each time', async () => {
    const nonces = [await returnOf('larkfield'), await returnOf('larkfield')].map(({ text }) => /nonce="([^"]+)"/.exec(text)?.[1]);
    expect(nonces[0]).not.toBe(nonces[1]);
  });

  it('has a button that needs no script, behind all the fields that it sends', async () => {
    const { text } = await returnOf('larkfield');
    const button = text.indexOf('<button');
    expect(text.slice(button, text.indexOf('>', button))).not.toMatch(/hidden|disabled/);
    expect(text.slice(button)).toMatch(/^<button class="button first" id="go" form="cart"/);
    expect(text.lastIndexOf('<input')).toBeLessThan(button);
    expect(text.indexOf('</form>')).toBeLessThan(button);
  });

  it('goes where the buyer wants it: the field, the window and the encoding', async () => {
    expect(returnFormIn(await returnOf('larkfield'))).toMatchObject({
      target: '_self',
      charset: 'UTF-8',
      fields: [['cxml-urlencoded', expect.any(String)]],
    });
    expect(returnFormIn(await returnOf('fennel'))).toMatchObject({ target: '_top', fields: [['cxml-base64', expect.any(String)]] });
  });

  it.each(['"><script>alert(1)</script>', `'"&amp;&lt;`, 'a\r\nb\tc', 'Kühlöl 冷却油 🛢', ']]>', '</form><form action=x>'])(
    'carries the name %j in both forms as it is, and runs nothing',
    async (name) => {
      for (const buyer of ['larkfield', 'fennel'] as const) {
        const page = await returnOf(buyer, name);
        expect(page.text.match(/<script/g)).toHaveLength(1);
        expect(formsIn(page)).toHaveLength(1);
        expect((documentIn(page).input.lines[0]?.partId ?? '').replaceAll(/\s+/g, ' ')).toBe(name.replaceAll(/\s+/g, ' '));
      }
    },
  );

  it('escapes every value of a form', () => {
    const evil = `"><script>'&\0`;
    const form = { action: `https://x.example/${evil}`, target: evil, charset: evil, fields: [{ name: evil, value: evil }] };
    const around = { texts: ownTexts[0] as (typeof ownTexts)[number], store: evil, test: true };
    const { html } = returnPage(around, { verb: 'return', form, warnings: [{ line: 1, field: evil, what: evil }] }, true);
    expect(html.match(/<script/g)).toHaveLength(1);
    expect(html).not.toContain('\0');
    expect(formsIn({ text: html, url: 'https://store.example/' })[0]?.fields).toEqual([
      [evil.replace('\0', '\uFFFD'), evil.replace('\0', '\uFFFD')],
    ]);
  });
});

describe('the texts of the pages', () => {
  it('are there in every language, each for every place', () => {
    const places = ownTexts.map((texts) => JSON.stringify(texts, (_, value) => (typeof value === 'string' ? value.length > 0 : value)));
    expect(new Set(places).size).toBe(1);
    expect(ownTexts.map(({ language }) => language)).toEqual(['en', 'de']);
  });
});
