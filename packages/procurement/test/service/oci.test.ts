import { describe, expect, it } from 'vitest';
import { definePartners } from '../../src/index.ts';
import { formsIn, HttpBrowser } from './http-browser.ts';
import { press, returnFormIn, startService } from './service-of-tests.ts';
import { partnersSpec, setUpOf } from './set-up-of-tests.ts';

const call = {
  USERNAME: 'waybill',
  PASSWORD: 'example-password',
  HOOK_URL: 'https://srm.larkfield.example/sap/return?sap-client=100&t=a',
  '~OkCode': 'ADDI',
};

const query = (fields: Readonly<Record<string, string>>): string => new URLSearchParams(fields).toString();

describe('an OCI call', () => {
  it.each(['GET', 'POST'])('by %s opens a session, and its cart goes back in fields', async (method) => {
    const { origin, storefront } = await startService();
    const browser = new HttpBrowser();
    const address = `${origin}/punchout/oci`;
    const page = method === 'GET' ? await browser.open(`${address}?${query(call)}`) : await browser.open(address, { form: call });
    expect(page.way.map(({ status }) => status)).toEqual([303, 200]);
    expect(page.url).not.toContain('example-password');
    expect(JSON.stringify(storefront.opened)).not.toContain('example-password');
    const added = await browser.open(new URL('add?part=BRG-6204&quantity=20', page.url).href);
    const back = await press(browser, added, 'return');
    const form = returnFormIn(back);
    expect([form.action, form.target]).toEqual(['https://srm.larkfield.example/sap/return', '_top']);
    const fields = new Map(form.fields);
    expect([...fields].slice(0, 5)).toEqual([
      ['sap-client', '100'],
      ['t', 'a'],
      ['~OkCode', 'ADDI'],
      ['~TARGET', '_top'],
      ['~CALLER', 'CTLG'],
    ]);
    expect([fields.get('NEW_ITEM-QUANTITY[1]'), fields.get('NEW_ITEM-VENDORMAT[1]'), fields.get('NEW_ITEM-PRICE[1]')]).toEqual([
      '20',
      'BRG-6204',
      '4.25',
    ]);
    expect(back.headers.get('content-security-policy')).toContain('frame-ancestors https://srm.larkfield.example');
  });

  it('that is left takes no line along', async () => {
    const { origin } = await startService();
    const browser = new HttpBrowser();
    const page = await browser.open(`${origin}/punchout/oci`, { form: call });
    const form = returnFormIn(await press(browser, await browser.open(new URL('add?part=BRG-6204', page.url).href), 'leave'));
    expect(form.fields.filter(([name]) => name.startsWith('NEW_ITEM'))).toEqual([]);
  });

  it('from another site, without the cookies of the store, leaves the sessions of the browser alone', async () => {
    const { service, origin } = await startService();
    const browser = new HttpBrowser();
    const { startPage } = await service.setUp(setUpOf(), { buyer: 'larkfield' });
    const first = await browser.open(startPage);
    const cookies = new Map(browser.cookies);
    const stranger = new HttpBrowser();
    const { way } = await stranger.open(`${origin}/punchout/oci`, { form: call });
    for (const [name, value] of stranger.cookies) browser.cookies.set(name, value);
    expect(way[0]?.setCookie.filter((each) => [...cookies.keys()].some((name) => each.startsWith(name)))).toEqual([]);
    const refused = await stranger.open(`${origin}/punchout/oci`, { form: { ...call, PASSWORD: 'wrong' } });
    expect(refused.way.flatMap(({ setCookie }) => setCookie)).toEqual([]);
    expect((await browser.open(first.url)).text).toContain('create /');
  });

  it.each([
    ['a wrong password', { PASSWORD: 'example-passwore' }, 403],
    ['no password', { PASSWORD: '' }, 403],
    ['an unknown user', { USERNAME: 'nobody' }, 403],
    ['a return address of somebody else', { HOOK_URL: 'https://srm.larkfield.example.evil.example/' }, 400],
    ['a script as return address', { HOOK_URL: 'javascript:alert(1)' }, 400],
    ['an unknown function', { FUNCTION: 'DOWNLOADJSON' }, 501],
  ])('with %s is refused by a page that tells nothing, before there is a session', async (_, wrong, status) => {
    const { origin, storefront, log } = await startService();
    const page = await new HttpBrowser().open(`${origin}/punchout/oci`, { form: { ...call, ...wrong } });
    expect(page.status).toBe(status);
    expect(page.text).toContain('The store could not be opened');
    expect(page.text).not.toMatch(/evil|alert|nobody|password/);
    expect(storefront.opened).toEqual([]);
    expect(JSON.stringify(log.lines)).not.toContain('example-password');
    expect(log.lines.length).toBeGreaterThan(0);
  });

  it('shows a product, or what is looked for', async () => {
    const { origin } = await startService();
    const latin = `${query({ ...call, FUNCTION: 'SOURCING', http_content_charset: 'ISO-8859-1' })}&SEARCHSTRING=K%FChl%F6l`;
    const search = await new HttpBrowser().open(`${origin}/punchout/oci`, { form: latin });
    expect(search.url).toContain(`/search?q=${encodeURIComponent('Kühlöl')}`);
    const product = await new HttpBrowser().open(`${origin}/punchout/oci`, { form: { ...call, FUNCTION: 'DETAIL', PRODUCTID: 'Q7F3-1' } });
    expect(product.text).toContain('inspect /product/Q7F3-1');
  });

  it('that validates a product gets its fields through the browser, without session and cookie', async () => {
    const { origin, storefront } = await startService();
    const form = { ...call, FUNCTION: 'VALIDATE', PRODUCTID: 'Q7F3-1', QUANTITY: '20', '~TARGET': '_parent' };
    const page = await new HttpBrowser().open(`${origin}/punchout/oci`, { form });
    const fields = new Map(returnFormIn(page).fields);
    expect([fields.get('NEW_ITEM-VENDORMAT[1]'), fields.get('NEW_ITEM-QUANTITY[1]')]).toEqual(['Q7F3-1', '20']);
    expect(page.text).toContain('data-target="_parent" data-automatic="yes"');
    expect([storefront.opened, page.way[0]?.setCookie]).toEqual([[], []]);
  });

  it('that searches in the background gets the fields of the hits, and nothing that submits or could be pressed', async () => {
    const { origin, storefront } = await startService();
    const page = await new HttpBrowser().open(`${origin}/punchout/oci`, {
      form: { ...call, FUNCTION: 'BACKGROUND_SEARCH', SEARCHSTRING: 'bolt' },
    });
    const fields = formsIn(page)[0]?.fields.filter(([name]) => name.includes('VENDORMAT'));
    expect(fields).toEqual([
      ['NEW_ITEM-VENDORMAT[1]', 'bolt 1'],
      ['NEW_ITEM-VENDORMAT[2]', 'bolt 2'],
    ]);
    expect(page.text).not.toMatch(/<script|<button/);
    expect([storefront.opened, page.way[0]?.setCookie]).toEqual([[], []]);
  });

  it('keeps a hit that the buyer cannot take out of the answer to a search', async () => {
    const { origin, storefront, log } = await startService();
    const find = storefront.find.bind(storefront);
    storefront.find = (question) => {
      const { currency, lines } = find(question);
      return { currency, lines: lines.map((line, index) => (index === 0 ? { ...line, unit: 'x'.repeat(9) } : line)) };
    };
    const page = await new HttpBrowser().open(`${origin}/punchout/oci`, {
      form: { ...call, FUNCTION: 'BACKGROUND_SEARCH', SEARCHSTRING: 'bolt' },
    });
    expect(formsIn(page)[0]?.fields.filter(([name]) => name.includes('VENDORMAT'))).toEqual([['NEW_ITEM-VENDORMAT[1]', 'bolt 2']]);
    expect(JSON.stringify(log.lines)).toContain('left out');
  });

  it('that is larger than a call can be is refused without being read', async () => {
    const { origin } = await startService();
    const page = await new HttpBrowser().open(`${origin}/punchout/oci`, { form: `a=${'x'.repeat(300_000)}` });
    expect(page.status).toBe(400);
  });

  it('that only looks does nothing', async () => {
    const { origin, storefront } = await startService();
    for (const [method, headers] of [
      ['HEAD', {}],
      ['GET', { 'sec-purpose': 'prefetch' }],
    ] as const) {
      await new HttpBrowser().open(`${origin}/punchout/oci?${query(call)}`, { method, headers });
    }
    expect(storefront.opened).toEqual([]);
  });

  it('of a buyer that only tests is a test', async () => {
    const buyers = { ...partnersSpec.buyers, srm: { ...partnersSpec.buyers['srm'], test: 'always' as const } };
    const { origin, storefront } = await startService({ partners: definePartners({ ...partnersSpec, buyers }) });
    await new HttpBrowser().open(`${origin}/punchout/oci`, { form: call });
    expect(storefront.opened.map(({ test, user }) => [test, user])).toEqual([[true, '["srm","waybill"]']]);
  });
});
