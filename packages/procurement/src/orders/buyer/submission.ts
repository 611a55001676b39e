import type { PurchaseOrderSubmitInput } from '@waybill/commerce';
import type { BookedOrder, OrderName } from '../order.ts';

/** What the book has that a document has to be judged by. */
export interface KnownOrders {
  /** The order of this number, where there is one. */
  readonly order?: BookedOrder | undefined;
  /** Of a release: the blanket order that it names, and all its releases. */
  readonly agreement?: BookedOrder | undefined;
  /** Of a release: the releases of its agreement. Of a blanket order: its own. */
  readonly releases: readonly BookedOrder[];
}

export interface Submission {
  readonly name: OrderName;
  readonly input: PurchaseOrderSubmitInput;
  /** ISO 8601, in UTC. */
  readonly now: string;
}
