import type { BookedOrder, OrderName } from './order.ts';
import type { DocumentName, GivenNumber, KeptDocument, OrderStorage } from './storage.ts';

/** A book in memory: for tests, and to see what a storage has to do. It forgets everything with the process. */
export function memoryStorage(): OrderStorage {
  const orders = new Map<string, BookedOrder>();
  const documents = new Map<string, readonly KeptDocument[]>();
  const numbers = new Map<string, ReadonlySet<string>>();
  return {
    order: (name) => orders.get(orderKey(name)),
    save: (order) => void orders.set(orderKey(order), order),
    releasesOf: ({ buyer, test, orderId }) =>
      [...orders.values()].filter((order) => order.buyer === buyer && order.test === test && order.header.agreementId === orderId),
    documents: (name) => documents.get(documentKey(name)) ?? [],
    keep: (document) => void documents.set(documentKey(document), [...(documents.get(documentKey(document)) ?? []), document]),
    ordersOf: (number) => [...(numbers.get(numberKey(number)) ?? [])],
    give: (number, orderId) => void numbers.set(numberKey(number), new Set([...(numbers.get(numberKey(number)) ?? []), orderId])),
    overdue: (at) =>
      [...orders.values()].filter((order) => order.documents.some(({ report }) => report?.state === 'owed' && report.due <= at)),
  };
}

function orderKey({ buyer, test, orderId }: OrderName): string {
  return JSON.stringify([buyer, test, orderId]);
}

function documentKey({ sender, payloadId, type }: DocumentName): string {
  return JSON.stringify([sender, payloadId, type]);
}

function numberKey({ kind, buyer, test, id }: GivenNumber): string {
  return JSON.stringify([kind, buyer, test, id]);
}
