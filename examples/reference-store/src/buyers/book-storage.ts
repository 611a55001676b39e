import { type BookedOrder, type KeptDocument, type OrderName, type OrderStorage, owedReports } from '@waybill/procurement';
import type { Database } from '../database/database.ts';

interface BookRow {
  readonly book: string;
}

interface DocumentRow {
  readonly digest: string;
  readonly buyer: string;
  readonly test: number;
  readonly number: string;
  readonly answer: string;
}

/** The book of orders in the tables of the store: what it writes belongs to the transaction in hand. */
export function bookStorage(database: Database): OrderStorage {
  const where = 'WHERE buyer = ? AND test = ?';
  const books = (sql: string, ...values: readonly (string | number)[]) =>
    database.all<BookRow>(`SELECT book FROM buyer_orders ${sql}`, ...values).map(({ book }) => JSON.parse(book) as BookedOrder);
  return {
    order: ({ buyer, test, orderId }) => books(`${where} AND number = ?`, buyer, Number(test), orderId)[0],
    save: (order) => saveOrder(database, order),
    releasesOf: ({ buyer, test, orderId }) => books(`${where} AND agreement = ? ORDER BY number`, buyer, Number(test), orderId),
    documents: ({ sender, payloadId, type }) =>
      database
        .all<DocumentRow>('SELECT * FROM buyer_documents WHERE sender = ? AND payload_id = ? AND type = ?', sender, payloadId, type)
        .map(({ digest, answer, ...row }) => ({
          sender,
          payloadId,
          type,
          digest,
          order: orderOf(row),
          answer: JSON.parse(answer) as KeptDocument['answer'],
        })),
    keep: ({ sender, payloadId, type, digest, order, answer }) =>
      database.insert('buyer_documents', {
        sender,
        payload_id: payloadId,
        type,
        digest,
        buyer: order.buyer,
        test: Number(order.test),
        number: order.orderId,
        answer: JSON.stringify(answer),
      }),
    ordersOf: ({ kind, buyer, test, id }) =>
      database
        .all<{ number: string }>(`SELECT number FROM buyer_numbers ${where} AND kind = ? AND id = ?`, buyer, Number(test), kind, id)
        .map(({ number }) => number),
    give: ({ kind, buyer, test, id }, number) =>
      void database.run('INSERT OR IGNORE INTO buyer_numbers VALUES (?, ?, ?, ?, ?)', kind, buyer, Number(test), id, number),
    overdue: (at) => books('WHERE due <= ? ORDER BY due', at),
  };
}

function orderOf({ buyer, test, number }: Pick<DocumentRow, 'buyer' | 'test' | 'number'>): OrderName {
  return { buyer, test: test === 1, orderId: number };
}

function saveOrder(database: Database, order: BookedOrder): void {
  const [due] = owedReports(order)
    .map(({ report }) => report.due)
    .toSorted();
  database.run(
    `INSERT INTO buyer_orders (buyer, test, number, agreement, due, book) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET agreement = excluded.agreement, due = excluded.due, book = excluded.book`,
    order.buyer,
    Number(order.test),
    order.orderId,
    order.header.agreementId ?? null,
    due ?? null,
    JSON.stringify(order),
  );
}
