import { join } from 'node:path';
import { type Buyer, type Opening, startBuyer } from '@waybill/buyer-simulator';
import { eventually } from '@waybill/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { atBrowsers, type Tab } from '../../../../test/vehicles/browsers/browsers.ts';
import type { Manners } from '../../../../test/vehicles/browsers/manners.ts';
import { type Certificates, makeCertificates } from '../../../../test/vehicles/browsers/sites.ts';
import type { View } from '../../../../test/vehicles/browsers/view.ts';
import { oddName, TestShop } from './test-shop.ts';

/** Where pictures of the pages are kept for people to look at; without it, nowhere. */
const pictures = process.env['WAYBILL_PICTURES'];

/** The ways in which browsers show a shop. */
const modes: readonly (readonly [mode: string, opening: Opening, manners: Partial<Manners>])[] = [
  ['the whole window', 'top', {}],
  ['a frame with cookies blocked', 'frame', { cookies: 'blocked' }],
  ['a frame with cookies allowed', 'frame', { cookies: 'allowed' }],
  ['the whole window, with no cookies at all', 'top', { cookies: 'none' }],
  ['a frame, with no cookies at all', 'frame', { cookies: 'none' }],
  ['a sandboxed frame', 'sandbox', {}],
  ['a frame without scripts', 'frame', { scripts: false }],
];

atBrowsers('shopping in a browser is not seen', ({ engine, person }) => {
  let certificates: Certificates;
  let shop: TestShop;
  let buyer: Buyer;
  beforeAll(async () => {
    certificates = await makeCertificates();
    shop = new TestShop(certificates);
    await shop.listen();
    const { key, cert, ca } = certificates;
    const reached = { tls: { key, cert }, ca, name: 'buyer.other.test', addressOf: () => '127.0.0.1' };
    buyer = await startBuyer({ shop: `${shop.url}/cxml`, secret: 'example-secret-a', ...reached });
  });
  beforeEach(() => {
    shop.serveFor(buyer.url, '_self');
    buyer.behave({ cartDelay: 0 });
  });
  afterAll(async () => {
    await buyer.close();
    await shop.close();
    await certificates.remove();
  });

  /** Where the shop is in the tab. */
  const shopIn = (tab: Tab, opening: Opening): View => (opening === 'top' ? tab : tab.frame('shop'));
  const postsOf = (id: string): readonly string[] => buyer.requisition(id).posts.map(({ outcome }) => outcome);

  async function cameBack(id: string, count = 1): Promise<void> {
    await eventually(() => buyer.requisition(id).posts.length >= count, { what: 'the cart', within: 30_000 });
  }

  async function picture(tab: Tab, name: string): Promise<void> {
    if (pictures) await tab.screenshot(join(pictures, `${engine}-${name.replaceAll(/[^a-z]+/g, '-')}.png`) as `${string}.png`);
  }

  /** Puts something into the cart, from the shelf. */
  async function add(view: View, part = '#add'): Promise<void> {
    await view.shows('The shelf');
    await view.click(part);
    await view.shows('Your cart');
  }

  /** Returns what is in the cart, by the button of the return page where it does not go by itself. */
  async function giveBack(view: View, verb: 'return' | 'empty' | 'leave', scripts: boolean): Promise<void> {
    await view.click(`#${verb}`);
    if (!scripts) await view.click('#go');
  }

  describe.each(modes)('in %s', (mode, opening, manners) => {
    const scripts = manners.scripts ?? true;

    it('a cart is filled, brought back, looked at, changed and emptied', async () => {
      const { id } = await buyer.shop({ opening });
      const tab = await (await person(manners)).open(buyer.pageOf(id));
      const view = shopIn(tab, opening);
      await add(view);
      await view.click('#odd');
      await view.shows('Öfen');
      await picture(tab, `cart in ${mode}`);
      await giveBack(view, 'return', scripts);
      await cameBack(id);
      await view.shows('Cart received');
      await picture(tab, `returned in ${mode}`);
      expect(buyer.requisition(id).lines.map(({ description }) => description)).toEqual(['Part ROPE-8', oddName]);

      await buyer.shopAgain(id, 'inspect', opening);
      await tab.goTo(buyer.pageOf(id));
      await view.shows('inspect for');
      await giveBack(view, 'leave', scripts);
      await cameBack(id, 2);
      await buyer.shopAgain(id, 'edit', opening);
      await tab.goTo(buyer.pageOf(id));
      await view.shows('Part ROPE-8');
      await view.click('#add');
      await view.shows('Your cart');
      await giveBack(view, 'return', scripts);
      await cameBack(id, 3);
      expect(buyer.requisition(id).lines).toHaveLength(3);
      await buyer.shopAgain(id, 'edit', opening);
      await tab.goTo(buyer.pageOf(id));
      await view.shows('edit for');
      await giveBack(view, 'empty', scripts);
      await cameBack(id, 4);
      expect(postsOf(id)).toEqual(['taken', 'unchanged', 'taken', 'emptied']);
      expect(buyer.requisition(id).lines).toEqual([]);
    });

    it('a cart is brought back to the top by OCI', async () => {
      const profile = scripts ? 'sap-srm' : 's4hana';
      const { id } = await buyer.shop({ opening, profile, shop: `${shop.url}/punchout/oci` });
      const tab = await (await person(manners)).open(buyer.pageOf(id));
      const view = shopIn(tab, opening);
      if (!scripts) await view.click('button');
      await add(view);
      await view.click('#return');
      let early = 0;
      if (opening !== 'top') {
        await view.shows('Harbor Pine');
        await picture(tab, `OCI return in ${mode}`);
        early = buyer.requisition(id).posts.length;
        await view.click('#go');
      }
      await cameBack(id);
      await tab.shows('Cart received');
      expect(early).toBe(0);
      expect(buyer.requisition(id).lines.map(({ partId, quantity }) => [partId, quantity])).toEqual([['ROPE-8', '2']]);
    });
  });

  it('a cart that is to go to the top leads out of the frame by the button', async () => {
    shop.serveFor(buyer.url, '_top');
    const { id } = await buyer.shop({ opening: 'frame' });
    const tab = await (await person()).open(buyer.pageOf(id));
    await add(tab.frame('shop'));
    await tab.frame('shop').click('#return');
    await tab.frame('shop').click('#go');
    await tab.shows('Cart received');
    expect(postsOf(id)).toEqual(['taken']);
  });

  it('three clicks on the button reach a slow buyer once', async () => {
    shop.serveFor(buyer.url, '_top');
    buyer.behave({ cartDelay: 1_500 });
    const { id } = await buyer.shop({ opening: 'frame' });
    const tab = await (await person()).open(buyer.pageOf(id));
    await add(tab.frame('shop'));
    await tab.frame('shop').click('#return');
    await tab.frame('shop').click('#go', 3);
    await picture(tab, 'slow buyer');
    await tab.shows('Cart received');
    expect(postsOf(id)).toEqual(['taken']);
  });

  it('going back and loading again never bring a second cart', async () => {
    const { id } = await buyer.shop({ opening: 'top' });
    const tab = await (await person()).open(buyer.pageOf(id));
    await add(tab);
    await tab.click('#return');
    await tab.shows('Cart received');
    await tab.back();
    await tab.isAt(/shop\.example-a\.test/);
    await tab.reload();
    await tab.isAt(/shop\.example-a\.test/);
    await picture(tab, 'after back and reload');
    expect(postsOf(id)).toEqual(['taken']);
    expect((await tab.text()).length).toBeGreaterThan(20);
  });

  it('a start address leads into the shop once', async () => {
    const { id } = await buyer.shop({ opening: 'top' });
    const { startPage = '' } = buyer.requisition(id).session;
    const first = await (await person()).open(startPage);
    await first.shows('The shelf');
    const second = await (await person()).open(startPage);
    await picture(second, 'used start address');
    expect(await second.count('#add')).toBe(0);
    expect((await second.text()).length).toBeGreaterThan(20);
  });

  it('two sessions in one browser do not mix', async () => {
    const somebody = await person();
    const tabs = await Promise.all(
      [1, 2].map(async () => {
        const { id } = await buyer.shop({ opening: 'top' });
        return { id, tab: await somebody.open(buyer.pageOf(id)) };
      }),
    );
    const [one, other] = tabs as [(typeof tabs)[0], (typeof tabs)[0]];
    await add(one.tab);
    await add(other.tab, '#odd');
    await one.tab.click('#return');
    await cameBack(one.id);
    await other.tab.click('#return');
    await cameBack(other.id);
    const parts = tabs.map(({ id }) => buyer.requisition(id).lines.map(({ partId }) => partId));
    expect(parts).toEqual([['ROPE-8'], ['ODD']]);
  });

  it('the name of a product runs no script', async () => {
    const { id } = await buyer.shop({ opening: 'top' });
    const tab = await (await person()).open(buyer.pageOf(id));
    onTestFinished(() => void shop.visits.splice(0));
    await add(tab, '#odd');
    await tab.click('#return');
    await tab.shows('Cart received');
    await tab.goTo(new URL(`/requisitions/${id}`, buyer.url).href);
    await tab.shows('漢字');
    await picture(tab, 'requisition');
    expect(await tab.count('script:not([src])')).toBe(0);
  });
});
