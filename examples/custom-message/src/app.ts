import { inventorySetLevels } from '@waybill/commerce';
import { defineApplication, eventNamed, handle, handleNamed } from '@waybill/contract/application';

/** What the schema in `returns.message.yaml` says. */
interface Return {
  readonly returnId: string;
  readonly orderId: string;
  readonly items: readonly { readonly partNumber: string; readonly quantity: string; readonly reason?: 'BROKEN' | 'UNWANTED' }[];
}

/** A store that remembers for as long as it runs. */
export const stock = new Map<string, string>();

const received = eventNamed('return.received');

export default defineApplication({
  handlers: [
    // Whether the stock came as a predefined message or as one of the warehouse, the input is the same.
    handle(inventorySetLevels, ({ levels }) => {
      for (const level of levels) if ('partNumber' in level) stock.set(level.partNumber, level.quantity);
    }),
    handleNamed('return.receive', (input, context) => {
      const { returnId, orderId, items } = input as Return;
      const broken = items.filter(({ reason }) => reason === 'BROKEN').length;
      context.publish(received, { returnId, orderId, ...(broken > 0 ? { broken: String(broken) } : {}) });
    }),
  ],
});
