import { setTimeout as askCarrier } from 'node:timers/promises';
import { orderShipStatus } from '@waybill/commerce';
import { defineApplication, handle } from '@waybill/contract/application';
import { isNew, shop } from './shop.js';

async function ship({ orderId }, { messageId }) {
  // Wrong: nobody knows this effect again when the handler is run a second time.
  shop.prepare('INSERT INTO shipment VALUES (?)').run(`order ${orderId}`);
  // Wrong: recorded before its effect, and apart from it. After a crash in between, the message counts as handled.
  if (!isNew(messageId)) return;
  await askCarrier(20);
  shop.prepare('INSERT INTO letter VALUES (?)').run(`the customer of order ${orderId}`);
}

export default defineApplication({ handlers: [handle(orderShipStatus, ship)] });
