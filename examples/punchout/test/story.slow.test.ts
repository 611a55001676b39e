import { type Buyer, startBuyer } from '@waybill/buyer-simulator';
import { temporaryFolder } from '@waybill/testing';
import { expect, it, onTestFinished } from 'vitest';
import { formTo, type ReadPage, readPage } from '../src/story/page-reader.ts';
import { type Addresses, freePorts, ShopProcess } from './shop-process.ts';

it('the story is played once, from the start page to the invoice', async () => {
  const example = new ShopProcess(['--once']);
  onTestFinished(() => void example.end('SIGKILL'));
  expect(await example.over).toBe(0);
  for (const done of [
    'PunchOutSetupRequest@1.2',
    'OrderRequest@1.2',
    'ConfirmationRequest@1.2',
    'ShipNoticeRequest@1.2',
    'InvoiceDetailRequest@1.2',
  ])
    expect(example.written).toContain(done);
  expect(example.written).toContain('214.25 CAD');
});

async function open(): Promise<{ readonly addresses: Addresses; readonly buyer: Buyer }> {
  const [documents = 0, pages = 0] = await freePorts(2);
  const secret = 'example-secret-of-a-test';
  const shop = `http://localhost:${pages}`;
  const buyer = await startBuyer({ name: 'localhost', shop: `http://127.0.0.1:${documents}/cxml`, secret });
  onTestFinished(() => buyer.close());
  const data = await temporaryFolder();
  return { addresses: { documents: `http://127.0.0.1:${documents}`, shop, buyerPort: buyer.port, secret, data }, buyer };
}

async function running(addresses: Addresses): Promise<ShopProcess> {
  const shop = ShopProcess.alone(addresses);
  onTestFinished(async () => void (await shop.end('SIGKILL')));
  await shop.told('The office of the shop is at');
  return shop;
}

async function add(page: ReadPage, partNumber: string): Promise<void> {
  const form = page.forms.find(({ fields }) => fields.some(([name, value]) => name === 'partNumber' && value === partNumber));
  if (!form) throw new Error(`${page.status} ${page.url} does not sell ${partNumber}: ${page.text}`);
  await readPage(form.action, form.fields);
}

it('a session, its cart and an order outlive the shop, which is killed between all of its steps; a used start address stays used', async () => {
  const { addresses, buyer } = await open();
  let shop = await running(addresses);
  const again = async () => {
    await shop.end('SIGKILL');
    shop = await running(addresses);
  };
  const { id } = await buyer.shop();
  await again();
  const first = await readPage(buyer.pageOf(id));
  expect(first.status).toBe(200);
  await again();
  expect((await readPage(buyer.pageOf(id))).status).toBe(410);
  await add(first, 'HP-CLEAT-4');
  await again();
  const cart = await readPage(new URL('cart', first.url).href);
  expect(cart.text).toContain('Dock cleat');
  const back = formTo(cart, 'return');
  const goodbye = await readPage(back.action, back.fields);
  await again();
  const later = await readPage(goodbye.url);
  expect(later.forms[0]).toEqual(goodbye.forms[0]);
  const form = later.forms[0] as (typeof later.forms)[number];
  await readPage(form.action, form.fields);
  expect(buyer.requisition(id).lines.map(({ partId, quantity }) => [partId, quantity])).toEqual([['HP-CLEAT-4', '1']]);
  await buyer.order(id);
  await again();
  await buyer.sendAgain(id);
  const office = await readPage(`${addresses.shop}/office`);
  expect(office.forms).toHaveLength(1);
}, 120_000);
