import type { PurchaseOrderAskStatusInput } from '@waybill/commerce';
import { type Conversion, ignored, mapping, type Nodes } from '@waybill/mapping';
import { Problem } from '@waybill/values';
import { defineDocument } from '../envelope/definition.ts';
import { comment, oneComment } from '../parts/comment.ts';
import { asContact, contact } from '../parts/contact.ts';
import { id, present } from '../parts/texts.ts';
import { orderReference } from './order-reference.ts';

type Asked = Pick<PurchaseOrderAskStatusInput, 'requestId' | 'orderId' | 'orderPayloadId' | 'contacts' | 'comments'>;

/** The date of the order says nothing to the supplier. */
type WireAsked = Asked & { ordered?: string };

const q = mapping<WireAsked>();

const nodes = (): Nodes<WireAsked> => [
  q.group('OrderStatusRequestHeader', [
    q.leaf('@orderStatusRequestID', 'requestId', id('OSR-12')),
    ignored('@orderStatusRequestDate?', { inherits: 'timestamp' }),
    q.oneOf(
      [q.group('OrderReference', orderReference())],
      [q.group('OrderIDInfo', [q.leaf('@orderID', 'orderId', id('PO-70331')), ignored('@orderDate?')])],
    ),
    q.turnedList('Contact*', 'contacts', asContact, contact()),
    q.vector('Comments*', 'comments', comment()),
  ]),
];

const asAsked: Conversion<WireAsked, Asked> = {
  read: ({ ordered: _ordered, contacts = [], ...rest }) => {
    const speaking = contacts.filter((each) => Object.keys(each).length > 1 || each.name !== '');
    return present({ ...rest, contacts: speaking.length > 0 ? speaking : undefined }) as Asked;
  },
  // The DTD wants somebody to be there, be it a name without letters.
  write: ({ contacts = [], comments, ...rest }) => {
    if (rest.orderId === undefined) return new Problem('names no order', 'Give "orderId".');
    const asking = contacts.length > 0 ? contacts : [{ name: '' }];
    return present({ ...rest, contacts: asking, comments: oneComment(comments) }) as WireAsked;
  },
  sound: ({ orderId, ...rest }) => ({ ...rest, orderId: orderId ?? 'PO-70331' }),
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
