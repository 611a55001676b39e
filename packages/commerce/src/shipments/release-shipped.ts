import { defineEvent, personal, type Static } from '@waybill/contract';
import { party, personName } from '../address.ts';
import { releaseKeys } from '../keys/shipment-keys.ts';
import { quantity } from '../values/money.ts';
import { closed, id, optional, some, text } from '../values/text.ts';
import { instant } from '../values/time.ts';
import { widths } from '../values/widths.ts';

// reference/fulfillment-messages.md, section 6.14

export const releaseShippedData = closed(
  {
    storeId: id('The store.'),
    storeName: text('Name of the store.'),
    orderId: id('The order.'),
    merchantOrderNumber: optional(id('The order at the back end.', widths.merchantNumber)),
    releaseNumber: id('The release of the order, counted from 1.'),
    shipped: instant('When it left.'),
    carrier: text('Who carries it, and how.'),
    trackingId: optional(text('Under which number it can be followed.')),
    customer: closed(
      { id: id('The customer.'), name: personName, email: optional(personal(text('Where the notification goes.'))) },
      'Who ordered it.',
    ),
    shipTo: party,
    items: some(
      closed(
        {
          orderItemId: id('The item of the order.'),
          partNumber: text('Part number.', widths.partNumber),
          name: text('Name of the product.'),
          quantity: quantity('How many were shipped.'),
        },
        'One item.',
      ),
      'What is in it.',
    ),
  },
  'A release on its way.',
);
export type ReleaseShipped = Static<typeof releaseShippedData>;

export const releaseShipped = defineEvent({
  name: 'release.shipped',
  summary: 'A release has left the fulfillment center; the customer can be told.',
  data: releaseShippedData,
  ...releaseKeys,
});
