import type { PurchaseOrderShipped } from '@waybill/commerce';
import type { EventContent } from '../envelope/definition.ts';

/** What a ship notice says. */
export type Shipped = EventContent<PurchaseOrderShipped>;

/** `ShipNoticeRequest`, as it stands on the wire: one that is taken back may name no order, and so may what other systems send. */
export interface WireShipped extends Omit<Shipped, 'orders'> {
  orders?: Shipped['orders'];
}
