import { errors } from '../errors.ts';
import type { Database } from './database.ts';

// Rows that several commands look up, and the errors for those that are missing.

export interface StoreRow {
  readonly store_id: string;
  readonly owner_id: string;
  readonly name: string;
  readonly currency: string;
  readonly tax_rate: string;
  readonly address: string;
  readonly center_id: string;
  readonly ship_mode_id: string;
}

/** Throws a `CommandError` WB_STORE_STORE_UNKNOWN. */
export function findStore(database: Database, storeId: string): StoreRow {
  const store = database.get<StoreRow>('SELECT * FROM stores WHERE store_id = ?', storeId);
  if (!store) throw errors.WB_STORE_STORE_UNKNOWN(`There is no store ${storeId}.`);
  return store;
}

/** Throws a `CommandError` WB_STORE_CENTER_UNKNOWN. */
export function refuseUnknownCenter(database: Database, centerId: string): void {
  if (!database.get('SELECT 1 FROM centers WHERE center_id = ?', centerId))
    throw errors.WB_STORE_CENTER_UNKNOWN(`There is no fulfillment center ${centerId}.`);
}

export interface ProductRow {
  readonly catalog_entry_id: string;
  readonly owner_id: string;
  readonly part_number: string;
  readonly name: string;
  readonly description: string | null;
  readonly shipping_charge: string;
  /** The default fulfillment center of the product in the store. */
  readonly center_id: string;
}

const sold = 'SELECT products.*, assortment.center_id FROM products JOIN assortment USING (catalog_entry_id) WHERE store_id = ?';

/** A product that the store sells, by its id, else by its part number; with both, they have to fit. Throws a `CommandError` WB_STORE_PRODUCT_UNKNOWN. */
export function findProduct(
  database: Database,
  storeId: string,
  { catalogEntryId, partNumber }: { readonly catalogEntryId?: string | undefined; readonly partNumber?: string | undefined },
): ProductRow {
  const [column, value] = catalogEntryId === undefined ? ['part_number', partNumber] : ['catalog_entry_id', catalogEntryId];
  const product = database.get<ProductRow>(`${sold} AND products.${column} = ?`, storeId, value ?? null);
  if (!product) throw errors.WB_STORE_PRODUCT_UNKNOWN(`Store ${storeId} sells no product ${value}.`);
  if ((partNumber ?? product.part_number) !== product.part_number)
    throw errors.WB_STORE_PRODUCT_UNKNOWN(`Product ${catalogEntryId} of store ${storeId} is not ${partNumber}.`);
  return product;
}

export interface AddressRow {
  readonly address_id: string;
  readonly customer_id: string;
  readonly nick_name: string;
  readonly title: string | null;
  readonly last_name: string;
  readonly first_name: string | null;
  readonly middle_name: string | null;
  readonly line1: string;
  readonly line2: string | null;
  readonly line3: string | null;
  readonly city: string;
  readonly state: string;
  readonly postal_code: string;
  readonly country: string;
  readonly phone1: string | null;
  readonly phone2: string | null;
  readonly fax1: string | null;
  readonly email1: string | null;
  readonly email2: string | null;
}

/** The current main address of a customer. Throws a `CommandError` WB_STORE_CUSTOMER_UNKNOWN. */
export function findMainAddress(database: Database, customerId: string): AddressRow {
  const address = database.get<AddressRow>(
    "SELECT * FROM addresses WHERE customer_id = ? AND status = 'P' ORDER BY is_primary DESC, is_self DESC LIMIT 1",
    customerId,
  );
  if (!address) throw errors.WB_STORE_CUSTOMER_UNKNOWN(`There is no customer ${customerId} with an address.`);
  return address;
}

/** The address of an order or a release: kept as long as they are. */
export function findAddress(database: Database, addressId: string): AddressRow {
  return found(database.get<AddressRow>('SELECT * FROM addresses WHERE address_id = ?', addressId));
}

/** The row, which a foreign key guarantees to be there. */
export function found<Found>(row: Found | undefined): Found {
  if (row === undefined) throw new TypeError('A row that another one refers to is missing.');
  return row;
}
