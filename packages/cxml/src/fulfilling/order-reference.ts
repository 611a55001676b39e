import { mapping, type Nodes } from '@waybill/mapping';
import { Problem } from '@waybill/values';
import { id, written } from '../parts/texts.ts';

/** Which order a document speaks of. */
export interface OrderNamed {
  orderId: string;
  /** As the buyer wrote it. It is copied to the letter: some look for the order by it (reference/procurement-messages.md, section 3.10). */
  ordered?: string;
  orderPayloadId?: string;
}

const o = mapping<OrderNamed>();

/** What is in `OrderReference`. The payload id is there by the DTD, and not in what some partners send. */
export const orderReference = (): Nodes<OrderNamed> => [
  o.leaf('@orderID', 'orderId', id('PO-70331')),
  o.leaf('@orderDate?', 'ordered', written()),
  o.group('DocumentReference?', [o.leaf('@payloadID', 'orderPayloadId', id('1790000100.4711.100100@buy.larkfield.example'))]),
];

/** The objection to a reference to an order that cannot be written. */
export function unreferable({ orderPayloadId }: { readonly orderPayloadId?: string | undefined }): Problem | undefined {
  if (orderPayloadId !== undefined) return undefined;
  return new Problem('needs the payload id of the order', 'Give "orderPayloadId": the payload id of the newest document of the order.');
}
