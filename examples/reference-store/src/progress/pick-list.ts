import type { PackComponent, PackSlip, PickList, PickTicket } from '@waybill/commerce';
import type { Database } from '../database/database.ts';
import { findAddress, findStore, found, type StoreRow } from '../database/find.ts';
import { present } from '../database/present.ts';
import { errors } from '../errors.ts';
import { add, multiply, sum, times } from '../orders/decimal.ts';
import { carrierOf } from './shipments.ts';

interface BatchRow {
  readonly pick_batch_id: string;
  readonly store_id: string;
  readonly center_id: string;
}

interface ReleaseRow {
  readonly order_id: string;
  readonly release_number: number;
  readonly ship_mode_id: string;
  readonly address_id: string;
  readonly instructions: string | null;
  readonly customer_id: string;
  readonly currency: string;
  readonly placed: string;
}

/** What both kinds of slips say about where they come from. */
interface Heading {
  readonly batch: BatchRow;
  readonly store: StoreRow;
  readonly center: string;
}

/**
 * The pick ticket and the packing lists of a batch (reference/fulfillment-messages.md, sections 6.10 and 6.11). Throws a
 * `CommandError` WB_STORE_PICK_BATCH_UNKNOWN or WB_STORE_PICK_BATCH_EMPTY.
 */
export function composePickList(database: Database, pickBatchId: string): PickList {
  const batch = database.get<BatchRow>('SELECT * FROM pick_batches WHERE pick_batch_id = ?', pickBatchId);
  if (!batch) throw errors.WB_STORE_PICK_BATCH_UNKNOWN(`There is no pick batch ${pickBatchId}.`);
  const releases = database.all<ReleaseRow>(
    `SELECT releases.*, customer_id, currency, placed FROM releases JOIN orders USING (order_id)
     WHERE pick_batch_id = ? ORDER BY releases.rowid`,
    pickBatchId,
  );
  if (releases.length === 0) throw errors.WB_STORE_PICK_BATCH_EMPTY(`No release belongs to pick batch ${pickBatchId}.`);
  const center = found(database.get<{ name: string }>('SELECT name FROM centers WHERE center_id = ?', batch.center_id)).name;
  const heading = { batch, store: findStore(database, batch.store_id), center };
  const packSlips = releases.map((release) => packSlipOf(release, heading, database));
  return { pickTicket: pickTicketOf(packSlips, heading), packSlips };
}

/** One line for each product of the batch. */
function pickTicketOf(packSlips: readonly PackSlip[], { batch, store, center }: Heading): PickTicket {
  const lines = new Map<string, PickTicket['items'][number]>();
  for (const { sku, name, description, quantity } of packSlips.flatMap(({ items }) => items)) {
    const before = lines.get(sku);
    lines.set(sku, present({ sku, name, description, quantity: before ? add(before.quantity, quantity) : quantity }));
  }
  return {
    storeName: store.name,
    fulfillmentCenter: center,
    pickBatchId: batch.pick_batch_id,
    expedited: false,
    items: [...lines.values()],
  };
}

function packSlipOf(release: ReleaseRow, { batch, store, center }: Heading, database: Database): PackSlip {
  const items = itemsOf(release, database);
  return {
    storeName: store.name,
    fulfillmentCenter: center,
    orderId: release.order_id,
    releaseNumber: String(release.release_number),
    pickBatchId: batch.pick_batch_id,
    orderDate: release.placed.slice(0, 'yyyy-mm-dd'.length),
    shippingProvider: carrierOf(release.ship_mode_id, database),
    customerId: release.customer_id,
    shipTo: shipToOf(release, database),
    items,
    charges: chargesOf(items, store.tax_rate),
  };
}

function shipToOf({ address_id, instructions }: ReleaseRow, database: Database): PackSlip['shipTo'] {
  const address = findAddress(database, address_id);
  return present({
    addressId: address_id,
    firstName: address.first_name,
    lastName: address.last_name,
    middleName: address.middle_name,
    line1: address.line1,
    line2: address.line2,
    line3: address.line3,
    city: address.city,
    state: address.state,
    postalCode: address.postal_code,
    country: address.country,
    instructions,
  });
}

interface ItemRow {
  readonly order_item_id: string;
  readonly catalog_entry_id: string;
  readonly part_number: string;
  readonly name: string;
  readonly description: string | null;
  readonly quantity: string;
  readonly unit_price: string;
  readonly shipping_charge: string;
  readonly comment: string | null;
}

function itemsOf(release: ReleaseRow, database: Database): PackSlip['items'] {
  const rows = database.all<ItemRow>(
    `SELECT order_item_id, catalog_entry_id, part_number, name, description, release_items.quantity, unit_price,
     order_items.shipping_charge, comment
     FROM release_items JOIN order_items USING (order_item_id) JOIN products USING (catalog_entry_id)
     WHERE release_items.order_id = ? AND release_number = ? ORDER BY line`,
    release.order_id,
    release.release_number,
  );
  return rows.map((row) =>
    present({
      orderItemId: row.order_item_id,
      sku: row.part_number,
      name: row.name,
      description: row.description,
      quantity: row.quantity,
      unitPrice: row.unit_price,
      totalPrice: times(row.unit_price, row.quantity),
      currency: release.currency,
      expedited: false,
      shippingCharge: row.shipping_charge,
      customerComments: row.comment,
      components: componentsOf(row.catalog_entry_id, row.quantity, database),
    }),
  );
}

interface ComponentRow {
  readonly component_id: string;
  readonly catalog_entry_id: string;
  readonly part_number: string;
  readonly name: string;
  readonly description: string | null;
  readonly quantity: string;
}

/** The parts of so many kits; undefined where a product is no kit. */
function componentsOf(kitId: string, kits: string, database: Database): PackComponent[] | undefined {
  const rows = database.all<ComponentRow>(
    `SELECT component_id, catalog_entry_id, part_number, name, description, quantity FROM components JOIN products USING (catalog_entry_id)
     WHERE kit_id = ? ORDER BY component_id`,
    kitId,
  );
  if (rows.length === 0) return undefined;
  return rows.map((row) => {
    const quantity = multiply(row.quantity, kits);
    return present({
      componentId: row.component_id,
      sku: row.part_number,
      name: row.name,
      description: row.description,
      quantity,
      components: componentsOf(row.catalog_entry_id, quantity, database),
    });
  });
}

function chargesOf(items: PackSlip['items'], taxRate: string): PackSlip['charges'] {
  const product = sum(items.map(({ totalPrice }) => totalPrice));
  const shipping = sum(items.map(({ shippingCharge }) => shippingCharge));
  const [salesTax, shippingTax] = [times(product, taxRate), times(shipping, taxRate)];
  return {
    product,
    shipping,
    baseShipping: shipping,
    shippingAdjustment: '0.00',
    adjustment: '0.00',
    shippingTax,
    salesTax,
    total: sum([product, shipping, salesTax, shippingTax]),
  };
}
