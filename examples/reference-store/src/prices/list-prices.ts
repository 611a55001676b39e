import type { ListPrice, ListPricesInput } from '@waybill/commerce';
import { toJson } from '../database/present.ts';
import type { Work } from '../work.ts';
import { findOwned, refuseNegative } from './priced.ts';

/**
 * Sets list prices, all of them or none: a product has one in each currency (reference/fulfillment-messages.md, section 5.2). Throws a
 * `CommandError` WB_STORE_PRODUCT_UNKNOWN or WB_STORE_PRICE_NEGATIVE.
 */
export function setListPrices(input: ListPricesInput, work: Work): void {
  for (const price of input.prices) setListPrice(price, work);
}

function setListPrice({ partNumber, ownerId, currency, price, userData }: ListPrice, work: Work): void {
  refuseNegative(price);
  const product = findOwned({ partNumber, ownerId }, work.database);
  work.database.run(
    `INSERT INTO list_prices (catalog_entry_id, currency, price, user_data) VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET price = excluded.price, user_data = coalesce(excluded.user_data, user_data)`,
    product.catalog_entry_id,
    currency,
    price,
    toJson(userData) ?? null,
  );
  work.effect(`list price of ${partNumber} set to ${price} ${currency}`);
}
