import { orderUpdateStatus } from '@waybill/commerce';
import { CommandError, defineApplication, handle } from '@waybill/contract';

const orders = new Map([['12007', { status: 'P' }]]);

export default defineApplication({
  handlers: [
    handle(orderUpdateStatus, async (input, context) => {
      const order = orders.get(input.orderId);
      if (!order) throw new CommandError('WB_SHOP_UNKNOWN_ORDER', `There is no order ${input.orderId}.`);
      order.status = input.status;
      context.log.info({ order: input.orderId, status: input.status }, 'the order has a new status');
    }),
  ],
});
