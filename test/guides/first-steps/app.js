import { orderConfirmStatus, orderInvoiceStatus, orderShipStatus, orderUpdateStatus } from '@waybill/commerce';
import { CommandError, defineApplication, handle } from '@waybill/contract/application';

const orders = new Map([['12007', { status: 'P' }]]);

function recordStatus(input, context) {
  const order = orders.get(input.orderId);
  if (!order) throw new CommandError('WB_SHOP_UNKNOWN_ORDER', `There is no order ${input.orderId}.`);
  order.status = input.status;
  context.log.info({ order: input.orderId, status: input.status }, 'the order has a new status');
}

const commands = [orderConfirmStatus, orderShipStatus, orderInvoiceStatus, orderUpdateStatus];

export default defineApplication({ handlers: commands.map((command) => handle(command, recordStatus)) });
