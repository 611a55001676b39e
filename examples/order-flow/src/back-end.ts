import { access, link, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AvailabilityInput, AvailabilityRequest, OrderCreated } from '@waybill/commerce';
import type { IncomingMessage, Message } from '@waybill/contract';
import { composed, customerFor, inquiryOf, levelsAfter, statusOf, told } from './back-end-messages.ts';
import { BackEndQueues } from './back-end-queues.ts';
import { placesIn, variable } from './data-folder.ts';

/**
 * The back end of the flow, in a process of its own: it takes purchase orders from its queue and answers as an
 * enterprise system would. Every message that it sends has an id that follows from the order, and a message is removed only after the step
 * for it is done, so that it can be killed at any moment: what it then sends a second time has no second effect.
 */
const data = variable('data');
const places = placesIn(data);
const stop = new AbortController();

process.on('SIGTERM', () => stop.abort());
// The store started this process; it does not outlive it. It may have ended while this module was being loaded.
process.on('disconnect', () => stop.abort());
if (process.send && !process.connected) stop.abort();

const queues = await BackEndQueues.open(variable('manifest'), stop.signal);

await Promise.all([
  queues.serve('ORDERS.OUT', takeOrder),
  queues.serve('BACKEND.WORK', workOnOrder),
  queues.serve('AVAILABILITY.OUT', answerAvailability),
]);
await queues.close();
// The channel to the store would keep this process alive.
if (process.connected) process.disconnect();

function orderIn(message: IncomingMessage): OrderCreated {
  return told('Report_NC_PurchaseOrder@1.0', message) as OrderCreated;
}

/** Confirms the order at once, and puts the rest of the work aside. */
async function takeOrder(message: IncomingMessage): Promise<undefined> {
  const order = orderIn(message);
  const confirmation = composed('Update_WCS_OrderStatus@3.0', statusOf(order, 'confirmed'), `order-${order.orderId}-confirmed`);
  await queues.put('STATUS.IN', confirmation);
  await queues.put('BACKEND.WORK', { ...confirmation, type: undefined, body: message.body, id: `order-${order.orderId}-work` });
}

/** What happens to an order after it was confirmed: customer file, pick list, shipping over HTTP, new stock level, invoice. */
async function workOnOrder(message: IncomingMessage): Promise<undefined> {
  const order = orderIn(message);
  const { orderId } = order;
  await handOver(places.customers, `customer-${orderId}.xml`, composed('Create_WCS_Customer@3.0', customerFor(order), '').body);
  await fetchPickList(order);
  await post(composed('Update_WCS_OrderStatus@3.0', statusOf(order, 'shipped'), `order-${orderId}-shipped`));
  await queues.put('STATUS.IN', composed('Update_WCS_ProductInventory@2.0', levelsAfter(order), `order-${orderId}-stock`));
  await queues.put('STATUS.IN', composed('Update_WCS_OrderStatus@2.0', statusOf(order, 'invoiced'), `order-${orderId}-invoiced`));
}

/** The warehouse asks for what it has to pick, and keeps the answer. */
async function fetchPickList(order: OrderCreated): Promise<void> {
  const id = `order-${order.orderId}-pick-list`;
  const file = join(places.pickLists, `${order.orderId}.xml`);
  if (await exists(file)) return;
  const inquiry = composed('Inquire_WCS_PickPackListDetail@1.0', inquiryOf(order), id);
  const answer = await queues.ask('WAREHOUSE.IN', inquiry, 'BACKEND.ANSWERS');
  const text = Buffer.from(answer.body).toString();
  if (!text.includes('<ResponseStatus status="OK"')) throw new Error(`the store refused ${id}: ${text}`);
  await writeWhole(file, answer.body);
}

async function post(message: Message): Promise<void> {
  const response = await fetch(`http://127.0.0.1:${variable('port')}/messages`, {
    method: 'POST',
    headers: {
      'content-type': 'application/xml',
      'idempotency-key': message.id,
      authorization: `Basic ${Buffer.from(`erp_gateway:${variable('password')}`).toString('base64')}`,
    },
    body: message.body,
    signal: AbortSignal.timeout(10_000),
  });
  const answer = await response.text();
  if (!response.ok) throw new Error(`the store answered ${response.status} to ${message.id}: ${answer}`);
}

/** Every product can be had in two days. */
async function answerAvailability(message: IncomingMessage): Promise<Message | undefined> {
  const { items } = told('Request_WCS_BE_ProductInventory@1.0', message) as AvailabilityRequest;
  const answer: AvailabilityInput = {
    items: items.map((item) => ({
      ...item,
      reply: { status: 'OK' },
      deliveries: [{ availableQuantity: item.requestedQuantity, estimatedDate: '2026-03-18T00:00:00.000Z', shippingOffset: '172800' }],
    })),
  };
  const asked = { command: 'inventory.record-availability', input: answer };
  return { ...composed('Request_WCS_BE_ProductInventory_Reply@1.0', asked, `${message.id}-answer`), correlationId: message.id };
}

/**
 * Puts a file into a folder of the store. It is made once and linked from then on: the store knows a file by its name,
 * its inode and its times, so that handing it over again is seen as the same message.
 */
async function handOver(folder: string, name: string, body: Uint8Array): Promise<void> {
  const own = join(places.sent, name);
  if (!(await exists(own))) await writeWhole(own, body);
  await link(own, join(folder, name)).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
}

/** Written under another name first, so that there is never half a file. */
async function writeWhole(file: string, body: Uint8Array): Promise<void> {
  await writeFile(`${file}.part`, body);
  await rename(`${file}.part`, file);
}

function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
