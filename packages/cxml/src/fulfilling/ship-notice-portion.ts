import type { PurchaseOrderShipped } from '@waybill/commerce';
import { type Conversion, mapping, type Nodes } from '@waybill/mapping';
import { type ItemId, itemId } from '../parts/item.ts';
import { id, lineNumber, number, present, words } from '../parts/texts.ts';
import { type OrderNamed, orderReference } from './order-reference.ts';

type Portion = PurchaseOrderShipped['orders'][number];
type Line = NonNullable<Portion['lines']>[number];

interface WireLine {
  number: number;
  /** Its number in the notice. */
  place?: number;
  quantity: string;
  unit: string;
  ids?: ItemId;
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
    l.into('ItemID?', 'ids', itemId()),
    l.leaf('UnitOfMeasure', 'unit', id('EA')),
    l.list('SupplierBatchID*', 'batches', words('L-2026-09')),
    l.into('OrderedQuantity?', 'ordered', [q.leaf('@quantity', 'quantity', number('20')), q.leaf('UnitOfMeasure', 'unit', id('EA'))]),
  ]),
];

export const asPortion: Conversion<WirePortion, Portion> = {
  read: ({ lines, ...order }) => present({ ...order, lines: lines?.map(lineOf) }) as Portion,
  write: ({ lines, ...order }) => present({ ...order, lines: lines?.map(lineOnWire) }) as WirePortion,
};

/** Of several batches the first counts. */
function lineOf({ place: _place, ids, batches, ordered, ...rest }: WireLine): Line {
  return present({ ...rest, ...ids, ordered: ordered?.quantity, batch: batches?.[0] }) as Line;
}

/** Lines are numbered in the notice, so that what is said of a package can name them. The number of the supplier has to be there by the DTD, be it empty. */
function lineOnWire({ partId, auxiliaryId, buyerPartId, batch, ordered, ...rest }: Line, at: number): WireLine {
  const isNamed = [partId, auxiliaryId, buyerPartId].some((each) => each !== undefined);
  return present({
    ...rest,
    place: at + 1,
    ids: isNamed ? present({ partId: partId ?? '', auxiliaryId, buyerPartId }) : undefined,
    batches: batch === undefined ? undefined : [batch],
    ordered: ordered === undefined ? undefined : { quantity: ordered, unit: rest.unit },
  }) as WireLine;
}
