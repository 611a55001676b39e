import { randomUUID } from 'node:crypto';
import { inventoryAvailabilityRequested } from '@waybill/commerce';
import { isWaybillError, type WaybillError } from '@waybill/contract';
import { type Publisher } from '@waybill/contract/application';
import { BuyerDesk } from './buyers/desk.ts';
import { hashPassword } from './customers/passwords.ts';
import { Database, type DatabaseOptions } from './database/database.ts';
import { insertBatchRequest, insertQuotationRequest, insertTransferRequest } from './distributors/requests.ts';
import type { NewOrder, PlacedOrder } from './orders/new-order.ts';
import { insertOrder } from './orders/orders.ts';
import { type OrderSummary, readStock, summarizeOrder } from './orders/summary.ts';
import { insertPickBatch } from './progress/pick-batch.ts';
import { availabilityQuestions, recordAvailability } from './stock/availability.ts';
import { unannounced } from './unannounced.ts';
import { Work } from './work.ts';

export interface StoreOptions extends DatabaseOptions {
  /** What time it is. Default: the clock of the machine. */
  readonly clock?: (() => Date) | undefined;
}

/** A line of the audit. */
export interface Effect {
  readonly messageId: string;
  readonly entry: string;
  readonly what: string;
  readonly at: string;
}

export interface User {
  readonly logonId: string;
  readonly password: string;
  readonly roles?: readonly string[] | undefined;
}

/** What was not announced, and why: an order, a request to a distributor, or a document to a buyer. */
export interface Refused {
  readonly kind: 'order' | 'request' | 'document';
  readonly id: string;
  readonly error: WaybillError;
}

/** What became of the orders and requests that had not been announced. */
export interface Announced {
  /** How many were announced now. */
  readonly announced: number;
  readonly refused: readonly Refused[];
}

/** Opens the database of a store, and makes it when it is not there. Throws a `CommandError` WB_STORE_SCHEMA or WB_STORE_LOCKED. */
export function openStore(options: StoreOptions): Store {
  return new Store(options);
}

/**
 * A small store on SQLite. One process uses it at a time. Every method that changes something does so in one
 * transaction, and throws a retryable `CommandError` WB_STORE_LOCKED while another process holds the database.
 */
export class Store {
  readonly database: Database;
  /** Orders of procurement systems. */
  readonly buyers: BuyerDesk;
  readonly #clock: () => Date;

  constructor({ clock = () => new Date(), ...options }: StoreOptions) {
    this.#clock = clock;
    this.database = new Database(options);
    this.buyers = new BuyerDesk(this.database, () => this.now());
  }

  /** ISO 8601. */
  now(): string {
    return this.#clock().toISOString();
  }

  /** Places an order and remembers that nobody has been told of it; `announce` tells. Throws what `insertOrder` throws. */
  placeOrder(order: NewOrder): PlacedOrder {
    return this.database.transaction(() => insertOrder(order, this.database, this.now()));
  }

  /**
   * Publishes `order.created` for every order that has not been announced, in the order in which they were placed, then what distributors are to
   * be asked, then documents to buyers. What can never be published as it is does not keep the others back: it is answered with its error, and stays unannounced. Dying
   * between publishing and remembering it loses and doubles nothing: the next call publishes again under the same id
   * (`order-<id>-created`, `request-<id>`, `document-<payload id>`), which has no second effect.
   */
  async announce(publisher: Publisher): Promise<Announced> {
    const refused: Refused[] = [];
    const waiting = unannounced(this.database);
    for (const { kind, id, publish, remember } of waiting) {
      const error = await finalErrorOf(publish(publisher));
      if (error) refused.push({ kind, id, error });
      else remember(this.now());
    }
    return { announced: waiting.length - refused.length, refused };
  }

  /** Asks a distributor at which price and when it can deliver an order; `announce` tells. Answers with the id of the request. Throws what `insertQuotationRequest` throws. */
  requestQuotation(request: { readonly orderId: string; readonly distributorId: string }): string {
    return this.database.transaction(() => insertQuotationRequest(request, this.database));
  }

  /** Hands an order to a distributor; `announce` tells. Answers with the id of the request. Throws what `insertTransferRequest` throws. */
  requestTransfer(request: { readonly orderId: string; readonly distributorId: string }): string {
    return this.database.transaction(() => insertTransferRequest(request, this.database));
  }

  /** Asks a distributor how much it has of products; `announce` tells. Answers with the id of the request. Throws what `insertBatchRequest` throws. */
  requestBatchAvailability(request: Parameters<typeof insertBatchRequest>[0]): string {
    return this.database.transaction(() => insertBatchRequest(request, this.database));
  }

  /** Asks the back end when the items of an order are available, and records the answer. Throws what `recordAvailability` throws. */
  async askAvailability(publisher: Publisher, orderId: string): Promise<void> {
    const questions = availabilityQuestions(this.database, orderId);
    const answer = await publisher.request(inventoryAvailabilityRequested, questions, { store: questions.items[0]?.storeId });
    const message = { messageId: randomUUID(), entry: 'availability' };
    this.database.transaction(() => recordAvailability(answer, new Work(this.database, this.now(), message)));
  }

  /** Bundles the releases that wait in a center into a pick batch; answers with its id, undefined when none waits. */
  generatePickBatch({ storeId, centerId }: { readonly storeId: string; readonly centerId: string }): string | undefined {
    const where = { storeId, fulfillmentCenterId: centerId };
    return this.database.transaction(() => insertPickBatch(where, this.database, this.now())).pickBatchId;
  }

  /** Adds somebody who may send messages, or gives them another password. */
  async setUser({ logonId, password, roles = [] }: User): Promise<void> {
    const hash = await hashPassword(password);
    this.database.run(
      'INSERT INTO users (logon_id, password, roles) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET password = excluded.password, roles = excluded.roles',
      logonId,
      hash,
      JSON.stringify(roles),
    );
  }

  /** The audit: every change that a message has made, in order. */
  effects(): readonly Effect[] {
    const rows = this.database.all<Effect>('SELECT message_id AS messageId, entry, what, at FROM effects ORDER BY number');
    return rows.map((row) => ({ ...row }));
  }

  /** How far an order is; undefined when there is none. */
  order(orderId: string): OrderSummary | undefined {
    return summarizeOrder(this.database, orderId);
  }

  /** How many of a product a center has; undefined when no stock of it is kept there. */
  stock(where: { readonly storeId: string; readonly centerId: string; readonly partNumber: string }): string | undefined {
    return readStock(this.database, where);
  }

  /**
   * Forgets what was done for messages before `instant`, and answers with how many they were. Choose one that lies
   * further back than the journal of the kernel remembers: a message that both have forgotten takes effect again.
   */
  forget(instant: Date): number {
    return this.database.run('DELETE FROM processed WHERE at < ?', instant.toISOString());
  }

  close(): void {
    this.database.close();
  }
}

/** The error of what can never succeed. Rejects with any other: the journal may be there again at the next start. */
async function finalErrorOf(publishing: Promise<void>): Promise<WaybillError | undefined> {
  try {
    await publishing;
    return undefined;
  } catch (error) {
    if (!isWaybillError(error) || error.retryable) throw error;
    return error;
  }
}
