import type { PurchaseOrderShipped } from '@waybill/commerce';
import { type Conversion, mapping, type Nodes } from '@waybill/mapping';
import { idOf, onWire } from '../parts/item-in.ts';
import { type ItemId, itemId } from '../parts/item.ts';
import { given, id, lineNumber, number, present, words } from '../parts/texts.ts';
import { type OrderNamed, orderReference } from './order-reference.ts';

type Portion = PurchaseOrderShipped['orders'][number];
type Line = NonNullable<Portion['lines']>[number];

interface WireLine {
  number: number;
  /** Its number in the notice. */
  place?: number;
  quantity: string;
  unit: string;
  id?: ItemId;
  batches?: string[];
  ordered?: { quantity: string; unit: string };
}

interface WirePortion extends OrderNamed {
  lines?: WireLine[];
}

const p = mapping<WirePortion>();
const l = mapping<WireLine>();
const q = mapping<NonNullable<WireLine['ordered']>>();

/** What is in `ShipNoticePortion`. Without items it means the whole order. */
export const portion = (): Nodes<WirePortion> => [
  p.group('OrderReference', orderReference()),
  p.vector('ShipNoticeItem*', 'lines', [
    l.leaf('@quantity', 'quantity', number('12')),
    l.leaf('@lineNumber', 'number', lineNumber),
    l.leaf('@shipNoticeLineNumber?', 'place', lineNumber),
    l.into('ItemID?', 'id', itemId()),
    l.leaf('UnitOfMeasure', 'unit', id('EA')),
    l.list('SupplierBatchID*', 'batches', words('L-2026-09')),
    l.into('OrderedQuantity?', 'ordered', [q.leaf('@quantity', 'quantity', number('20')), q.leaf('UnitOfMeasure', 'unit', id('EA'))]),
  ]),
];

export const asPortion: Conversion<WirePortion, Portion> = {
  read: ({ lines, ...order }) => present({ ...order, lines: lines?.map(lineOf) }) as Portion,
  write: ({ orderId, ordered, orderPayloadId, lines }) =>
    present({ orderId, ordered, orderPayloadId, lines: lines?.map(lineOnWire) }) as WirePortion,
};

function lineOf({ number: its, quantity, unit, id: ids, batches, ordered }: WireLine): Line {
  const batch = given(batches?.find((each) => each !== ''));
  return present({ number: its, quantity, unit, ordered: ordered?.quantity, ...idOf(ids ?? {}), batch }) as Line;
}

/** Lines are numbered in the notice, so that what is said of a package can name them. */
function lineOnWire({ number: its, quantity, unit, ordered, partId, auxiliaryId, buyerPartId, batch }: Line, at: number): WireLine {
  const isNamed = [partId, auxiliaryId, buyerPartId].some((each) => each !== undefined);
  return present({
    number: its,
    place: at + 1,
    quantity,
    unit,
    id: isNamed ? onWire({ partId, auxiliaryId, buyerPartId }) : undefined,
    batches: batch === undefined ? undefined : [batch],
    ordered: ordered === undefined ? undefined : { quantity: ordered, unit },
  }) as WireLine;
}
