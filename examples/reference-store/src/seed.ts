import { insertAddress } from './customers/customers.ts';
import type { Database } from './database/database.ts';
import type { Store } from './store.ts';

export interface SeedOptions {
  /** The password of the user `erp_gateway`, under whose name the back end sends its messages. */
  readonly password: string;
}

/** The ids of what `seedStore` puts into a store: those of the samples in reference/samples/fulfillment. */
export const seeded = {
  storeId: '10151',
  /** Owns the store and its products. */
  ownerId: '7000000000000000102',
  /** The standard price list of the owner. */
  priceListId: '10003',
  /** Stock was counted and corrected. */
  adjustmentCodeId: '60002',
  centerId: '11201',
  shipModeId: '10703',
  customerId: '8004',
  addressId: '15022',
  /** Placed, announced and released, not yet confirmed by the back end. */
  orderId: '12007',
  /** Placed and announced; its stock is not yet assured, so that it is in no release. */
  waitingOrderId: '12011',
  /** Holds the release of `orderId`. */
  pickBatchId: '71004',
  gateway: 'erp_gateway',
} as const;

/** Fills an empty store. A store that is filled already keeps what it has; only the password of the gateway is set. */
export async function seedStore(store: Store, { password }: SeedOptions): Promise<void> {
  fillStore(store);
  await store.setUser({ logonId: seeded.gateway, password, roles: ['back end'] });
}

/** As `seedStore`, without a user. */
export function fillStore(store: Store): void {
  const { database } = store;
  database.transaction(() => {
    if (database.get('SELECT 1 FROM stores')) return;
    seedSite(database);
    for (const product of products) seedProduct(product, database, store.now());
    for (const component of components) database.insert('components', component);
    seedCustomer(database, store.now());
    seedOrder(database);
    seedWaitingOrder(database);
    for (const [name, last] of counters) database.insert('counters', { name, last });
  });
}

/** The last id of each kind that the seed takes. */
const counters = [
  ['order', 12_011],
  ['order item', 45_020],
  ['customer', 8_004],
  ['address', 15_022],
  ['pick batch', 71_004],
  ['expected record', 31_006],
  ['expected detail', 41_010],
  ['receipt', 52_002],
  ['adjustment', 0],
  ['shipment', 81_001],
  ['offer', 30_023],
  ['request', 90_116],
] as const;

function seedSite(database: Database): void {
  database.insert('centers', { center_id: seeded.centerId, name: 'Larkhaven DC' });
  database.insert('ship_modes', { ship_mode_id: seeded.shipModeId, carrier: 'Northline', method: 'Ground' });
  database.insert('stores', {
    store_id: seeded.storeId,
    owner_id: seeded.ownerId,
    name: 'Harbour and Pine',
    currency: 'CAD',
    tax_rate: '0.13',
    address: JSON.stringify({ lines: ['1 Harbour Plaza'], city: 'Larkhaven', state: 'ON', postalCode: 'L4K 1A1', country: 'CA' }),
    center_id: seeded.centerId,
    ship_mode_id: seeded.shipModeId,
  });
  database.insert('price_lists', { price_list_id: seeded.priceListId, owner_id: seeded.ownerId, standard: 1 });
  database.insert('adjustment_codes', { code_id: seeded.adjustmentCodeId, store_id: seeded.storeId, code: 'CNT', deleted: 0 });
}

const products = [
  { id: '30015', sku: 'HP-LAMP-02', name: 'Cabin lamp', description: 'Brass cabin lamp', price: '61.50', shipping: '8.00', stock: '5000' },
  { id: '30021', sku: 'HP-KIT-01', name: 'Mooring kit', description: null, price: '61.50', shipping: '4.00', stock: '2000' },
  { id: '30022', sku: 'HP-ROPE-10', name: 'Rope, 10 m', description: null, price: '18.25', shipping: '3.00', stock: '4000' },
  { id: '30023', sku: 'HP-CLEAT-4', name: 'Dock cleat', description: null, price: '7.40', shipping: '2.00', stock: '8000' },
];
type Product = (typeof products)[number];

const components = [
  { component_id: '9101', kit_id: '30021', catalog_entry_id: '30022', quantity: '2' },
  { component_id: '9102', kit_id: '30021', catalog_entry_id: '30023', quantity: '4' },
];

function seedProduct({ id, sku, name, description, price, shipping, stock }: Product, database: Database, now: string): void {
  const { storeId: store_id, centerId: center_id } = seeded;
  database.insert('products', {
    catalog_entry_id: id,
    owner_id: seeded.ownerId,
    part_number: sku,
    name,
    description,
    shipping_charge: shipping,
  });
  database.insert('assortment', { store_id, catalog_entry_id: id, center_id });
  // The standing offer of a product has its number.
  const standing = { offer_id: id, catalog_entry_id: id, price_list_id: seeded.priceListId, precedence: '0', published: '1' };
  database.insert('offers', { ...standing, updated: now });
  database.insert('offer_prices', { offer_id: id, currency: 'CAD', price });
  database.insert('inventory', { catalog_entry_id: id, center_id, store_id, quantity: stock, updated: now });
}

/** A guest, so that the sample that registers a customer can do so. */
function seedCustomer(database: Database, now: string): void {
  database.insert('customers', { customer_id: seeded.customerId, enabled: 1, password_expired: 0, profile_type: 'C', registered: now });
  const address = { lines: ['77 Signal Hill Road', 'Apt 3'], city: 'Port Merrin', state: 'NS', postalCode: 'B3X 2T5', country: 'CA' };
  const contact = { telephones: [{ number: '555-0118' }, { number: '555-0119' }], emails: ['tobe@portmerrin.example'] };
  const name = { lastName: 'Okonkwo', firstName: 'Tobe' };
  insertAddress(
    database,
    seeded.customerId,
    { nickName: 'tokonkwo-home', type: 'SB', name, address, contact, self: true },
    seeded.addressId,
  );
}

const placed = '2024-03-11T14:15:02.000Z';

/** Three lamps and a kit, of which two lamps and the kit are in the release of the batch. */
function seedOrder(database: Database): void {
  const { orderId: order_id, centerId: center_id, shipModeId: ship_mode_id, addressId: address_id, pickBatchId: pick_batch_id } = seeded;
  insertSeededOrder(database, order_id, { product: '246.00', tax: '31.98', shipping: '12.00', shippingTax: '1.56' });
  insertSeededItem(database, {
    order_id,
    order_item_id: '45012',
    line: 0,
    catalog_entry_id: '30015',
    quantity: '3',
    shipping_charge: '8.00',
  });
  insertSeededItem(database, {
    order_id,
    order_item_id: '45013',
    line: 1,
    catalog_entry_id: '30021',
    quantity: '1',
    shipping_charge: '4.00',
  });
  database.insert('pick_batches', { pick_batch_id, store_id: seeded.storeId, center_id, created: placed });
  const release = { order_id, release_number: 1 };
  const instructions = 'Leave with concierge';
  database.insert('releases', { ...release, center_id, ship_mode_id, address_id, status: 'PRN', pick_batch_id, instructions });
  database.insert('release_items', { ...release, order_item_id: '45012', quantity: '2' });
  database.insert('release_items', { ...release, order_item_id: '45013', quantity: '1' });
}

function seedWaitingOrder(database: Database): void {
  const order_id = seeded.waitingOrderId;
  insertSeededOrder(database, order_id, { product: '369.00', tax: '47.97', shipping: '8.00', shippingTax: '1.04' });
  insertSeededItem(database, {
    order_id,
    order_item_id: '45020',
    line: 0,
    catalog_entry_id: '30015',
    quantity: '6',
    shipping_charge: '8.00',
  });
}

interface Totals {
  readonly product: string;
  readonly tax: string;
  readonly shipping: string;
  readonly shippingTax: string;
}

function insertSeededOrder(database: Database, orderId: string, totals: Totals): void {
  database.insert('orders', {
    order_id: orderId,
    store_id: seeded.storeId,
    customer_id: seeded.customerId,
    address_id: seeded.addressId,
    status: 'C',
    currency: 'CAD',
    total_product: totals.product,
    total_tax: totals.tax,
    total_shipping: totals.shipping,
    total_shipping_tax: totals.shippingTax,
    placed,
    updated: placed,
    announced: placed,
  });
}

function insertSeededItem(database: Database, item: Readonly<Record<string, string | number>>): void {
  const { centerId: center_id, shipModeId: ship_mode_id } = seeded;
  database.insert('order_items', { ...item, unit_price: '61.50', center_id, ship_mode_id, status: 'C', placed, updated: placed });
}
