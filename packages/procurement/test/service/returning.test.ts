import { describe, expect, it } from 'vitest';
import { formsIn, HttpBrowser, type Shown } from './http-browser.ts';
import { documentIn, press, returnFormIn, startService } from './service-of-tests.ts';
import { setUpOf } from './set-up-of-tests.ts';
import { lineOf } from './small-store.ts';

type Started = Awaited<ReturnType<typeof startService>>;

async function shopped(
  started: Started,
  { parts = ['BRG-6204'], ...input }: { parts?: readonly string[] } & Parameters<typeof setUpOf>[0] = {},
) {
  const browser = new HttpBrowser();
  const { startPage } = await started.service.setUp(setUpOf(input), { buyer: 'larkfield' });
  let page = await browser.open(startPage);
  for (const part of parts) page = await browser.open(new URL(`add?part=${part}`, page.url).href);
  return { browser, page };
}

async function editing(started: Started): Promise<{ browser: HttpBrowser; page: Shown }> {
  const { browser, page } = await shopped(started, { parts: ['BRG-6204', 'GLV-300-L'] });
  const { lines } = documentIn(await press(browser, page, 'return')).input;
  const held = lines.map(({ partId, auxiliaryId = '' }) => ({ ...lineOf(partId, '20'), auxiliaryId }));
  return await shopped(started, { parts: [], operation: 'edit', cookie: 'LK-ED-2', lines: held });
}

describe('a cart that goes back', () => {
  it('is the cart of the session, under the cookie of the buyer, however awkward', async () => {
    const started = await startService();
    const cookie = `x"<&>'%26+%2B/=;é:${'k'.repeat(300)}`;
    const { browser, page } = await shopped(started, { cookie });
    expect(documentIn(await press(browser, page, 'return')).input).toMatchObject({ cookie, lines: [{ partId: 'BRG-6204' }] });
  });

  it('is the same document to the byte, and submits by itself once, whatever is pressed or loaded again', async () => {
    const started = await startService();
    const { browser, page } = await shopped(started);
    const first = await press(browser, page, 'return');
    const later = [
      await press(browser, page, 'return'),
      await browser.open(first.url),
      await browser.open(page.url),
      await press(browser, page, 'leave'),
    ];
    expect(first.text).toContain('data-automatic="yes"');
    expect(first.text).toContain('Return cart to purchasing system');
    for (const each of later) {
      expect(returnFormIn(each)).toEqual(returnFormIn(first));
      expect(each.text).toContain('data-automatic="no"');
      expect(each.text).toContain('This visit is over');
    }
  });

  it('is written once when many returns come at the same time', async () => {
    const started = await startService();
    const { browser, page } = await shopped(started);
    const shown = await Promise.all(Array.from({ length: 6 }, async () => await press(browser, page, 'return')));
    expect(new Set(shown.map((each) => documentIn(each).payloadId)).size).toBe(1);
    expect(shown.filter(({ text }) => text.includes('data-automatic="yes"'))).toHaveLength(1);
  });

  it('ends the session: the store shows nothing of it any more', async () => {
    const started = await startService();
    const { browser, page } = await shopped(started);
    await press(browser, page, 'return');
    const after = await browser.open(new URL('add?part=GLV-300-L', page.url).href);
    expect(after.url).toMatch(/\/-\/returned$/);
    expect(documentIn(after).input.lines.map(({ partId }) => partId)).toEqual(['BRG-6204']);
  });

  it('is kept for reloads for a day, and longer by nobody', async () => {
    let now = Date.parse('2026-10-05T10:00:00Z');
    const started = await startService({ now: () => now });
    const { browser, page } = await shopped(started);
    const { url } = await press(browser, page, 'return');
    now += 86_399_999;
    expect((await browser.open(url)).status).toBe(200);
    now += 1;
    expect((await browser.open(url)).status).toBe(410);
  });

  it('reaches the buyer as a test when the set-up was one', async () => {
    const started = await startService();
    const { browser, page } = await shopped(started, { test: true });
    const back = await press(browser, page, 'return');
    expect(started.storefront.opened.at(-1)?.test).toBe(true);
    expect(documentIn(back).test).toBe(true);
    expect(back.text).toContain('Test: nothing will be delivered.');
  });

  it('stays in the store when the buyer would not take a line, which is named', async () => {
    const started = await startService();
    const { browser, page } = await shopped(started, { parts: ['BRG-6204', 'X'.repeat(300)] });
    const refused = await press(browser, page, 'return');
    expect(refused.status).toBe(409);
    expect(refused.text).toContain('Your cart cannot be returned yet');
    expect(refused.text).toContain('Line 2: SupplierPartID');
    await browser.open(new URL('clear', page.url).href);
    const corrected = await browser.open(new URL('add?part=GLV-300-L', page.url).href);
    expect(documentIn(await press(browser, corrected, 'return')).input.lines).toMatchObject([{ partId: 'GLV-300-L' }]);
  });

  it('is a value for an application that ends the session itself', async () => {
    const started = await startService();
    const { page } = await shopped(started, { parts: ['X'.repeat(300)] });
    const session = started.storefront.opened.at(-1);
    const ending = await started.service.end({ ...session, language: 'en' } as never, 'return');
    expect(ending).toMatchObject({ outcome: 'refused', problems: [{ line: 1, field: 'SupplierPartID' }] });
    expect(page.status).toBe(200);
  });
});

describe('an edit', () => {
  it('shows the lines that the buyer holds, and brings them back under the same ids', async () => {
    const started = await startService();
    const { browser, page } = await editing(started);
    expect(page.text).toMatch(/edit \/cart.*BRG-6204.*GLV-300-L/s);
    const before = started.storefront.carts.get(started.storefront.opened.at(-1)?.id ?? '')?.map(({ auxiliaryId }) => auxiliaryId);
    const more = await browser.open(new URL('add?part=NEW-1', page.url).href);
    const { lines } = documentIn(await press(browser, more, 'return')).input;
    expect(lines.map(({ auxiliaryId }) => auxiliaryId).slice(0, 2)).toEqual(before);
    expect(lines).toMatchObject([{ quantity: '20' }, { quantity: '20' }, { partId: 'NEW-1' }]);
    expect(before).not.toContain(lines[2]?.auxiliaryId);
  });

  it('that is left says 204 and holds no line: the buyer keeps its own', async () => {
    const started = await startService();
    const { browser, page } = await editing(started);
    const { status, input } = documentIn(await press(browser, page, 'leave'));
    expect(status?.code).toBe(204);
    expect(input).toMatchObject({ cookie: 'LK-ED-2', lines: [] });
  });

  it('is emptied only by somebody who says so: the message then has no line and no status', async () => {
    const started = await startService();
    const { browser, page } = await editing(started);
    const cleared = await browser.open(new URL('clear', page.url).href);
    const asked = await press(browser, cleared, 'return');
    expect(asked.status).toBe(409);
    expect(asked.text).toContain('Your cart is empty');
    const [leave, empty] = formsIn(asked);
    expect([leave?.action, empty?.action]).toEqual([expect.stringMatching(/\/-\/leave$/), expect.stringMatching(/\/-\/empty$/)]);
    const { status, input } = documentIn(await press(browser, cleared, 'empty'));
    expect(status).toBeUndefined();
    expect(input.lines).toEqual([]);
  });
});

describe('a session without an edit', () => {
  it('is left without a change where its cart is to be emptied', async () => {
    const started = await startService();
    const { browser, page } = await shopped(started);
    expect(documentIn(await press(browser, page, 'empty')).status?.code).toBe(204);
  });

  it('asks before it returns nothing, and offers no deletion', async () => {
    const started = await startService();
    const { browser, page } = await shopped(started, { parts: [] });
    const asked = await press(browser, page, 'return');
    expect(formsIn(asked).map(({ action }) => action.split('/').at(-1))).toEqual(['leave']);
  });

  it('returns nothing when it is for looking only, and can be left', async () => {
    const started = await startService();
    const line = { ...lineOf('BRG-6204', '20'), auxiliaryId: 'old' };
    const { browser, page } = await shopped(started, { parts: [], operation: 'inspect', lines: [line] });
    expect(page.text).toContain('BRG-6204');
    for (const verb of ['return', 'empty']) {
      const refused = await press(browser, page, verb);
      expect([refused.status, refused.text.includes('This visit is for looking only')]).toEqual([409, true]);
    }
    expect(documentIn(await press(browser, page, 'leave')).status?.code).toBe(204);
  });
});
