import { describe, expect, it } from 'vitest';
import { HttpBrowser } from './http-browser.ts';
import { press, startService } from './service-of-tests.ts';
import { setUpOf } from './set-up-of-tests.ts';

const used = 'This link cannot be used any more';

describe('a start address', () => {
  it('opens the session once, by way of a 303, and shows a page without data the second time', async () => {
    const { service } = await startService();
    const { startPage } = await service.setUp(setUpOf(), { buyer: 'larkfield' });
    const first = await new HttpBrowser().open(startPage);
    expect(first.way.map(({ status }) => status)).toEqual([303, 200]);
    const second = await new HttpBrowser().open(startPage);
    expect(second.status).toBe(410);
    expect(second.text).toContain(used);
    expect(second.text).not.toMatch(/larkfield|jdoe|LK-1/);
    expect(second.way[0]?.setCookie).toEqual([]);
  });

  it('opens the session for one of two browsers that come at the same time', async () => {
    const { service } = await startService();
    const { startPage } = await service.setUp(setUpOf(), { buyer: 'larkfield' });
    const shown = await Promise.all(Array.from({ length: 8 }, async () => await new HttpBrowser().open(startPage)));
    const count = (wanted: number): number => shown.filter(({ status }) => status === wanted).length;
    expect([count(200), count(410)]).toEqual([1, 7]);
  });

  it.each<[string, string, Readonly<Record<string, string>>]>([
    ['HEAD', 'HEAD', {}],
    ['a browser that fetches ahead', 'GET', { 'sec-purpose': 'prefetch;prerender' }],
    ['an older browser that fetches ahead', 'GET', { purpose: 'prefetch' }],
    ['an image', 'GET', { 'sec-fetch-dest': 'image' }],
    ['an unknown method', 'PUT', {}],
  ])('is not used up by %s', async (_, method, headers) => {
    const { service } = await startService();
    const { startPage } = await service.setUp(setUpOf(), { buyer: 'larkfield' });
    const looked = await new HttpBrowser().open(startPage, { method, headers });
    expect(looked.way[0]?.setCookie).toEqual([]);
    expect(looked.text).toBe('');
    expect((await new HttpBrowser().open(startPage)).status).toBe(200);
  });

  it('ends after ten minutes, or when the buyer says so', async () => {
    let now = Date.parse('2026-10-05T10:00:00Z');
    const { service } = await startService({ now: () => now });
    const buyers = { larkfield: 600, fennel: 60 };
    for (const [buyer, seconds] of Object.entries(buyers)) {
      const input = setUpOf({ returnAddress: buyer === 'fennel' ? 'https://req.fennel.example/back' : (setUpOf().returnAddress ?? '') });
      const [early, late] = [await service.setUp(input, { buyer }), await service.setUp(input, { buyer })];
      now += seconds * 1000 - 1;
      expect((await new HttpBrowser().open(early.startPage)).status).toBe(200);
      now += 1;
      expect((await new HttpBrowser().open(late.startPage)).text).toContain(used);
    }
  });

  it('asks for a click where scanners open links: looking at it uses nothing up', async () => {
    const { service } = await startService();
    const input = setUpOf({ returnAddress: 'https://req.fennel.example/back' });
    const { startPage } = await service.setUp(input, { buyer: 'fennel' });
    await new HttpBrowser().open(startPage);
    const browser = new HttpBrowser();
    const page = await browser.open(startPage);
    expect(page.text).toContain('Continue to the store');
    expect((await press(browser, page)).text).toContain('create /');
    expect((await new HttpBrowser().open(startPage)).text).toContain(used);
  });

  it('has 256 bits from the generator of the system, and none like it is taken', async () => {
    const { service, origin } = await startService();
    const keys = await Promise.all(
      Array.from({ length: 50 }, async () => (await service.setUp(setUpOf(), { buyer: 'larkfield' })).startPage.split('/').at(-1) ?? ''),
    );
    expect(new Set(keys).size).toBe(50);
    expect(keys.every((key) => Buffer.from(key, 'base64url').length === 32)).toBe(true);
    const others = [keys[0]?.toLowerCase(), `${keys[0]?.slice(0, 42)}A`, keys[0]?.slice(0, 42), `${keys[0]}A`, '..', ''];
    for (const other of others) expect((await new HttpBrowser().open(`${origin}/punchout/start/${other}`)).status).toBeGreaterThan(400);
    expect((await new HttpBrowser().open(`${origin}/punchout/start/${keys[0]}`)).status).toBe(200);
  });

  it('is kept by nobody, travels nowhere, and stands in no later address and no log', async () => {
    const { service, log, sessions } = await startService();
    const { startPage } = await service.setUp(setUpOf(), { buyer: 'larkfield' });
    const key = startPage.split('/').at(-1) ?? '';
    const browser = new HttpBrowser();
    const page = await browser.open(startPage);
    expect(page.headers.get('referrer-policy')).toBe('no-referrer');
    expect(page.headers.get('cache-control')).toBe('no-store');
    expect(page.url).not.toContain(key);
    expect(page.text).not.toContain(key);
    await sessions.close();
    expect((await browser.open(startPage)).status).toBe(503);
    expect(JSON.stringify(log.lines)).not.toContain(key);
    expect(JSON.stringify(log.lines)).toContain('/start/…');
  });

  it('says so to browsers that want German', async () => {
    const { origin } = await startService();
    const headers = { 'accept-language': 'fr;q=0.9, de-AT, en;q=0.3' };
    const page = await new HttpBrowser().open(`${origin}/punchout/start/${'A'.repeat(43)}`, { headers });
    expect(page.text).toContain('Dieser Link gilt nicht mehr');
    expect(page.text).toContain('<html lang="de">');
  });
});
