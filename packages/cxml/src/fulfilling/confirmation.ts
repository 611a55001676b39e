import { type Conversion, ignored, mapping, type Nodes } from '@waybill/mapping';
import { oneOf } from '@waybill/values';
import { defineDocument } from '../envelope/definition.ts';
import { asCharge, charge } from '../parts/charge.ts';
import { comment } from '../parts/comment.ts';
import { asContact, contact } from '../parts/contact.ts';
import { extrinsic } from '../parts/extrinsic.ts';
import { money } from '../parts/money.ts';
import { id, lineNumber, number, present, written } from '../parts/texts.ts';
import { asCartLine, itemIn } from '../punchout/cart-line.ts';
import { confirmationProblem } from './confirmation-rules.ts';
import type { Confirmed, ConfirmedLine, LineStatus, WireConfirmed } from './confirmed.ts';
import { orderReference, unreferable } from './order-reference.ts';
import { soundConfirmation } from './sound.ts';

const c = mapping<WireConfirmed>();
const q = mapping<NonNullable<WireConfirmed['referred']>>();
const l = mapping<ConfirmedLine>();
const s = mapping<LineStatus>();

const headerType = oneOf('accept', 'allDetail', 'backordered', 'detail', 'except', 'reject', 'replace', 'requestToPay');
const lineType = oneOf('accept', 'allDetail', 'backordered', 'detail', 'reject', 'requestToPay', 'unknown');
const operation = oneOf('new', 'update', 'delete');

const header = (): Nodes<WireConfirmed> => [
  c.leaf('@confirmID?', 'confirmationId', id('OC-9001')),
  c.leaf('@operation?', 'operation', operation, { preset: 'new' }),
  c.leaf('@type', 'type', headerType),
  c.leaf('@noticeDate', 'noticed', written('2026-09-22T09:15:00-04:00')),
  c.group('DocumentReference?', [c.leaf('@payloadID', 'replaces', id('1790000501.88.200501@shop.harborpine.example'))]),
  c.group('Total?', [c.into('Money', 'total', money())]),
  c.turned('Shipping?', 'shipping', asCharge, charge()),
  c.turned('Tax?', 'tax', asCharge, charge()),
  c.turnedList('Contact*', 'contacts', asContact, contact()),
  c.vector('Comments*', 'comments', comment()),
  c.vector('Extrinsic*', 'extrinsics', extrinsic()),
];

const question = () =>
  c.perhapsOneOf(
    [c.group('OrderStatusRequestIDInfo', [c.leaf('@orderStatusRequestID', 'asked', id('OSR-12')), ignored('@orderStatusRequestDate?')])],
    [
      c.into('OrderStatusRequestReference', 'referred', [
        q.leaf('@orderStatusRequestID?', 'number', id('OSR-12')),
        ignored('@orderStatusRequestDate?'),
        q.group('DocumentReference', [q.leaf('@payloadID', 'payloadId', id('1790000501.88.200501@shop.harborpine.example'))]),
      ]),
    ],
  );

const status = (): Nodes<LineStatus> => [
  s.leaf('@quantity', 'quantity', number('12')),
  s.leaf('@type', 'type', lineType),
  s.leaf('@shipmentDate?', 'shipment', written('2026-09-28T00:00:00-04:00')),
  s.leaf('@deliveryDate?', 'delivery', written('2026-10-01T00:00:00-04:00')),
  s.leaf('UnitOfMeasure', 'unit', id('EA')),
  s.turned('ItemIn?', 'substitute', asCartLine, itemIn()),
  s.group('UnitPrice?', [s.into('Money', 'price', money())]),
  s.turned('Tax?', 'tax', asCharge, charge()),
  s.turned('Shipping?', 'shipping', asCharge, charge()),
  s.vector('Comments*', 'comments', comment()),
];

const nodes = (): Nodes<WireConfirmed> => [
  c.group('ConfirmationHeader', header()),
  c.group('OrderReference', orderReference()),
  question(),
  c.vector('ConfirmationItem*', 'lines', [
    l.leaf('@quantity', 'quantity', number('20')),
    l.leaf('@lineNumber', 'number', lineNumber),
    l.leaf('UnitOfMeasure', 'unit', id('EA')),
    l.vector('ConfirmationStatus+', 'statuses', status()),
  ]),
];

/** What no buyer may send back is not written; what a partner writes is read as it is. */
const asConfirmed: Conversion<WireConfirmed, Confirmed> = {
  read: ({ asked, referred, ...rest }) => present({ ...rest, answers: asked ?? referred?.number }) as Confirmed,
  write: (confirmed) => unreferable(confirmed) ?? confirmationProblem(confirmed) ?? onWire(confirmed),
  sound: soundConfirmation,
};

function onWire({ answers, ...rest }: Confirmed): WireConfirmed {
  return present({ ...rest, asked: answers }) as WireConfirmed;
}

/** reference/procurement-messages.md, section 3.8. */
export const confirmationRequest = defineDocument<Confirmed, WireConfirmed>({
  kind: 'request',
  type: 'ConfirmationRequest',
  module: 'Fulfill',
  summary: 'The supplier accepts, changes or refuses an order, as a whole or line by line.',
  holds: 'event',
  nodes,
  converts: asConfirmed,
});
