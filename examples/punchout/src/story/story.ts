import type { Buyer } from '@waybill/buyer-simulator';
import type { Publisher } from '@waybill/contract/application';
import type { BookedOrder } from '@waybill/procurement';
import type { Store } from '@waybill/reference-store';
import { nextStep, take } from '../office/steps.ts';
import { formTo, readPage } from './page-reader.ts';

export interface StoryParts {
  readonly buyer: Buyer;
  readonly store: Store;
  readonly publisher: Publisher;
  /** Told of each thing that has happened. */
  readonly say: (text: string) => void;
  /** Waits until it holds. Throws when it does not within its time. */
  readonly until: (what: string, holds: () => boolean) => Promise<void>;
}

/** From the start page to the invoice, as a person with a browser and two companies would do it. */
export async function playStory(parts: StoryParts): Promise<void> {
  const { buyer, say } = parts;
  const { id } = await buyer.shop();
  say('The buyer has asked for a start page.');
  await fillCart(buyer.pageOf(id));
  const { lines, total } = buyer.requisition(id);
  say(`The cart has come back to the buyer: ${lines.length} lines, ${total?.amount} ${total?.currency}.`);
  await buyer.order(id);
  const orderId = buyer.requisition(id).order?.id ?? '';
  say(`The buyer has ordered: ${orderId}.`);
  await fulfil(parts, orderId);
  const told = ['ConfirmationRequest', 'ShipNoticeRequest', 'InvoiceDetailRequest'];
  await parts.until('the buyer has heard of the order', () =>
    told.every((type) => buyer.requisition(id).followUps.some((one) => one.type === type)),
  );
  for (const { type, summary } of buyer.requisition(id).followUps) say(`The buyer has ${type}: ${summary}`);
}

/** Puts two products into the cart and takes it back to the buyer. */
async function fillCart(startPage: string): Promise<void> {
  let page = await readPage(startPage);
  for (const [partNumber, quantity] of [
    ['HP-LAMP-02', '2'],
    ['HP-ROPE-10', '5'],
  ] as const) {
    const add = page.forms.find(({ fields }) => fields.some(([name, value]) => name === 'partNumber' && value === partNumber));
    if (!add) throw new Error(`The page ${page.url} (${page.status}) does not sell ${partNumber}.`);
    await readPage(
      add.action,
      add.fields.map(([name, value]) => [name, name === 'quantity' ? quantity : value]),
    );
    page = await readPage(page.url);
  }
  const cart = await readPage(new URL('cart', page.url).href);
  const back = formTo(cart, 'return');
  const goodbye = await readPage(back.action, back.fields);
  const [form] = goodbye.forms;
  if (!form) throw new Error(`The page ${goodbye.url} (${goodbye.status}) does not bring the cart back.`);
  await readPage(form.action, form.fields);
}

async function fulfil({ store, publisher, say }: StoryParts, orderId: string): Promise<void> {
  // A developer's buyer orders for a test: nothing is taken from the stock.
  const current = (): BookedOrder => store.buyers.order({ buyer: 'larkfield', orderId, test: true });
  for (let step = nextStep(current()); step; step = nextStep(current())) {
    take(step, store, current());
    await store.announce(publisher);
    say(`The shop has done the next step: ${step}.`);
  }
}
