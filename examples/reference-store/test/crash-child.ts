import { readSync, writeSync } from 'node:fs';
import { orderConfirmStatus, orderShipStatus } from '@waybill/commerce';
import { openStore, storeApplication } from '../src/index.ts';
import { deliver } from './support/deliver.ts';

/**
 * Stands in for a kernel that is killed: `node crash-child.ts DATABASE ORDER…` works on a confirmation and a shipment of
 * each order and says `begin ID`, `done ID EVENTS`, each before anything else happens. It goes on when it was read: a busy reader would kill it
 * when all is over.
 */
const [path = '', ...orders] = process.argv.slice(2);
const store = openStore({ path });
const application = storeApplication(store);
const read = Buffer.alloc(1);
const say = (line: string): void => {
  writeSync(1, `${line}\n`);
  readSync(0, read);
};

for (const order of orders) {
  const input = { orderId: order, merchantOrderNumber: `SO-${order}`, versioning: true };
  for (const command of [orderConfirmStatus, orderShipStatus]) {
    const id = `${command.name}:${order}`;
    say(`begin ${id}`);
    const { published } = await deliver(application, command, input, id);
    say(`done ${id} ${published.map(({ options }) => options?.id).join(' ')}`);
  }
}
store.close();
