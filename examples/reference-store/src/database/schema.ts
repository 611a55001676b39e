import { buyerTables } from '../buyers/tables.ts';

/** Grows with each change of the tables. Kept in the file as `user_version`. */
export const schemaVersion = 4;

// Ids, amounts and quantities are text: ids because nobody counts with them, the others because they stay exact.
// A table keeps what the messages of reference/fulfillment-messages.md carry; the names of its tables stand beside ours.

const site = `
CREATE TABLE counters (name TEXT PRIMARY KEY, last INTEGER NOT NULL) STRICT;
CREATE TABLE users (logon_id TEXT PRIMARY KEY, password TEXT NOT NULL, roles TEXT NOT NULL) STRICT;
CREATE TABLE stores (
  store_id TEXT PRIMARY KEY, owner_id TEXT NOT NULL, name TEXT NOT NULL, currency TEXT NOT NULL, tax_rate TEXT NOT NULL,
  address TEXT NOT NULL, center_id TEXT NOT NULL, ship_mode_id TEXT NOT NULL
) STRICT;
CREATE TABLE centers (center_id TEXT PRIMARY KEY, name TEXT NOT NULL) STRICT;
CREATE TABLE ship_modes (ship_mode_id TEXT PRIMARY KEY, carrier TEXT NOT NULL, method TEXT NOT NULL) STRICT;
`;

const catalog = `
CREATE TABLE products (
  catalog_entry_id TEXT PRIMARY KEY, owner_id TEXT NOT NULL, part_number TEXT NOT NULL UNIQUE, name TEXT NOT NULL, description TEXT,
  shipping_charge TEXT NOT NULL
) STRICT;
CREATE TABLE components (
  component_id TEXT PRIMARY KEY, kit_id TEXT NOT NULL REFERENCES products, catalog_entry_id TEXT NOT NULL REFERENCES products,
  quantity TEXT NOT NULL
) STRICT;
CREATE INDEX components_kit ON components (kit_id);
CREATE TABLE assortment (
  store_id TEXT NOT NULL REFERENCES stores, catalog_entry_id TEXT NOT NULL REFERENCES products, center_id TEXT NOT NULL REFERENCES centers,
  PRIMARY KEY (store_id, catalog_entry_id)
) STRICT; -- center_id: the default center of the product in the store
CREATE TABLE inventory ( -- INVENTORY
  catalog_entry_id TEXT NOT NULL REFERENCES products, center_id TEXT NOT NULL REFERENCES centers, store_id TEXT NOT NULL REFERENCES stores,
  quantity TEXT NOT NULL CHECK (CAST(quantity AS REAL) >= 0), updated TEXT NOT NULL, PRIMARY KEY (catalog_entry_id, center_id, store_id)
) STRICT;
`;

const prices = `
CREATE TABLE price_lists ( -- TRADEPOSCN; standard: where an offer goes that names no list
  price_list_id TEXT PRIMARY KEY, owner_id TEXT NOT NULL, standard INTEGER NOT NULL CHECK (standard IN (0, 1))
) STRICT;
CREATE UNIQUE INDEX price_lists_standard ON price_lists (owner_id) WHERE standard = 1;
CREATE TABLE offers ( -- OFFER; published 0 no, 1 yes, 2 marked for deletion
  offer_id TEXT PRIMARY KEY, catalog_entry_id TEXT NOT NULL REFERENCES products, price_list_id TEXT NOT NULL REFERENCES price_lists,
  precedence TEXT NOT NULL, starts TEXT, ends TEXT, minimum_quantity TEXT, maximum_quantity TEXT, quantity_unit TEXT,
  published TEXT NOT NULL CHECK (published IN ('0', '1', '2')), field1 TEXT, field2 TEXT, user_data TEXT, updated TEXT NOT NULL
) STRICT;
CREATE INDEX offers_product ON offers (catalog_entry_id, price_list_id);
CREATE TABLE offer_prices ( -- OFFERPRICE
  offer_id TEXT NOT NULL REFERENCES offers, currency TEXT NOT NULL, price TEXT NOT NULL CHECK (CAST(price AS REAL) >= 0),
  PRIMARY KEY (offer_id, currency)
) STRICT;
CREATE TABLE list_prices ( -- LISTPRICE
  catalog_entry_id TEXT NOT NULL REFERENCES products, currency TEXT NOT NULL, price TEXT NOT NULL CHECK (CAST(price AS REAL) >= 0),
  user_data TEXT, PRIMARY KEY (catalog_entry_id, currency)
) STRICT;
`;

const stock = `
CREATE TABLE expected_records ( -- RA
  record_id TEXT PRIMARY KEY, store_id TEXT NOT NULL REFERENCES stores, vendor_id TEXT NOT NULL, ordered TEXT NOT NULL, backend_id TEXT,
  external_id TEXT
) STRICT;
CREATE TABLE expected_details ( -- RADETAIL; remaining is what has not come yet, and none of it once the detail is closed
  detail_id TEXT PRIMARY KEY, record_id TEXT NOT NULL REFERENCES expected_records, catalog_entry_id TEXT NOT NULL REFERENCES products,
  center_id TEXT NOT NULL REFERENCES centers, expected TEXT NOT NULL, ordered TEXT NOT NULL CHECK (CAST(ordered AS REAL) > 0),
  received TEXT NOT NULL, remaining TEXT NOT NULL CHECK (CAST(remaining AS REAL) >= 0),
  closed INTEGER NOT NULL CHECK (closed = (CAST(remaining AS REAL) = 0)), comment TEXT,
  UNIQUE (record_id, center_id, catalog_entry_id, expected)
) STRICT;
CREATE TABLE receipts ( -- RECEIPT; type EIR of an expected record, ADHC ad hoc
  receipt_id TEXT PRIMARY KEY, store_id TEXT NOT NULL REFERENCES stores, center_id TEXT NOT NULL REFERENCES centers,
  catalog_entry_id TEXT NOT NULL REFERENCES products, vendor_id TEXT NOT NULL, cost TEXT NOT NULL, currency TEXT NOT NULL,
  quantity TEXT NOT NULL CHECK (CAST(quantity AS REAL) > 0), received TEXT NOT NULL, type TEXT NOT NULL CHECK (type IN ('EIR', 'ADHC')),
  detail_id TEXT REFERENCES expected_details, version_name TEXT, comment TEXT, quality_comment TEXT,
  CHECK ((type = 'EIR') = (detail_id IS NOT NULL))
) STRICT;
CREATE TABLE adjustment_codes ( -- INVADJCODE; deleted: marked for deletion
  code_id TEXT PRIMARY KEY, store_id TEXT NOT NULL REFERENCES stores, code TEXT NOT NULL, deleted INTEGER NOT NULL CHECK (deleted IN (0, 1))
) STRICT;
CREATE TABLE adjustments ( -- INVADJUST
  adjustment_id TEXT PRIMARY KEY, store_id TEXT NOT NULL REFERENCES stores, center_id TEXT NOT NULL REFERENCES centers,
  catalog_entry_id TEXT NOT NULL REFERENCES products, quantity TEXT NOT NULL, code_id TEXT NOT NULL REFERENCES adjustment_codes,
  version_name TEXT, comment TEXT, at TEXT NOT NULL
) STRICT;
`;

const customers = `
CREATE TABLE customers ( -- USERREG, USERS, USERPROF, BUSPROF, USERDEMO
  customer_id TEXT PRIMARY KEY, logon_id TEXT UNIQUE, password TEXT, password_form TEXT, enabled INTEGER NOT NULL, password_expired INTEGER NOT NULL,
  parent_member TEXT, profile_type TEXT NOT NULL, challenge_question TEXT, challenge_answer TEXT,
  personal TEXT, business TEXT, demographics TEXT, user_data TEXT, registered TEXT NOT NULL
) STRICT;
CREATE TABLE email_consents ( -- EMLUSRRECV
  customer_id TEXT NOT NULL REFERENCES customers, store_id TEXT NOT NULL REFERENCES stores, receive INTEGER NOT NULL,
  PRIMARY KEY (customer_id, store_id)
) STRICT;
CREATE TABLE addresses ( -- ADDRESS; status P current, T historical
  address_id TEXT PRIMARY KEY, customer_id TEXT NOT NULL REFERENCES customers, external_id TEXT, nick_name TEXT NOT NULL, type TEXT NOT NULL,
  is_primary INTEGER NOT NULL, is_self INTEGER NOT NULL, status TEXT NOT NULL,
  title TEXT, last_name TEXT NOT NULL, first_name TEXT, middle_name TEXT,
  line1 TEXT NOT NULL, line2 TEXT, line3 TEXT, city TEXT NOT NULL, state TEXT NOT NULL, postal_code TEXT NOT NULL, country TEXT NOT NULL,
  phone1 TEXT, phone1_type TEXT, publish_phone1 INTEGER, phone2 TEXT, phone2_type TEXT, publish_phone2 INTEGER,
  best_calling_time TEXT, fax1 TEXT, fax2 TEXT, email1 TEXT, email2 TEXT,
  billing_code TEXT, billing_code_type TEXT, package_suppression TEXT, field1 TEXT, field2 TEXT, field3 TEXT
) STRICT;
CREATE INDEX addresses_customer ON addresses (customer_id);
`;

const orders = `
CREATE TABLE orders ( -- ORDERS; announced: when order.created was published
  order_id TEXT PRIMARY KEY, reference TEXT UNIQUE, store_id TEXT NOT NULL REFERENCES stores, customer_id TEXT NOT NULL REFERENCES customers,
  address_id TEXT NOT NULL REFERENCES addresses, merchant_order_number TEXT, status TEXT NOT NULL, currency TEXT NOT NULL,
  total_product TEXT NOT NULL, total_tax TEXT NOT NULL, total_shipping TEXT NOT NULL, total_shipping_tax TEXT NOT NULL,
  fields TEXT, user_data TEXT, placed TEXT NOT NULL, updated TEXT NOT NULL, announced TEXT,
  held_by TEXT REFERENCES distributor_requests, distributor_id TEXT, distributor_order_id TEXT, distributor_order_url TEXT,
  CHECK ((status = 'H') = (held_by IS NOT NULL))
) STRICT; -- held_by: the request to a distributor whose failure put the order in state H
CREATE INDEX orders_unannounced ON orders (order_id) WHERE announced IS NULL;
CREATE TABLE order_items ( -- ORDERITEMS
  order_item_id TEXT PRIMARY KEY, order_id TEXT NOT NULL REFERENCES orders, line INTEGER NOT NULL,
  catalog_entry_id TEXT NOT NULL REFERENCES products, quantity TEXT NOT NULL, unit_price TEXT NOT NULL, shipping_charge TEXT NOT NULL,
  center_id TEXT NOT NULL REFERENCES centers, ship_mode_id TEXT NOT NULL REFERENCES ship_modes, status TEXT NOT NULL, comment TEXT,
  available_quantity TEXT, estimated_available TEXT, shipping_offset TEXT, availability_status TEXT, availability_code TEXT,
  placed TEXT NOT NULL, updated TEXT NOT NULL, UNIQUE (order_id, line)
) STRICT;
`;

const progress = `
  currency TEXT, net TEXT, tax TEXT, shipping TEXT, shipping_tax TEXT, selling TEXT,
  status TEXT, status_text TEXT, status_flag TEXT, placed TEXT, requested TEXT, scheduled TEXT, actual TEXT, ship_condition TEXT, ship_level TEXT,
  invoice_date TEXT, invoice_value TEXT, comment TEXT, field1 TEXT, field2 TEXT, field3 TEXT, user_data TEXT`;

const statuses = `
CREATE TABLE order_status ( -- ORDSTAT; version 0 is always the most recent
  order_id TEXT NOT NULL REFERENCES orders, version INTEGER NOT NULL, merchant_order_number TEXT NOT NULL,
  sequence_number TEXT, last_update_time TEXT, order_info TEXT, bill_to TEXT, ship_to TEXT, purchaser TEXT, ${progress},
  PRIMARY KEY (order_id, version)
) STRICT;
CREATE INDEX order_status_merchant ON order_status (merchant_order_number) WHERE version = 0;
CREATE TABLE disputed_numbers ( -- numbers that a back end has given to two orders: by themselves they name none
  merchant_order_number TEXT PRIMARY KEY
) STRICT;
CREATE TABLE order_item_status ( -- ORDISTAT
  order_item_id TEXT NOT NULL REFERENCES order_items, version INTEGER NOT NULL, merchant_item_number TEXT, serial_number TEXT, part_number TEXT,
  quantity_requested TEXT, quantity_confirmed TEXT, quantity_shipped TEXT, unit_price TEXT, ${progress},
  PRIMARY KEY (order_item_id, version)
) STRICT;
`;

const releases = `
CREATE TABLE pick_batches ( -- PICKBATCH
  pick_batch_id TEXT PRIMARY KEY, store_id TEXT NOT NULL REFERENCES stores, center_id TEXT NOT NULL REFERENCES centers, created TEXT NOT NULL
) STRICT;
CREATE TABLE releases ( -- ORDRELEASE; status NEW, RDY, SHIP, PRN, MNF
  order_id TEXT NOT NULL REFERENCES orders, release_number INTEGER NOT NULL, center_id TEXT NOT NULL REFERENCES centers,
  ship_mode_id TEXT NOT NULL REFERENCES ship_modes, address_id TEXT NOT NULL REFERENCES addresses, status TEXT NOT NULL,
  pick_batch_id TEXT REFERENCES pick_batches, instructions TEXT, tracking_id TEXT, shipped TEXT, PRIMARY KEY (order_id, release_number)
) STRICT;
CREATE INDEX releases_batch ON releases (pick_batch_id);
CREATE INDEX releases_waiting ON releases (center_id) WHERE status = 'SHIP';
CREATE TABLE release_items (
  order_id TEXT NOT NULL, release_number INTEGER NOT NULL, order_item_id TEXT NOT NULL REFERENCES order_items, quantity TEXT NOT NULL,
  shipped_quantity TEXT NOT NULL DEFAULT '0' CHECK (CAST(shipped_quantity AS REAL) BETWEEN 0 AND CAST(quantity AS REAL)),
  PRIMARY KEY (order_id, release_number, order_item_id), FOREIGN KEY (order_id, release_number) REFERENCES releases
) STRICT;
CREATE INDEX release_items_item ON release_items (order_item_id);
CREATE TABLE shipments ( -- MANIFEST
  shipment_id TEXT PRIMARY KEY, order_id TEXT NOT NULL, release_number INTEGER NOT NULL, ship_mode_id TEXT NOT NULL REFERENCES ship_modes,
  package_id TEXT, tracking_id TEXT, pickup_record_id TEXT, shipped TEXT NOT NULL, costs TEXT NOT NULL, currency TEXT NOT NULL,
  weight TEXT NOT NULL, weight_measure TEXT NOT NULL, FOREIGN KEY (order_id, release_number) REFERENCES releases
) STRICT;
CREATE TABLE shipment_items ( -- what has left with a shipment
  shipment_id TEXT NOT NULL REFERENCES shipments, order_item_id TEXT NOT NULL REFERENCES order_items,
  quantity TEXT NOT NULL CHECK (CAST(quantity AS REAL) > 0), PRIMARY KEY (shipment_id, order_item_id)
) STRICT;
CREATE TABLE serial_numbers ( -- ORDSERIAL
  order_item_id TEXT NOT NULL REFERENCES order_items, catalog_entry_id TEXT NOT NULL REFERENCES products, code TEXT NOT NULL,
  quantity TEXT NOT NULL, shipment_id TEXT NOT NULL REFERENCES shipments, component_id TEXT,
  PRIMARY KEY (order_item_id, catalog_entry_id, code)
) STRICT;
`;

const distributors = `
CREATE TABLE distributor_requests ( -- data: the event; status_before: the state of the order when it was asked; announced: when the event was published
  request_id TEXT PRIMARY KEY, kind TEXT NOT NULL CHECK (kind IN ('quotation', 'transfer', 'batch-availability')),
  distributor_id TEXT NOT NULL, store_id TEXT NOT NULL REFERENCES stores, order_id TEXT REFERENCES orders, status_before TEXT,
  data TEXT NOT NULL, announced TEXT, answered TEXT, failure_code TEXT, failure_text TEXT,
  CHECK ((kind = 'batch-availability') = (order_id IS NULL))
) STRICT;
CREATE INDEX requests_unannounced ON distributor_requests (request_id) WHERE announced IS NULL;
CREATE TABLE quotation_lines (
  request_id TEXT NOT NULL REFERENCES distributor_requests, line INTEGER NOT NULL, order_item_id TEXT NOT NULL REFERENCES order_items,
  global_id TEXT NOT NULL, quantity TEXT NOT NULL, price TEXT NOT NULL, currency TEXT NOT NULL, supplier_data TEXT, condition TEXT,
  estimated TEXT, details TEXT NOT NULL, PRIMARY KEY (request_id, line)
) STRICT;
CREATE TABLE distributor_stock ( -- request: the number of the request that was answered
  distributor_id TEXT NOT NULL, catalog_entry_id TEXT NOT NULL REFERENCES products,
  quantity TEXT NOT NULL CHECK (CAST(quantity AS REAL) >= 0), condition TEXT NOT NULL, estimated TEXT, request INTEGER,
  details TEXT NOT NULL, updated TEXT NOT NULL, PRIMARY KEY (distributor_id, catalog_entry_id)
) STRICT;
`;

const messages = `
CREATE TABLE processed ( -- what was done for a message, written together with the work itself
  message_id TEXT NOT NULL, entry TEXT NOT NULL, command TEXT NOT NULL, output TEXT, events TEXT NOT NULL, at TEXT NOT NULL,
  PRIMARY KEY (message_id, entry)
) STRICT;
CREATE TABLE effects ( -- the audit: a line for each change that a message made
  number INTEGER PRIMARY KEY, message_id TEXT NOT NULL, entry TEXT NOT NULL, what TEXT NOT NULL, at TEXT NOT NULL
) STRICT;
CREATE INDEX effects_message ON effects (message_id);
`;

export const tables = site + catalog + prices + stock + customers + orders + statuses + releases + distributors + buyerTables + messages;
