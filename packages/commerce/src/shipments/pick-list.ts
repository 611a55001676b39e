import { defineCommand, personal, type Static, type TSchema, Type } from '@waybill/contract';
import { pickListKeys } from '../keys/shipment-keys.ts';
import { amount, currency, quantity } from '../values/money.ts';
import { closed, flag, id, list, optional, some, text } from '../values/text.ts';
import { day } from '../values/time.ts';
import { widths } from '../values/widths.ts';

// reference/fulfillment-messages.md, sections 6.10 and 6.11 (form 2.0; form 1.0 leaves fields out)

const goods = {
  sku: text('Part number.', widths.partNumber),
  name: text('Name of the product.'),
  description: optional(text('Short description.')),
  quantity: quantity('How many.'),
};

const pickTicket = closed(
  {
    storeName: text('Name of the store.'),
    fulfillmentCenter: text('Name of the fulfillment center.'),
    pickBatchId: id('The batch.'),
    expedited: flag('Something in the batch is in a hurry.'),
    items: some(closed(goods, 'One product.'), 'What to fetch for the whole batch, a line for each product.'),
  },
  'One sheet for the whole batch.',
);
export type PickTicket = Static<typeof pickTicket>;

/** A part of a kit; parts can have parts. */
export interface PackComponent {
  componentId?: string;
  sku: string;
  name: string;
  description?: string;
  quantity: string;
  components?: PackComponent[];
}

/** Parts nested this deep; a definite depth keeps the schema free of references. */
const depth = 8;

function componentSchema(levels: number): TSchema {
  return closed(
    {
      componentId: optional(id('The part within its kit.')),
      ...goods,
      ...(levels > 1 ? { components: optional(list(componentSchema(levels - 1), 'Parts of this part.')) } : {}),
    },
    'A part of a kit.',
  );
}

const packItem = closed(
  {
    orderItemId: optional(id('The item of the order.')),
    ...goods,
    unitPrice: amount('Price of one.'),
    totalPrice: amount('Price of all.'),
    currency: currency(),
    expedited: flag('This item is in a hurry.'),
    shippingCharge: amount('Base shipping charge of the item.'),
    customerComments: optional(text('What the customer said about it.')),
    catalogName: optional(text('The catalog that it was ordered from.')),
    components: optional(
      Type.Array(Type.Unsafe<PackComponent>(componentSchema(depth)), { description: 'Parts, where the item is a kit.' }),
    ),
  },
  'One item of a release.',
);

const packSlip = closed(
  {
    storeName: text('Name of the store.'),
    fulfillmentCenter: text('Name of the fulfillment center.'),
    orderId: id('The order.'),
    releaseNumber: id('The release of the order, counted from 1.'),
    pickBatchId: id('The batch.'),
    orderDate: day('When the order was placed.'),
    shippingProvider: text('Who carries it, and how.'),
    customerId: id('The customer.'),
    invoiceMethod: optional(text('How the invoice reaches the customer.')),
    shipTo: closed(
      {
        addressId: id('Id of the address.'),
        firstName: optional(personal(text('Given name.'))),
        lastName: personal(text('Family name.')),
        middleName: optional(personal(text('Middle name or initial.'))),
        line1: personal(text('First line of the address.')),
        line2: optional(personal(text('Second line.'))),
        line3: optional(personal(text('Third line.'))),
        city: personal(text('City or town.')),
        state: optional(personal(text('State, province or region.'))),
        postalCode: optional(personal(text('Postal code.'))),
        country: personal(text('Country.')),
        instructions: optional(personal(text('What the carrier should know.'))),
        carrierAccount: optional(text('Account of the customer at the carrier.')),
      },
      'Where it goes.',
    ),
    items: some(packItem, 'What is in it.'),
    charges: closed(
      {
        product: amount('Price of the goods.'),
        shipping: optional(amount('Shipping charge, adjustments included.')),
        baseShipping: optional(amount('Shipping charge before adjustments.')),
        shippingAdjustment: optional(amount('Adjustments of the shipping charge.')),
        adjustment: optional(amount('All adjustments.')),
        shippingTax: optional(amount('Tax on shipping.')),
        salesTax: optional(amount('Tax on the goods.')),
        total: amount('What the release costs.'),
      },
      'Charges of the release.',
    ),
  },
  'The packing list of one release.',
);
export type PackSlip = Static<typeof packSlip>;

export const pickList = closed(
  { pickTicket, packSlips: some(packSlip, 'One for each release of the batch.') },
  'What a batch picks and packs.',
);
export type PickList = Static<typeof pickList>;

export const pickListInput = closed({ pickBatchId: id('The batch.') }, 'Which pick list is wanted.');
export type PickListInput = Static<typeof pickListInput>;

export const pickListGet = defineCommand({
  name: 'pick-list.get',
  summary: 'Fetch the pick ticket and the packing lists of a batch.',
  input: pickListInput,
  output: pickList,
  ...pickListKeys,
});
