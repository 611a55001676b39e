/** Grows with each change of the tables. Kept in the file as `user_version`. */
export const schemaVersion = 1;

// Ids, amounts and quantities are text: ids because nobody counts with them, the others because they stay exact.
// A table keeps what the messages of reference/fulfillment-messages.md carry; the names of its tables stand beside ours.

const site = `
CREATE TABLE counters (name TEXT PRIMARY KEY, last INTEGER NOT NULL) STRICT;
CREATE TABLE users (logon_id TEXT PRIMARY KEY, password TEXT NOT NULL, roles TEXT NOT NULL) STRICT;
CREATE TABLE stores (
  store_id TEXT PRIMARY KEY, name TEXT NOT NULL, currency TEXT NOT NULL, tax_rate TEXT NOT NULL, address TEXT NOT NULL,
  center_id TEXT NOT NULL, ship_mode_id TEXT NOT NULL
) STRICT;
CREATE TABLE centers (center_id TEXT PRIMARY KEY, name TEXT NOT NULL) STRICT;
CREATE TABLE ship_modes (ship_mode_id TEXT PRIMARY KEY, carrier TEXT NOT NULL, method TEXT NOT NULL) STRICT;
`;

const catalog = `
CREATE TABLE products (
  catalog_entry_id TEXT PRIMARY KEY, part_number TEXT NOT NULL UNIQUE, name TEXT NOT NULL, description TEXT, shipping_charge TEXT NOT NULL
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
CREATE TABLE prices (
  catalog_entry_id TEXT NOT NULL REFERENCES products, currency TEXT NOT NULL, price TEXT NOT NULL, PRIMARY KEY (catalog_entry_id, currency)
) STRICT;
CREATE TABLE inventory ( -- INVENTORY
  catalog_entry_id TEXT NOT NULL REFERENCES products, center_id TEXT NOT NULL REFERENCES centers, store_id TEXT NOT NULL REFERENCES stores,
  quantity TEXT NOT NULL, updated TEXT NOT NULL, PRIMARY KEY (catalog_entry_id, center_id, store_id)
) STRICT;
`;

const customers = `
CREATE TABLE customers ( -- USERREG, USERS, USERPROF, BUSPROF, USERDEMO
  customer_id TEXT PRIMARY KEY, logon_id TEXT UNIQUE, password TEXT, enabled INTEGER NOT NULL, password_expired INTEGER NOT NULL,
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
  fields TEXT, user_data TEXT, placed TEXT NOT NULL, updated TEXT NOT NULL, announced TEXT
) STRICT;
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
  PRIMARY KEY (order_id, release_number, order_item_id), FOREIGN KEY (order_id, release_number) REFERENCES releases
) STRICT;
CREATE INDEX release_items_item ON release_items (order_item_id);
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

export const tables = site + catalog + customers + orders + statuses + releases + messages;
