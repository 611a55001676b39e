import { readSync, writeSync } from 'node:fs';
import { orderConfirmStatus, orderInvoiceStatus, orderShipStatus, purchaseOrderSubmit } from '@waybill/commerce';
import { openStore, storeApplication } from '../src/index.ts';
import { buyerOrder, place } from './support/buyers.ts';
import { deliver } from './support/deliver.ts';

/**
 * As `crash-child.ts`, with orders of a buyer: `node buyers-crash-child.ts DATABASE ORDER…` takes each, and what the back end says of it: a confirmation, a shipment
 * and an invoice. The order comes twice, the second time as a retry of the buyer under another message id.
 */
const [path = '', ...orders] = process.argv.slice(2);
const store = openStore({ path });
const application = storeApplication(store);
const read = Buffer.alloc(1);
const say = (line: string): void => {
  writeSync(1, `${line}\n`);
  readSync(0, read);
};

for (const orderId of orders) {
  const order = buyerOrder({ orderId, payloadId: `${orderId}@buy.larkfield.example` });
  for (const attempt of ['first', 'retry'])
    await step(`${attempt}:${orderId}`, (id) => deliver(application, purchaseOrderSubmit, order, id, 'larkfield'));
  const status = { orderId: store.buyers.placed({ ...place, orderId }) ?? '', merchantOrderNumber: `SO-${orderId}` };
  for (const command of [orderConfirmStatus, orderShipStatus, orderInvoiceStatus])
    await step(`${command.name}:${orderId}`, (id) => deliver(application, command, status, id));
}
store.close();

async function step(id: string, take: (id: string) => ReturnType<typeof deliver>): Promise<void> {
  say(`begin ${id}`);
  const { published } = await take(id);
  say(`done ${id} ${published.map(({ event, options }) => `${event}/${options?.id}`).join(' ')}`);
}
