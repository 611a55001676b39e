import { join } from 'node:path';
import { type Buyer, type Opening, startBuyer } from '@waybill/buyer-simulator';
import { eventually, makeFolder, removeFolder } from '@waybill/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { atBrowsers, type Tab } from '../../../test/vehicles/browsers/browsers.ts';
import type { Manners } from '../../../test/vehicles/browsers/manners.ts';
import { type Certificates, makeCertificates } from '../../../test/vehicles/browsers/sites.ts';
import { freePorts, ShopProcess } from './shop-process.ts';

/** Where pictures of the pages are kept for people to look at; without it, nowhere. */
const pictures = process.env['WAYBILL_PICTURES'];

const ways: readonly (readonly [way: string, opening: Opening, manners: Partial<Manners>])[] = [
  ['at the top', 'top', {}],
  ['in a frame with cookies blocked', 'frame', { cookies: 'blocked' }],
  ['without cookies and scripts', 'top', { cookies: 'none', scripts: false }],
];

atBrowsers('the story of the shop is not seen in a browser', ({ engine, person }) => {
  let certificates: Certificates;
  let buyer: Buyer;
  let shop: ShopProcess;
  let address: string;
  let data: string;

  // Two sites with names of their own, by TLS: ports of one name would be the same site to a browser.
  beforeAll(async () => {
    certificates = await makeCertificates();
    data = await makeFolder();
    const [documents = 0, pages = 0] = await freePorts(2);
    const { key, cert, ca, keyFile, certFile, caFile } = certificates;
    const secret = 'example-secret-of-a-test';
    buyer = await startBuyer({ shop: `http://127.0.0.1:${documents}/cxml`, secret, tls: { key, cert }, ca, name: 'buyer.other.test' });
    address = `https://shop.example-a.test:${pages}`;
    shop = ShopProcess.alone(
      { documents: `http://127.0.0.1:${documents}`, shop: address, buyerPort: buyer.port, secret, data },
      {
        PUNCHOUT_BUYER: new URL(buyer.url).origin,
        PUNCHOUT_DOCUMENTS: `https://127.0.0.1:${buyer.port}`,
        PUNCHOUT_KEY: keyFile,
        PUNCHOUT_CERT: certFile,
        NODE_EXTRA_CA_CERTS: caFile,
      },
    );
    await shop.told('The office of the shop is at');
  }, 60_000);
  afterAll(async () => {
    await shop.end();
    await buyer.close();
    await certificates.remove();
    await removeFolder(data);
  });

  async function picture(tab: Tab, name: string): Promise<void> {
    if (pictures) await tab.screenshot(join(pictures, `${engine}-${name.replaceAll(/[^a-z0-9]+/gi, '-')}.png`) as `${string}.png`);
  }

  it.each(ways)('a cart is shopped for %s, ordered, confirmed, shipped and invoiced', async (way, opening, manners) => {
    const { id } = await buyer.shop({ opening });
    const visitor = await person(manners);
    const tab = await visitor.open(buyer.pageOf(id));
    const view = opening === 'top' ? tab : tab.frame('shop');
    await view.shows('For your boat and your dock');
    await picture(tab, `catalogue ${way}`);
    await view.click('form:has(input[value="HP-LAMP-02"]) button');
    await view.shows('Your cart');
    await view.fill('input[name="quantity"]', '3');
    await view.click('form:has(input[value="HP-LAMP-02"]) button');
    await view.shows('184.50 CAD');
    await picture(tab, `cart ${way}`);
    await view.click('button.main');
    if (manners.scripts === false) await view.click('#go');
    await eventually(() => buyer.carts().some((cart) => cart.outcome === 'taken') && buyer.requisition(id).lines.length === 1, {
      what: 'the cart',
      within: 30_000,
    });

    const desk = await (await person()).open(`${buyer.url}requisitions/${id}`);
    await desk.shows('184.50 CAD');
    await desk.click('button.main');
    const ordered = () => buyer.requisition(id).order?.id ?? false;
    const orderId = await eventually(ordered, { what: 'the order', within: 30_000 });
    const office = await (await person()).open(`${address}/office`);
    for (const state of ['confirmed', 'shipped', 'invoiced']) {
      await office.click(`form:has(input[value="${orderId}"]) button`);
      await office.shows(state);
    }
    await picture(office, `office ${way}`);
    await desk.shows('InvoiceDetailRequest');
    await picture(desk, `requisition ${way}`);
    expect(buyer.requisition(id).followUps.map(({ type }) => type)).toEqual([
      'ConfirmationRequest',
      'ShipNoticeRequest',
      'InvoiceDetailRequest',
    ]);
  });

  it('a cart is brought back by OCI out of a frame', async () => {
    const { id } = await buyer.shop({ opening: 'frame', profile: 'sap-srm', shop: `${address}/punchout/oci` });
    const tab = await (await person()).open(buyer.pageOf(id), 400);
    const view = tab.frame('shop');
    await view.shows('For your boat and your dock');
    await view.click('form:has(input[value="HP-ROPE-10"]) button');
    await view.shows('Your cart');
    await picture(tab, 'cart of OCI 400');
    await view.click('button.main');
    await view.click('#go');
    await eventually(() => buyer.requisition(id).lines.length === 1, { what: 'the cart', within: 30_000 });
    expect(buyer.requisition(id).lines.map(({ partId, quantity, unit }) => [partId, quantity, unit])).toEqual([['HP-ROPE-10', '1', 'PCE']]);
  });
});
