import type { CartLine, Comment, Extrinsic } from '@waybill/commerce';
import { type Conversion, ignored, mapping, type Node, type Nodes } from '@waybill/mapping';
import { asCharge, charge } from '../parts/charge.ts';
import { comment } from '../parts/comment.ts';
import { extrinsic } from '../parts/extrinsic.ts';
import { detailOf, goodsOf, itemDetail, itemId, partedGoods, type WireDetail } from '../parts/item.ts';
import { lineNumber, number, present } from '../parts/texts.ts';

/** A line of a cart as it stands on the wire: `ItemIn`, or `ItemOut` in a setup request. */
export interface WireCartLine {
  quantity: string;
  number?: number;
  partId?: string;
  auxiliaryId?: string;
  buyerPartId?: string;
  detail?: WireDetail;
  shipping?: CartLine['shipping'];
  tax?: CartLine['tax'];
  /** Of `ItemIn`, which has one. */
  comment?: Comment;
  comments?: CartLine['comments'];
  lineExtrinsics?: Extrinsic[];
}

const c = mapping<WireCartLine>();

const beginning = (detail: string): Nodes<WireCartLine> => [
  c.leaf('@quantity', 'quantity', number('20')),
  ignored('@openQuantity?'),
  ignored('@promisedQuantity?'),
  c.leaf('@lineNumber?', 'number', lineNumber),
  ignored('@parentLineNumber?'),
  ignored('@itemType?'),
  ignored('@compositeItemType?'),
  ignored('@itemClassification?'),
  ignored('@itemCategory?'),
  c.group('ItemID', itemId()),
  c.into(detail, 'detail', itemDetail()),
  ...charges(),
];

const charges = (): readonly Node<keyof WireCartLine>[] => [
  c.turned('Shipping?', 'shipping', asCharge, charge()),
  c.turned('Tax?', 'tax', asCharge, charge()),
];

/** What is in `ItemIn`: reference/procurement-messages.md, section 3.6. It has one `Comments`. */
export const itemIn = (): Nodes<WireCartLine> => [
  ...beginning('ItemDetail'),
  c.into('Comments?', 'comment', comment()),
  c.vector('Extrinsic*', 'lineExtrinsics', extrinsic()),
];

/** What is in `ItemOut` of a setup request: what the buyer holds of an earlier session. */
export const itemOutOfCart = (): Nodes<WireCartLine> => [...beginning('ItemDetail?'), c.vector('Comments*', 'comments', comment())];

/** The part number has to be there by the DTD, be it empty. */
export const asHeldLine: Conversion<WireCartLine, CartLine> = {
  read: ({ partId, detail, ...rest }) =>
    present({ ...rest, partId: partId === '' ? undefined : partId, ...(detail && goodsOf(detail)) }) as CartLine,
  write: (line) => {
    const { goods, rest } = partedGoods(line);
    return present({ ...rest, partId: rest.partId ?? '', detail: detailOf(goods) }) as WireCartLine;
  },
};

/** As `asHeldLine`. Several remarks become one, since `ItemIn` has one: nothing of them is lost. */
export const asCartLine: Conversion<WireCartLine, CartLine> = {
  read: ({ comment: told, ...rest }) => {
    const line = asHeldLine.read(rest) as CartLine;
    return told === undefined ? line : { ...line, comments: [told] };
  },
  write: ({ comments = [], ...line }) => {
    const wire = asHeldLine.write(line) as WireCartLine;
    const told = joined(comments);
    return told === undefined ? wire : { ...wire, comment: told };
  },
};

function joined(comments: readonly Comment[]): Comment | undefined {
  const [first, ...more] = comments;
  if (first === undefined || more.length === 0) return first;
  const attachments = comments.flatMap((each) => each.attachments ?? []);
  return { ...first, text: comments.map(({ text }) => text).join('\n'), ...(attachments.length > 0 && { attachments }) };
}
