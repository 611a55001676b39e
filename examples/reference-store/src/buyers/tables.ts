/** What the store keeps of procurement systems that buy from it, and of the book of their orders. */
export const buyerTables = `
CREATE TABLE buyers ( -- rules: how the book works with the buyer, as JSON; host: what payload ids end in
  buyer TEXT PRIMARY KEY, customer_id TEXT NOT NULL REFERENCES customers, store_id TEXT NOT NULL REFERENCES stores,
  host TEXT NOT NULL, rules TEXT NOT NULL
) STRICT;
CREATE TABLE buyer_orders ( -- ORDMEEXTN; book: the order as the book has it, as JSON; due: when a status is owed at the latest; order_id: what the store made of it
  buyer TEXT NOT NULL REFERENCES buyers, test INTEGER NOT NULL CHECK (test IN (0, 1)), number TEXT NOT NULL, agreement TEXT, due TEXT,
  book TEXT NOT NULL, order_id TEXT UNIQUE REFERENCES orders, PRIMARY KEY (buyer, test, number)
) STRICT;
CREATE INDEX buyer_orders_due ON buyer_orders (due) WHERE due IS NOT NULL;
CREATE INDEX buyer_orders_agreement ON buyer_orders (buyer, test, agreement) WHERE agreement IS NOT NULL;
CREATE TABLE buyer_order_lines ( -- ORDIMEEXTN: which line of the buyer an item of the store is
  order_item_id TEXT PRIMARY KEY REFERENCES order_items, line INTEGER NOT NULL
) STRICT;
CREATE TABLE buyer_documents ( -- what came, and how it was answered
  sender TEXT NOT NULL, payload_id TEXT NOT NULL, type TEXT NOT NULL, digest TEXT NOT NULL, buyer TEXT NOT NULL REFERENCES buyers,
  test INTEGER NOT NULL, number TEXT NOT NULL, answer TEXT NOT NULL, PRIMARY KEY (sender, payload_id, type, digest)
) STRICT;
CREATE INDEX buyer_documents_payload ON buyer_documents (buyer, payload_id);
CREATE TABLE buyer_numbers ( -- numbers that the store has given to shipments and invoices
  kind TEXT NOT NULL CHECK (kind IN ('shipment', 'invoice')), buyer TEXT NOT NULL REFERENCES buyers, test INTEGER NOT NULL, id TEXT NOT NULL,
  number TEXT NOT NULL, PRIMARY KEY (kind, buyer, test, id, number)
) STRICT;
CREATE TABLE buyer_states ( -- what became of our documents at the buyer, in the order in which it told
  sequence INTEGER PRIMARY KEY, buyer TEXT NOT NULL REFERENCES buyers, about TEXT, invoice TEXT, code INTEGER NOT NULL, text TEXT NOT NULL,
  detail TEXT, state TEXT, paid TEXT, at TEXT NOT NULL
) STRICT;
CREATE TABLE buyer_events ( -- documents that wait to be published; announced: when that was done
  event_id TEXT PRIMARY KEY, event TEXT NOT NULL, store_id TEXT NOT NULL REFERENCES stores, data TEXT NOT NULL, announced TEXT
) STRICT;
CREATE INDEX buyer_events_unannounced ON buyer_events (event_id) WHERE announced IS NULL;
`;
