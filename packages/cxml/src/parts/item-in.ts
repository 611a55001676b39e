import type { CartLine, Charge, Comment, Extrinsic } from '@waybill/commerce';
import { type Conversion, mapping, type Nodes } from '@waybill/mapping';
import { Problem } from '@waybill/values';
import { asCharge, charge } from './charge.ts';
import { comment } from './comment.ts';
import { extrinsic } from './extrinsic.ts';
import { detailOf, goodsOf, type ItemId, itemDetail, itemId, partedGoods, type WireDetail } from './item.ts';
import { oneComment } from './one-comment.ts';
import { given, lineNumber, number, present } from './texts.ts';

/** A line of a cart, with the fields that stand behind its detail. */
export type LineIn = CartLine & { lineExtrinsics?: Extrinsic[] };

/** `ItemIn`, as it stands on the wire. */
export interface WireItemIn {
  quantity: string;
  number?: number;
  id: ItemId;
  detail?: WireDetail;
  shipping?: Charge;
  tax?: Charge;
  comments?: Comment[];
  lineExtrinsics?: Extrinsic[];
}

const i = mapping<WireItemIn>();

/** What is in `ItemIn`: reference/procurement-messages.md, section 3.6. */
export const itemIn = (): Nodes<WireItemIn> => [
  i.leaf('@quantity', 'quantity', number('20')),
  i.leaf('@lineNumber?', 'number', lineNumber),
  i.into('ItemID', 'id', itemId()),
  i.into('ItemDetail?', 'detail', itemDetail()),
  i.turned('Shipping?', 'shipping', asCharge, charge()),
  i.turned('Tax?', 'tax', asCharge, charge()),
  i.vector('Comments*', 'comments', comment()),
  i.vector('Extrinsic*', 'lineExtrinsics', extrinsic()),
];

/** A line needs a detail by the DTD, and room for one comment is all there is. */
export const asLineIn: Conversion<WireItemIn, LineIn> = {
  read: ({ id, detail, ...rest }) => present({ ...rest, ...idOf(id), ...goodsOf(detail ?? {}) }) as LineIn,
  write: (line) => {
    const { goods, rest } = partedGoods(line);
    const detail = detailOf(goods);
    if (detail === undefined) return new Problem('needs a price, a unit and a description');
    const { partId, auxiliaryId, buyerPartId, quantity, number: its, shipping, tax, comments, lineExtrinsics } = rest;
    const id = onWire({ partId, auxiliaryId, buyerPartId });
    return present({ quantity, number: its, id, detail, shipping, tax, comments: oneComment(comments), lineExtrinsics }) as WireItemIn;
  },
};

/** The ids of a line. Empty elements say nothing. */
export function idOf({ partId, auxiliaryId, buyerPartId }: ItemId): ItemId {
  return present({ partId: given(partId), auxiliaryId: given(auxiliaryId), buyerPartId: given(buyerPartId) });
}

/** The number of the supplier has to be there by the DTD, be it empty. */
export function onWire({ partId, auxiliaryId, buyerPartId }: { [Key in keyof ItemId]: string | undefined }): ItemId {
  return { partId: partId ?? '', ...present({ auxiliaryId, buyerPartId }) };
}
