import type { Contact, OrderCreated, OrderCreatedItem, PersonName, PostalAddress } from '@waybill/commerce';
import type { Database } from '../database/database.ts';
import { type AddressRow, findAddress, findStore, found, type StoreRow } from '../database/find.ts';
import { fromJson, present } from '../database/present.ts';

interface OrderRow {
  readonly order_id: string;
  readonly store_id: string;
  readonly customer_id: string;
  readonly address_id: string;
  readonly merchant_order_number: string | null;
  readonly status: string;
  readonly currency: string;
  readonly total_product: string;
  readonly total_tax: string;
  readonly total_shipping: string;
  readonly total_shipping_tax: string;
  readonly fields: string | null;
  readonly user_data: string | null;
  readonly placed: string;
  readonly updated: string;
}

/** An order as `order.created` tells of it: what the stock template fills (reference/fulfillment-messages.md, section 8). */
export function describeOrder(database: Database, orderId: string): OrderCreated {
  const order = found(database.get<OrderRow>('SELECT * FROM orders WHERE order_id = ?', orderId));
  const store = findStore(database, order.store_id);
  const address = findAddress(database, order.address_id);
  return present({
    orderId,
    storeId: order.store_id,
    merchantOrderNumber: order.merchant_order_number,
    placed: order.placed,
    updated: order.updated,
    totals: {
      currency: order.currency,
      net: order.total_product,
      taxes: [{ amount: { amount: order.total_tax, currency: order.currency } }],
      shipping: order.total_shipping,
      shippingTax: order.total_shipping_tax,
    },
    status: order.status,
    billTo: { address: placeOf(address), name: { ...nameOf(address), alternateName: address.nick_name }, contact: contactOf(address) },
    billToAddressId: order.address_id,
    merchant: merchantOf(store),
    ...buyerOf(order.customer_id, address, database),
    fields: fromJson(order.fields) as string[] | undefined,
    userData: userDataOf(order, database),
    items: describeItems(database, order, address),
  });
}

/** What the site adds to the order: its own data, and the pick batch where there is one already. */
function userDataOf({ order_id, user_data }: OrderRow, database: Database): Record<string, string> | undefined {
  const own = fromJson(user_data) as Record<string, string> | undefined;
  const batch = database.get<{ pickBatchId: string }>(
    'SELECT pick_batch_id AS pickBatchId FROM releases WHERE order_id = ? AND pick_batch_id IS NOT NULL ORDER BY release_number',
    order_id,
  );
  return batch ? { ...own, pickBatchId: batch.pickBatchId } : own;
}

function placeOf(address: AddressRow): PostalAddress {
  const lines = [address.line1, address.line2, address.line3].filter((line) => line !== null);
  return { lines, city: address.city, state: address.state, postalCode: address.postal_code, country: address.country };
}

function nameOf(address: AddressRow): PersonName {
  return present({ title: address.title, lastName: address.last_name, firstName: address.first_name, middleName: address.middle_name });
}

function contactOf({ phone1, phone2, email1, email2, fax1 }: AddressRow): Contact {
  return present({ phone1, phone2, email1, email2, fax: fax1 });
}

function merchantOf(store: StoreRow): OrderCreated['merchant'] & object {
  return {
    organizationName: store.name,
    ids: [{ id: store.store_id, kind: 'internal' }],
    address: fromJson(store.address) as PostalAddress,
  };
}

/** Somebody registered is named in full, a guest by the id alone. */
function buyerOf(customerId: string, address: AddressRow, database: Database): Pick<OrderCreated, 'buyer' | 'requisitioner'> {
  const { logon_id, business } = found(
    database.get<{ logon_id: string | null; business: string | null }>(
      'SELECT logon_id, business FROM customers WHERE customer_id = ?',
      customerId,
    ),
  );
  const internal = { id: customerId, kind: 'internal' };
  if (logon_id === null) return { requisitioner: { ids: [internal] } };
  const organizationName = (fromJson(business) as { organizationName?: string } | undefined)?.organizationName;
  return present({
    buyer: organizationName === undefined ? undefined : { organizationName },
    requisitioner: {
      ids: [internal, { id: logon_id, kind: 'logon' }],
      address: placeOf(address),
      name: nameOf(address),
      contact: contactOf(address),
    },
  });
}

interface ItemRow {
  readonly order_item_id: string;
  readonly line: number;
  readonly catalog_entry_id: string;
  readonly part_number: string;
  readonly description: string | null;
  readonly quantity: string;
  readonly unit_price: string;
  readonly status: string;
  readonly comment: string | null;
  readonly placed: string;
  readonly updated: string;
  readonly ship_mode_id: string;
  readonly carrier: string;
  readonly method: string;
}

function describeItems(database: Database, order: OrderRow, address: AddressRow): OrderCreatedItem[] {
  const rows = database.all<ItemRow>(
    `SELECT order_items.*, part_number, description, carrier, method FROM order_items
     JOIN products USING (catalog_entry_id) JOIN ship_modes USING (ship_mode_id) WHERE order_id = ? ORDER BY line`,
    order.order_id,
  );
  return rows.map((row) =>
    present({
      lineNumber: String(row.line),
      orderItemId: row.order_item_id,
      partNumber: row.part_number,
      catalogEntryId: row.catalog_entry_id,
      unitPrice: { amount: row.unit_price, currency: order.currency },
      quantity: row.quantity,
      description: row.description,
      shipTo: present({ name: nameOf(address), address: placeOf(address), contact: contactOf(address), comment: row.comment }),
      shipToAddressId: order.address_id,
      carrier: { carrier: row.carrier, method: row.method },
      shipModeId: row.ship_mode_id,
      status: row.status,
      placed: row.placed,
      updated: row.updated,
    }),
  );
}
