import { type Conversion, mapping, type Nodes } from '@waybill/mapping';
import { oneOf, Problem } from '@waybill/values';
import { defineDocument } from '../envelope/definition.ts';
import { comment } from '../parts/comment.ts';
import { asContact, contact } from '../parts/contact.ts';
import { extrinsic } from '../parts/extrinsic.ts';
import { id, written } from '../parts/texts.ts';
import { unreferable } from './order-reference.ts';
import { asCarrier, shipControl } from './ship-control.ts';
import { asPortion, portion } from './ship-notice-portion.ts';
import type { Shipped, WireShipped } from './shipped.ts';
import { soundNotice } from './sound.ts';

const n = mapping<WireShipped>();

const operation = oneOf('new', 'update', 'delete');

const nodes = (): Nodes<WireShipped> => [
  n.group('ShipNoticeHeader', [
    n.leaf('@shipmentID', 'shipmentId', id('SH-4402')),
    n.leaf('@operation?', 'operation', operation, { preset: 'new' }),
    n.leaf('@noticeDate', 'noticed', written('2026-09-28T15:00:00-04:00')),
    n.leaf('@shipmentDate?', 'shipment', written('2026-09-28T00:00:00-04:00')),
    n.leaf('@deliveryDate?', 'delivery', written('2026-10-01T00:00:00-04:00')),
    n.leaf('@shipmentType?', 'type', oneOf('actual', 'planned')),
    n.leaf('@fulfillmentType?', 'fulfillment', oneOf('partial', 'complete')),
    n.group('DocumentReference?', [n.leaf('@payloadID', 'replaces', id('1790000600.88.200600@shop.harborpine.example'))]),
    n.turnedList('Contact*', 'contacts', asContact, contact()),
    n.vector('Comments*', 'comments', comment()),
    n.vector('Extrinsic*', 'extrinsics', extrinsic()),
  ]),
  n.turnedList('ShipControl*', 'carriers', asCarrier, shipControl()),
  n.turnedList('ShipNoticePortion*', 'orders', asPortion, portion()),
];

const asShipped: Conversion<WireShipped, Shipped> = {
  read: (shipped) => ({ ...shipped, orders: shipped.orders ?? [] }),
  write: (shipped) => problemOf(shipped) ?? shipped,
  sound: soundNotice,
};

function problemOf({ operation: what, replaces, orders, carriers = [] }: Shipped): Problem | undefined {
  if (what !== 'new' && replaces === undefined) {
    return new Problem(
      `is of operation ${what} and does not say of which notice`,
      'Give "replaces": the payload id of the version before.',
    );
  }
  if (what !== 'delete' && orders.length === 0) return new Problem('names no order');
  if (new Set(orders.map(({ orderId }) => orderId)).size < orders.length) return new Problem('names one order twice');
  const startless = carriers.findIndex(({ starts }, at) => (starts === undefined) !== (at === 0));
  if (startless >= 0) return new Problem('has parts of the way of which all but the first need a start, and the first has none');
  return (
    orders.map(unreferable).find((problem) => problem !== undefined) ?? orders.map(linesProblem).find((problem) => problem !== undefined)
  );
}

function linesProblem({ orderId, lines }: Shipped['orders'][number]): Problem | undefined {
  // No lines mean the whole order, so that an empty list would say much more than it seems to.
  if (lines?.length === 0)
    return new Problem(`has no line of order ${orderId}, which would mean all of it`, 'Leave "lines" out to mean that.');
  const numbers = lines?.map(({ number }) => number) ?? [];
  return new Set(numbers).size < numbers.length ? new Problem(`names a line of order ${orderId} twice`) : undefined;
}

/** reference/procurement-messages.md, section 3.9. */
export const shipNoticeRequest = defineDocument<Shipped, WireShipped>({
  kind: 'request',
  type: 'ShipNoticeRequest',
  module: 'Fulfill',
  summary: 'Goods of an order have left, or will.',
  holds: 'event',
  nodes,
  converts: asShipped,
});
