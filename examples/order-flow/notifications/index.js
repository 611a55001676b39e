import { releaseShipped } from '@waybill/commerce';
import { defineErrors, defineMessagePack, MessageError } from '@waybill/contract';

export const errors = defineErrors(
  {
    WB_ORDER_FLOW_ONE_WAY: {
      means: 'A message that is written for people was to be read.',
      remedy: 'Look at it as the plain text that it is.',
      kind: 'unknown',
    },
  },
  MessageError,
);

/** A message pack of the example's own: what a customer is told, as plain text. */
export default defineMessagePack({
  name: 'notifications',
  summary: 'What customers of the store are told, as plain text.',
  messages: [
    {
      name: 'Ship_Notice',
      version: '1.0',
      direction: 'out',
      summary: 'Tells a customer that goods are on their way.',
      event: releaseShipped,
    },
  ],
  recognise: () => undefined,
  read: (type) => {
    throw errors.WB_ORDER_FLOW_ONE_WAY(`${type.name} is written for people and not read again.`);
  },
  compose: (type, data) => ({ type: type.name, contentType: 'text/plain; charset=utf-8', body: shipNotice(data) }),
});

/** @param {any} shipped the data of `release.shipped` */
function shipNotice({ customer, storeName, orderId, carrier, trackingId, items, shipTo }) {
  return [
    `To: ${customer.email ?? 'the customer'}`,
    `Subject: Your order ${orderId} is on its way`,
    '',
    `Hello ${customer.name.firstName ?? customer.name.lastName},`,
    '',
    `${carrier} has picked up your parcel for ${shipTo.city}${trackingId ? ` (tracking number ${trackingId})` : ''}:`,
    ...items.map((item) => `  ${item.quantity} x ${item.name}`),
    '',
    storeName,
    '',
  ].join('\n');
}
