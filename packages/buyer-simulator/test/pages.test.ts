import { request } from 'node:http';
import { describe, expect, it } from 'vitest';
import { startBuyer } from '../src/index.ts';
import { prettyXml } from '../src/pages/pretty-xml.ts';
import { line, postCart, startBoth } from './stub-shop.ts';

/** With headers that `fetch` does not let through. */
function ask(url: string, method: string, headers: Readonly<Record<string, string>>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const asked = request(url, { method, headers, agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    asked.on('error', reject).end();
  });
}

describe('the page', () => {
  it('begins to shop, and leads into the shop', async () => {
    const { buyer, shop } = await startBoth();
    const body = new URLSearchParams({ shop: shop.url, profile: 'generic', opening: '' });
    const begun = await fetch(`${buyer.url}shop`, { method: 'POST', body, redirect: 'manual' });
    expect([begun.status, begun.headers.get('location')]).toEqual([303, '/shopping/R1']);
    const led = await fetch(buyer.pageOf('R1'), { redirect: 'manual' });
    expect([led.status, led.headers.get('location')]).toEqual([303, 'https://shop.test/start/1']);
    await buyer.shopAgain('R1', 'inspect', 'sandbox');
    const framed = await (await fetch(buyer.pageOf('R1'))).text();
    expect(framed).toContain('src="https://shop.test/start/2" sandbox="allow-scripts allow-forms');
  });

  it('orders with the quantities that were filled in, and cancels', async () => {
    const { buyer, shop } = await startBoth();
    const { id } = await buyer.shop();
    await postCart(buyer, id, { lines: [line('ROPE-8'), line('GONE')] });
    const act = (step: string, fields: Readonly<Record<string, string>> = {}) =>
      fetch(`${buyer.url}requisitions/${id}/${step}`, { method: 'POST', body: new URLSearchParams(fields) });
    const page = await (await act('order', { 'quantity-0': '7', 'quantity-1': '0' })).text();
    expect(page).toContain('PO-70331 ordered');
    expect(buyer.requisition(id).lines.map(({ partId, quantity }) => [partId, quantity])).toEqual([['ROPE-8', '7']]);
    await act('again');
    expect(await (await act('cancel')).text()).toContain('PO-70331 canceled');
    expect(shop.texts).toHaveLength(4);
    expect((await act('nothing')).status).toBe(404);
  });

  it('says what went wrong', async () => {
    const { buyer, shop } = await startBoth();
    shop.page = 'nothing';
    const answer = await fetch(`${buyer.url}shop`, { method: 'POST', body: new URLSearchParams({ shop: shop.url }) });
    expect(answer.status).toBe(502);
    expect(await answer.text()).toContain('WB_BUYER_SHOP_UNREACHABLE');
    const wrong = await fetch(`${buyer.url}shop`, { method: 'POST', body: new URLSearchParams({ shop: 'nowhere' }) });
    expect(await wrong.text()).toContain('is no address of a shop');
  });

  it('is for this machine alone, and changed by itself alone', async () => {
    const { buyer } = await startBoth();
    expect(await ask(buyer.url, 'GET', { Host: 'evil.test' })).toBe(421);
    expect(await ask(`${buyer.url}shop`, 'POST', { Origin: 'https://evil.test' })).toBe(403);
    expect(await ask(`${buyer.url}manners`, 'POST', { 'Sec-Fetch-Site': 'cross-site' })).toBe(403);
    expect(await ask(buyer.url, 'GET', {})).toBe(200);
    expect(await ask(buyer.url, 'HEAD', {})).toBe(200);
    expect(await ask(buyer.url, 'PUT', {})).toBe(405);
    expect(await ask(`${buyer.url}nothing`, 'GET', {})).toBe(404);
    expect(await ask(`${buyer.url}exchanges/99`, 'GET', {})).toBe(404);
  });

  it('tells at once that something is new', async () => {
    const { buyer } = await startBoth();
    const live = await fetch(`${buyer.url}live`);
    const reader = live.body?.getReader();
    await reader?.read();
    await buyer.shop();
    const { value } = (await reader?.read()) ?? {};
    expect(Buffer.from(value ?? []).toString()).toMatch(/^data: \d+\n\n/);
    await reader?.cancel();
  });

  it('shows a document that was written in one line with a line for each element', () => {
    expect(prettyXml('<a><b c="1">text</b><d/><e><f>x</f></e></a>')).toBe(
      '<a>\n  <b c="1">text</b>\n  <d/>\n  <e>\n    <f>x</f>\n  </e>\n</a>',
    );
    expect(prettyXml('no <b>XML</b>')).toBe('no <b>XML</b>');
    expect(prettyXml('<a>\n<b/></a>')).toBe('<a>\n<b/></a>');
  });
});

describe('a buyer', () => {
  it('says that a port is in use, and that an option makes no sense', async () => {
    const { buyer } = await startBoth();
    await expect(startBuyer({ port: buyer.port })).rejects.toMatchObject({ code: 'WB_BUYER_PORT_IN_USE' });
    await expect(startBuyer({ host: '192.0.2.1' })).rejects.toMatchObject({ code: 'WB_BUYER_CANNOT_LISTEN' });
    await expect(startBuyer({ port: -1 })).rejects.toMatchObject({ code: 'WB_BUYER_BAD_OPTION' });
    await expect(startBuyer({ profile: 'none' as 'generic' })).rejects.toThrow('There is no profile "none".');
    await expect(startBuyer({ tls: { key: 'x', cert: 'y' } })).rejects.toMatchObject({ code: 'WB_BUYER_BAD_CERTIFICATE' });
  });

  it('keeps the newest documents only', async () => {
    const { buyer } = await startBoth({ keep: 2 });
    for (let time = 0; time < 3; time++) await buyer.shop();
    expect(buyer.documents().map(({ id }) => id)).toEqual([2, 3]);
  });
});
