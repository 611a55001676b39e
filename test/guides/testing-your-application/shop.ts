import { inventoryAvailabilityRequested, orderShipStatus } from '@waybill/commerce';
import { CommandError, defineApplication, handle } from '@waybill/contract/application';

/** What the shop keeps. In yours it is a database. */
export class Orders {
  readonly #status = new Map<string, string>();
  /** Ids of the messages whose effect is in here. */
  readonly #recorded = new Set<string>();
  isAway = false;
  asked = 0;
  changes = 0;

  add(orderId: string): void {
    this.#status.set(orderId, 'P');
  }

  async statusOf(orderId: string): Promise<string | undefined> {
    this.asked += 1;
    if (this.isAway) throw new Error('The database does not answer.');
    return this.#status.get(orderId);
  }

  /** Does nothing the second time for the same message. */
  async record(messageId: string, orderId: string, status: string): Promise<void> {
    if (this.#recorded.has(messageId)) return;
    this.#recorded.add(messageId);
    this.#status.set(orderId, status);
    this.changes += 1;
  }
}

/** Hears from a back end which orders were shipped, and asks it how much is left of the product. */
export function shop(orders: Orders) {
  return defineApplication({
    handlers: [
      handle(orderShipStatus, async ({ orderId = '', status = 'S' }, context) => {
        if ((await orders.statusOf(orderId)) === undefined)
          throw new CommandError('WB_SHOP_UNKNOWN_ORDER', `There is no order ${orderId}.`);
        await orders.record(context.messageId, orderId, status);
        const question = { storeId: '10', fulfillmentCenterId: '1', partNumber: 'TEAPOT-7', requestedQuantity: '1' };
        context.publish(inventoryAvailabilityRequested, { items: [question] });
      }),
    ],
  });
}
