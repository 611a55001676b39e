import {
  inventoryAvailabilityRequested,
  orderConfirmStatus,
  orderCreated,
  orderInvoiceStatus,
  orderShipStatus,
  orderUpdateStatus,
} from '@waybill/commerce';
import { defineApplication, handle } from '@waybill/contract/application';

const item = { orderItemId: '1', partNumber: 'LAMP-3', quantity: '2', unitPrice: { amount: '57.25' }, placed: '2026-03-14T09:30:00Z' };
const totals = { currency: 'CAD', net: '114.50', shipping: '8.00', shippingTax: '0.80' };

/** Asks the back end what is in stock, and orders it. */
async function order({ request, publish }) {
  const { partNumber, quantity: requestedQuantity } = item;
  const question = { partNumber, requestedQuantity, storeId: '10151', fulfillmentCenterId: '11201' };
  const { items } = await request(inventoryAvailabilityRequested, { items: [question] });
  console.log('in stock:', items[0].reply.status, items[0].partNumber);
  await publish(orderCreated, { orderId: '12007', storeId: '10151', placed: item.placed, totals, items: [item] });
}

const commands = [orderConfirmStatus, orderShipStatus, orderInvoiceStatus, orderUpdateStatus];
const record = ({ orderId, status }) => console.log('order', orderId, 'has the status', status);

export default defineApplication({
  handlers: commands.map((command) => handle(command, record)),
  started: (publisher) => void order(publisher).catch((error) => console.error(error.message)),
});
