import { defineCommand, type Static } from '@waybill/contract';
import { listPriceKeys } from '../keys/price-keys.ts';
import { amount, currency } from '../values/money.ts';
import { closed, id, optional, some } from '../values/text.ts';
import { userData } from '../values/user-data.ts';
import { widths } from '../values/widths.ts';

// reference/fulfillment-messages.md, section 5.2

export const listPrice = closed(
  {
    partNumber: id('The product.', widths.partNumber),
    ownerId: id('The member who owns the product.'),
    currency: currency('Currency of the price.'),
    price: amount('Price of one.'),
    userData: optional(userData),
  },
  'The list price of a product in one currency; it has no dates.',
);
export type ListPrice = Static<typeof listPrice>;

export const listPricesInput = closed({ prices: some(listPrice, 'All of them take effect, or none.') }, 'New list prices.');
export type ListPricesInput = Static<typeof listPricesInput>;

export const priceSetListPrices = defineCommand({
  name: 'price.set-list-prices',
  summary: 'Set the list prices of products.',
  input: listPricesInput,
  ...listPriceKeys,
});
