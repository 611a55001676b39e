import type { BuyerOrderLine, Extrinsic, Priced } from '@waybill/commerce';
import { ignored, mapping, type Nodes } from '@waybill/mapping';
import { address, asAddress } from '../parts/address.ts';
import { asCharge, charge } from '../parts/charge.ts';
import { comment } from '../parts/comment.ts';
import { asContact, contact } from '../parts/contact.ts';
import { type Described, description } from '../parts/description.ts';
import { extrinsic } from '../parts/extrinsic.ts';
import { asClass, classification, itemDetail, itemId, priceBasis, type WireDetail } from '../parts/item.ts';
import { money } from '../parts/money.ts';
import { id, lineNumber, number, words, written, yes } from '../parts/texts.ts';
import { asShare, distribution } from './distribution.ts';

/** `BlanketItemDetail`, as it stands on the wire. */
export interface WireBlanket {
  description: Described;
  limit?: Priced;
  price?: Priced;
  unit?: string;
  priceBasis?: BuyerOrderLine['priceBasis'];
  classifications?: BuyerOrderLine['classifications'];
  extrinsics?: Extrinsic[];
}

/** `ItemOut` of an order, as it stands on the wire. */
export interface WireLine {
  quantity: string;
  number?: number;
  requestedDelivery?: string;
  adHoc?: boolean;
  parentLine?: number;
  operation?: string;
  partId?: string;
  auxiliaryId?: string;
  buyerPartId?: string;
  detail?: WireDetail;
  blanket?: WireBlanket;
  shipTo?: BuyerOrderLine['shipTo'];
  shipping?: BuyerOrderLine['shipping'];
  tax?: BuyerOrderLine['tax'];
  accounting?: BuyerOrderLine['accounting'];
  contacts?: BuyerOrderLine['contacts'];
  comments?: BuyerOrderLine['comments'];
}

const b = mapping<WireBlanket>();
const l = mapping<WireLine>();

const blanketDetail = (): Nodes<WireBlanket> => [
  b.into('Description', 'description', description()),
  b.group('MaxAmount?', [b.into('Money', 'limit', money())]),
  b.group('UnitPrice?', [b.into('Money', 'price', money())]),
  b.leaf('UnitOfMeasure?', 'unit', id('EA')),
  b.into('PriceBasisQuantity?', 'priceBasis', priceBasis()),
  b.turnedList('Classification*', 'classifications', asClass, classification()),
  b.vector('Extrinsic*', 'extrinsics', extrinsic()),
];

const attributes = (): Nodes<WireLine> => [
  l.leaf('@quantity', 'quantity', number('20')),
  l.leaf('@lineNumber?', 'number', lineNumber),
  l.leaf('@requestedDeliveryDate?', 'requestedDelivery', written('2026-10-05')),
  l.leaf('@isAdHoc?', 'adHoc', yes),
  l.leaf('@parentLineNumber?', 'parentLine', lineNumber),
  l.leaf('@operation?', 'operation', words('delete')),
  ignored('@itemType?'),
  ignored('@compositeItemType?'),
  ignored('@itemClassification?'),
  ignored('@requiresServiceEntry?'),
  ignored('@requestedShipmentDate?'),
  ignored('@confirmationDueDate?'),
  ignored('@agreementItemNumber?'),
  ignored('@requisitionID?'),
];

/** What is in `ItemOut` of an order: reference/procurement-messages.md, section 3.7. */
export const itemOut = (): Nodes<WireLine> => [
  ...attributes(),
  l.group('ItemID', itemId()),
  l.perhapsOneOf([l.into('ItemDetail', 'detail', itemDetail())], [l.into('BlanketItemDetail', 'blanket', blanketDetail())]),
  l.group('ShipTo?', [l.turned('Address', 'shipTo', asAddress, address())]),
  l.turned('Shipping?', 'shipping', asCharge, charge()),
  l.turned('Tax?', 'tax', asCharge, charge()),
  l.turnedList('Distribution*', 'accounting', asShare, distribution()),
  l.turnedList('Contact*', 'contacts', asContact, contact()),
  l.vector('Comments*', 'comments', comment()),
];
