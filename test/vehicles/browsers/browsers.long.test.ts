import type { ServerResponse } from 'node:http';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { atBrowsers, type Engine } from './browsers.ts';
import type { Manners } from './manners.ts';
import { type Asked, type Certificates, makeCertificates, Sites } from './sites.ts';

/** One cookie of each kind that a shop may set. */
const cookies = [
  'none=1; Secure; SameSite=None',
  'partitioned=1; Secure; SameSite=None; Partitioned',
  'lax=1; Secure; SameSite=Lax',
  'strict=1; Secure; SameSite=Strict',
  'plain=1',
];

const namesIn = (header = ''): readonly string[] =>
  header
    .split('; ')
    .map((pair) => pair.split('=')[0] ?? '')
    .toSorted();

function answer({ path, site, headers, method }: Asked, response: ServerResponse, here: () => Sites): void {
  const page = (text: string): void => void response.writeHead(200, { 'Content-Type': 'text/html' }).end(`<!doctype html>${text}`);
  const shop = here().at('shop.example-a.test', '/start');
  const back = (target: string, automatic: boolean): string =>
    `<form id="f" method="post" target="${target}" action="${here().at('buyer.other.test', '/return')}"><textarea name="cart">one\ntwo</textarea>
<button>return</button></form>${automatic ? '<script>document.getElementById("f").submit()</script>' : ''}`;
  switch (path) {
    case '/start':
      return void response.writeHead(303, { 'Set-Cookie': cookies, Location: '/shelf' }).end();
    case '/shelf':
      return page('<a href="/cart">to the cart</a><noscript>no scripts here</noscript>');
    case '/cart':
      return page(`cart with ${namesIn(headers.cookie).join(' ')}. ${back('_top', false)}`);
    case '/automatic':
      return page(`on its way. ${back('_top', true)}`);
    case '/return':
      return page(`thank you, ${method} from ${headers['sec-fetch-site']}`);
    default:
      return page(
        `${site}<iframe name="shop" width="600" height="400" src="${path === '/auto' ? shop.replace('/start', '/automatic') : shop}"></iframe>`,
      );
  }
}

/** What comes back in a frame of another site after a redirect and a click: reference/procurement-messages.md, section 7.4. */
const inAFrame: readonly (readonly [Engine, Manners['cookies'], readonly string[]])[] = [
  ['Chromium', 'blocked', ['partitioned']],
  ['Chromium', 'allowed', ['none', 'partitioned']],
  ['Chromium', 'none', ['']],
  ['Firefox', 'blocked', ['']],
  ['Firefox', 'allowed', ['none', 'partitioned', 'plain']],
  ['Firefox', 'none', ['']],
];

atBrowsers('what browsers do with a shop in a frame is not seen', ({ engine, person }) => {
  let certificates: Certificates;
  let sites: Sites;
  beforeAll(async () => {
    certificates = await makeCertificates();
    sites = await Sites.open(certificates, (asked, response) => answer(asked, response, () => sites));
  });
  afterAll(async () => {
    await sites.close();
    await certificates.remove();
  });
  const lastAt = (path: string): Asked | undefined => sites.asked.findLast((one) => one.path === path);

  it.each(inAFrame.filter(([which]) => which === engine))('%s with cookies %s keeps %j of a shop in a frame', async (_, kept, names) => {
    const tab = await (await person({ cookies: kept })).open(sites.at('buyer.other.test'));
    const shop = tab.frame('shop');
    await shop.click('a');
    await shop.shows('cart with');
    expect(namesIn(lastAt('/cart')?.headers.cookie)).toEqual(names);
  });

  it('keeps all cookies of a shop at the top but the strict one until a click', async () => {
    const tab = await (await person()).open(sites.at('shop.example-a.test', '/start'));
    expect((await tab.cookies(sites.at('shop.example-a.test'))).includes('lax')).toBe(true);
    await tab.click('a');
    await tab.shows('cart with');
    expect(namesIn(lastAt('/cart')?.headers.cookie)).toEqual(['lax', 'none', 'partitioned', 'plain', 'strict']);
  });

  it('lets a click in a frame take the cart to the top, with every line end as CR LF', async () => {
    sites.asked.length = 0;
    const tab = await (await person()).open(sites.at('buyer.other.test'));
    await tab.frame('shop').click('a');
    await tab.frame('shop').click('button');
    await tab.shows('thank you, POST from cross-site');
    expect(lastAt('/return')?.body).toBe('cart=one%0D%0Atwo');
    await tab.back();
    await tab.shows('buyer.other.test');
    expect(sites.asked.filter(({ path }) => path === '/return')).toHaveLength(1);
  });

  it('moves the top only by a click on the button itself, where the engine asks for one', async () => {
    sites.asked.length = 0;
    const returns = (): number => sites.asked.filter(({ path }) => path === '/return').length;
    const tab = await (await person()).open(sites.at('buyer.other.test', '/auto'));
    if (engine === 'Firefox') {
      await tab.frame('shop').shows('on its way');
      await tab.shows('buyer.other.test');
      await tab.frame('shop').click('button');
    }
    await tab.shows('thank you');
    // Firefox has blocked the automatic one, else there were two.
    expect(returns()).toBe(1);
  });

  it('works without scripts', async () => {
    const tab = await (await person({ scripts: false })).open(sites.at('buyer.other.test', '/auto'));
    const shop = tab.frame('shop');
    await shop.shows('on its way');
    await shop.click('button');
    await tab.shows('thank you');
    await tab.goTo(sites.at('shop.example-a.test', '/shelf'));
    await tab.shows('no scripts here');
    expect(await tab.count('noscript *, body > noscript')).toBe(1);
  });
});
