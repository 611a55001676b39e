import {
  events as definitions,
  inventoryBatchAvailabilityRequested,
  orderCreated,
  orderQuotationRequested,
  orderTransferRequested,
} from '@waybill/commerce';
import type { EventDefinition } from '@waybill/contract';
import type { Publisher } from '@waybill/contract/application';
import type { Database } from './database/database.ts';
import { found } from './database/find.ts';
import type { RequestKind } from './distributors/requests.ts';
import { describeOrder } from './orders/order-created.ts';

/** Something that nobody has been told of yet. */
export interface Unannounced {
  readonly kind: 'order' | 'request' | 'document';
  readonly id: string;
  /** Publishes it, under the same id each time. */
  readonly publish: (publisher: Publisher) => Promise<void>;
  /** Writes down that it was published. */
  readonly remember: (now: string) => void;
}

/** Orders, then requests to distributors, then documents to buyers, each in the order in which they were made. */
export function unannounced(database: Database): readonly Unannounced[] {
  return [...unannouncedOrders(database), ...unannouncedRequests(database), ...unannouncedDocuments(database)];
}

function unannouncedOrders(database: Database): readonly Unannounced[] {
  const orders = database.all<{ order_id: string; store_id: string }>(
    'SELECT order_id, store_id FROM orders WHERE announced IS NULL ORDER BY rowid',
  );
  return orders.map(({ order_id: id, store_id: store }) => ({
    kind: 'order',
    id,
    publish: (publisher) => publisher.publish(orderCreated, describeOrder(database, id), { id: `order-${id}-created`, store }),
    remember: (now) => void database.run('UPDATE orders SET announced = ? WHERE order_id = ? AND announced IS NULL', now, id),
  }));
}

const events: Readonly<Record<RequestKind, EventDefinition>> = {
  quotation: orderQuotationRequested,
  transfer: orderTransferRequested,
  'batch-availability': inventoryBatchAvailabilityRequested,
};

function unannouncedRequests(database: Database): readonly Unannounced[] {
  const requests = database.all<{ request_id: string; store_id: string; kind: RequestKind; data: string }>(
    'SELECT request_id, store_id, kind, data FROM distributor_requests WHERE announced IS NULL ORDER BY rowid',
  );
  return requests.map(({ request_id: id, store_id: store, kind, data }) => ({
    kind: 'request',
    id,
    publish: (publisher) => publisher.publish(events[kind], JSON.parse(data) as never, { id: `request-${id}`, store }),
    remember: (now) => void database.run('UPDATE distributor_requests SET announced = ? WHERE request_id = ?', now, id),
  }));
}

interface DocumentRow {
  readonly event_id: string;
  readonly event: string;
  readonly store_id: string;
  readonly data: string;
}

function unannouncedDocuments(database: Database): readonly Unannounced[] {
  const waiting = database.all<DocumentRow>('SELECT * FROM buyer_events WHERE announced IS NULL ORDER BY rowid');
  return waiting.map(({ event_id: id, event, store_id: store, data }) => ({
    kind: 'document',
    id,
    publish: (publisher) =>
      publisher.publish(found(definitions.find(({ name }) => name === event)), JSON.parse(data) as never, { id, store }),
    remember: (now) => void database.run('UPDATE buyer_events SET announced = ? WHERE event_id = ?', now, id),
  }));
}
