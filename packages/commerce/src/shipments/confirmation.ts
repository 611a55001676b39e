import { defineCommand, type Static } from '@waybill/contract';
import { shipmentKeys } from '../keys/shipment-keys.ts';
import { amount, currency, decimal, quantity } from '../values/money.ts';
import { closed, flag, id, list, optional } from '../values/text.ts';
import { instant } from '../values/time.ts';
import { widths } from '../values/widths.ts';

// reference/fulfillment-messages.md, sections 6.12 and 6.13. Form 1.0 has no products.

const serialNumber = closed(
  { code: id('The number.'), quantity: optional(quantity('How many pieces have this number. Default 1.')) },
  'A serial number of shipped goods.',
);
const serialNumbers = optional(list(serialNumber, 'Serial numbers of the pieces.'));

const shippedComponent = closed(
  {
    partNumber: id('Part number.', widths.partNumber),
    componentId: optional(id('The part within its kit.')),
    serialNumbers,
  },
  'A part of a kit.',
);

export const shippedProduct = closed(
  {
    partNumber: id('Part number.', widths.partNumber),
    orderItemId: optional(id('The item of the order. It has to be given where several items of the release are of this product.')),
    serialNumbers,
    components: optional(list(shippedComponent, 'Parts, where the product is a kit.')),
  },
  'A product in the package. Where it has serial numbers, so many pieces are in it as they count; else all that have not left yet.',
);
export type ShippedProduct = Static<typeof shippedProduct>;

export const shipmentInput = closed(
  {
    orderId: optional(id('The order in the store. At least one of the two order ids is given.')),
    merchantOrderNumber: optional(id('The order at the sender.', widths.merchantNumber)),
    releaseNumber: id('The release of the order, counted from 1.'),
    shipModeId: id('How it travels: the id of a ship mode.'),
    updatesRelease: optional(
      flag(
        'True: the goods of the package have left, and with the last of them the release. False: only the package is recorded. Default false.',
      ),
    ),
    packageId: optional(id('Id of the package.', widths.packageId)),
    trackingId: optional(id('Under which number it can be followed.', widths.trackingId)),
    pickupRecordId: optional(id('Number of the record of the pick-up.', widths.pickupRecordId)),
    shipped: instant('When it left.'),
    costs: closed(
      { amount: amount('The amount.'), currency: currency('Currency code of ISO 4217.', widths.costCurrency) },
      'What shipping cost.',
    ),
    weight: closed(
      { value: decimal('Weight.', '2.4'), measure: id('Unit of measure, such as KGM.', widths.weightMeasure) },
      'What the package weighs.',
    ),
    products: optional(list(shippedProduct, 'What is in the package. Without it: everything of the release that has not left yet.')),
  },
  'A package of a release, as the fulfillment center reports it.',
);
export type ShipmentInput = Static<typeof shipmentInput>;

export const shipment = closed(
  { shipmentId: id('The id that the shipment was given.'), orderId: id('The order in the store.') },
  'The shipment that was recorded.',
);
export type Shipment = Static<typeof shipment>;

export const shipmentConfirm = defineCommand({
  name: 'shipment.confirm',
  summary: 'Record a package of a release, and that its goods have left.',
  input: shipmentInput,
  output: shipment,
  ...shipmentKeys,
});
