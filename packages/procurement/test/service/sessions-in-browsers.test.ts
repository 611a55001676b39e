import { describe, expect, it } from 'vitest';
import { HttpBrowser, type Shown } from './http-browser.ts';
import { documentIn, press, startService } from './service-of-tests.ts';
import { setUpOf } from './set-up-of-tests.ts';

type Started = Awaited<ReturnType<typeof startService>>;

async function begin({ service }: Started, browser: HttpBrowser, cookie = 'LK-1'): Promise<Shown> {
  const { startPage } = await service.setUp(setUpOf({ cookie }), { buyer: 'larkfield' });
  return await browser.open(startPage);
}

const add = async (browser: HttpBrowser, page: Shown, part: string): Promise<Shown> =>
  await browser.open(new URL(`add?part=${part}`, page.url).href);

describe('the cookie of a session', () => {
  it('is one that a browser keeps in a frame of another site', async () => {
    const started = await startService();
    const { way } = await begin(started, new HttpBrowser());
    expect(way[0]?.setCookie).toHaveLength(1);
    expect(way[0]?.setCookie[0]).toMatch(
      /^__Host-punchout-[0-9a-f]{16}=[\w-]{43}; Max-Age=28800; Path=\/; HttpOnly; Secure; SameSite=None; Partitioned$/,
    );
  });

  it('is set at the start only: no later answer sets or clears one, whether the browser brings it or not', async () => {
    const started = await startService();
    for (const browser of [new HttpBrowser(true), new HttpBrowser(false)]) {
      const page = await begin(started, browser);
      const later = [await add(browser, page, 'BRG-6204'), await press(browser, await browser.open(page.url), 'return')];
      expect(later.flatMap(({ way }) => way.flatMap(({ setCookie }) => setCookie))).toEqual([]);
    }
  });

  it('has to be brought once the browser has shown that it keeps it: a link in foreign hands opens nothing', async () => {
    const started = await startService();
    const browser = new HttpBrowser();
    const page = await begin(started, browser);
    const stranger = await new HttpBrowser().open(page.url);
    expect(stranger.status).toBe(403);
    expect(stranger.text).toContain('This page belongs to another window');
    expect(stranger.text).not.toContain('jdoe');
    expect((await browser.open(page.url)).text).toContain('create /');
  });

  it('of another session is no proof', async () => {
    const started = await startService();
    const [one, other] = [new HttpBrowser(), new HttpBrowser()];
    const page = await begin(started, one);
    await begin(started, other);
    expect((await other.open(page.url)).status).toBe(403);
    for (const [name] of one.cookies) other.cookies.set(name, [...other.cookies.values()][0] ?? '');
    expect((await other.open(page.url)).status).toBe(403);
  });

  it('may be done without where the store says that the link is enough', async () => {
    const started = await startService({ binding: 'link' });
    const page = await begin(started, new HttpBrowser());
    expect((await new HttpBrowser(false).open(page.url)).status).toBe(200);
  });
});

describe('two sessions in one browser', () => {
  it.each([true, false])('do not mix: each brings back its own cart and cookie of the buyer (cookies kept: %s)', async (keepsCookies) => {
    const started = await startService();
    const browser = new HttpBrowser(keepsCookies);
    const first = await begin(started, browser, 'LK-FIRST');
    await add(browser, first, 'BRG-6204');
    const second = await begin(started, browser, 'LK-SECOND');
    const secondCart = await add(browser, second, 'GLV-300-L');
    const firstCart = await add(browser, first, 'BRG-6205');
    const secondDocument = documentIn(await press(browser, secondCart, 'return'));
    const firstDocument = documentIn(await press(browser, firstCart, 'return'));
    expect(secondDocument.input).toMatchObject({ cookie: 'LK-SECOND', lines: [{ partId: 'GLV-300-L' }] });
    expect(firstDocument.input).toMatchObject({ cookie: 'LK-FIRST', lines: [{ partId: 'BRG-6204' }, { partId: 'BRG-6205' }] });
  });
});

describe('twenty sessions of one buyer at the same time', () => {
  it('keep their carts, users and ends apart', async () => {
    const started = await startService();
    const numbers = Array.from({ length: 20 }, (_, index) => index);
    const documents = await Promise.all(
      numbers.map(async (number) => {
        const browser = new HttpBrowser(number % 2 === 0);
        const input = setUpOf({ cookie: `LK-${number}`, extrinsics: [{ name: 'UniqueName', value: `user-${number}` }] });
        const { startPage } = await started.service.setUp(input, { buyer: 'larkfield' });
        let page = await browser.open(startPage);
        for (let line = 0; line <= number % 3; line += 1) page = await add(browser, page, `P-${number}-${line}`);
        expect(page.text).toContain(`user-${number}&quot;`.replace('&quot;', '"'));
        return documentIn(await press(browser, page, 'return'));
      }),
    );
    for (const number of numbers) {
      const parts = Array.from({ length: (number % 3) + 1 }, (_, line) => ({ partId: `P-${number}-${line}` }));
      expect(documents[number]?.input).toMatchObject({ cookie: `LK-${number}`, lines: parts });
    }
    const ids = documents.flatMap(({ input }) => input.lines.map(({ auxiliaryId }) => auxiliaryId));
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('a page of the store in a session', () => {
  it('may stand in frames of the buyer and of nobody else, is not kept, and tells its address to nobody', async () => {
    const started = await startService();
    const { headers } = await begin(started, new HttpBrowser());
    expect(headers.get('content-security-policy')).toBe('frame-ancestors https://buy.larkfield.example');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.has('x-frame-options')).toBe(false);
    expect(headers.has('cross-origin-opener-policy')).toBe(false);
  });

  it('is shown for an address without session to nobody', async () => {
    const { origin } = await startService();
    expect((await new HttpBrowser().open(`${origin}/add?part=BRG-6204`)).text).toBe('no session');
    const page = await new HttpBrowser().open(`${origin}/punchout/s/${'A'.repeat(43)}/add?part=BRG-6204`);
    expect([page.status, page.text.includes('This visit has ended')]).toEqual([410, true]);
  });

  it('is not shown any more when the time of the session is over', async () => {
    let now = Date.parse('2026-10-05T10:00:00Z');
    const started = await startService({ now: () => now, times: { session: 3_600 } });
    const browser = new HttpBrowser();
    const page = await begin(started, browser);
    now += 3_599_999;
    expect((await browser.open(page.url)).status).toBe(200);
    now += 1;
    const late = await browser.open(page.url);
    expect([late.status, late.text.includes('Nothing was changed in your purchasing system')]).toEqual([410, true]);
  });

  it('gives its forms a token that belongs to no other session', async () => {
    const started = await startService();
    const browser = new HttpBrowser();
    const tokens = [await begin(started, browser), await begin(started, browser)].map(
      ({ text }) => /name="form" value="([^"]+)"/.exec(text)?.[1],
    );
    expect(tokens[0]).not.toBe(tokens[1]);
    const page = await begin(started, browser);
    const answer = await browser.open(new URL('-/return', page.url).href, { form: { form: tokens[0] ?? '' } });
    expect([answer.status, answer.text.includes('This page was out of date')]).toEqual([403, true]);
    expect((await browser.open(page.url)).text).toContain('create /');
  });
});
