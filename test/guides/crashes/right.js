import { setTimeout as askCarrier } from 'node:timers/promises';
import { orderShipStatus } from '@waybill/commerce';
import { defineApplication, handle } from '@waybill/contract/application';
import { isNew, shop } from './shop.js';

async function ship({ orderId }, { messageId }) {
  // What only asks may happen twice.
  await askCarrier(20);
  // The effects and the id of their message become durable together, or not at all.
  shop.exec('BEGIN IMMEDIATE');
  if (isNew(messageId)) {
    shop.prepare('INSERT INTO shipment VALUES (?)').run(`order ${orderId}`);
    shop.prepare('INSERT INTO letter VALUES (?)').run(`the customer of order ${orderId}`);
  }
  shop.exec('COMMIT');
}

export default defineApplication({ handlers: [handle(orderShipStatus, ship)] });
