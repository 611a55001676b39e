import type { PurchaseOrderAskStatusInput } from '@waybill/commerce';
import { type Conversion, ignored, mapping, type Nodes } from '@waybill/mapping';
import { Problem } from '@waybill/values';
import { defineDocument } from '../envelope/definition.ts';
import { comment, oneComment } from '../parts/comment.ts';
import { asContact, contact } from '../parts/contact.ts';
import { id, present, written } from '../parts/texts.ts';

type Asked = Pick<PurchaseOrderAskStatusInput, 'requestId' | 'orderId' | 'orderPayloadId' | 'contacts' | 'comments'>;

/** `OrderStatusRequest`, as it stands on the wire. The date of the order says nothing to the supplier. */
interface WireAsked extends Omit<Asked, 'orderId' | 'orderPayloadId'> {
  reference?: { orderId?: string; ordered?: string; orderPayloadId?: string };
  named?: { orderId: string };
}

const q = mapping<WireAsked>();
const r = mapping<NonNullable<WireAsked['reference']>>();
const n = mapping<NonNullable<WireAsked['named']>>();

const nodes = (): Nodes<WireAsked> => [
  q.group('OrderStatusRequestHeader', [
    q.leaf('@orderStatusRequestID', 'requestId', id('OSR-12')),
    ignored('@orderStatusRequestDate?', { inherits: 'timestamp' }),
    q.oneOf(
      [
        q.into('OrderReference', 'reference', [
          r.leaf('@orderID?', 'orderId', id('PO-70331')),
          r.leaf('@orderDate?', 'ordered', written()),
          r.group('DocumentReference?', [r.leaf('@payloadID', 'orderPayloadId', id('1790000100.4711.100100@buy.larkfield.example'))]),
        ]),
      ],
      [q.into('OrderIDInfo', 'named', [n.leaf('@orderID', 'orderId', id('PO-70331')), ignored('@orderDate?')])],
    ),
    q.turnedList('Contact*', 'contacts', asContact, contact()),
    q.vector('Comments*', 'comments', comment()),
  ]),
];

const asAsked: Conversion<WireAsked, Asked> = {
  read: ({ reference, named, contacts = [], ...rest }) => {
    const speaking = contacts.filter((each) => Object.keys(each).length > 1 || each.name !== '');
    const order = { orderId: reference?.orderId ?? named?.orderId, orderPayloadId: reference?.orderPayloadId };
    return present({ ...rest, ...order, contacts: speaking.length > 0 ? speaking : undefined }) as Asked;
  },
  // The DTD wants somebody to be there, be it a name without letters.
  write: ({ orderId, orderPayloadId, contacts = [], comments, ...rest }) => {
    if (orderId === undefined && orderPayloadId === undefined) return new Problem('names no order', 'Give "orderId".');
    const named = orderPayloadId === undefined ? { orderId } : undefined;
    const reference = named === undefined ? present({ orderId, orderPayloadId }) : undefined;
    const asking = contacts.length > 0 ? contacts : [{ name: '' }];
    return present({ ...rest, reference, named, contacts: asking, comments: oneComment(comments) }) as WireAsked;
  },
  sound: ({ reference, ...rest }) =>
    reference === undefined ? rest : { ...rest, reference: { orderPayloadId: 'p1@buy.example', ...reference } },
};

/** reference/procurement-messages.md, section 3.11. */
export const orderStatusRequest = defineDocument<Asked, WireAsked>({
  kind: 'request',
  type: 'OrderStatusRequest',
  module: 'Fulfill',
  summary: 'A buyer asks how far an order has come.',
  holds: 'command',
  nodes,
  converts: asAsked,
});
