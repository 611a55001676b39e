import type { BuyerAddress, CartLine, Charge, Priced } from '@waybill/commerce';
import { mapping, type Nodes } from '@waybill/mapping';
import { oneOf } from '@waybill/values';
import { defineDocument } from '../envelope/definition.ts';
import { address, asAddress } from '../parts/address.ts';
import { asCharge, charge } from '../parts/charge.ts';
import { money } from '../parts/money.ts';
import { id, words, written } from '../parts/texts.ts';
import { asCartLine, itemIn } from './cart-line.ts';
import { cookie } from './setup-request.ts';

/** A cart that goes back to the buyer through the browser: what `PunchOutOrderMessage` says. */
export interface PunchoutCart {
  /** That of the setup request of this session. */
  readonly cookie: string;
  /** The most that the buyer may do with the cart later: create < inspect < edit. */
  readonly operationAllowed: 'create' | 'inspect' | 'edit';
  /** `pending`: it cannot be ordered yet. Default `final`. */
  readonly quoteStatus?: 'final' | 'pending';
  /** How far the sourcing of the cart has come. */
  readonly sourcing?: { readonly action?: 'approve' | 'cancel' | 'deny'; readonly text?: string; readonly language?: string };
  /** The sum of the lines, without shipping and tax. */
  readonly total: Priced;
  readonly shipTo?: BuyerAddress;
  readonly shipping?: Charge;
  readonly tax?: Charge;
  /** The order at the supplier that the cart has become already. */
  readonly supplierOrder?: { readonly id: string; readonly date?: string };
  /**
   * What is in it. None, without a status 204: in an `edit` the buyer **deletes** the lines of the session (reference/procurement-messages.md, section 3.6).
   */
  readonly lines: readonly CartLine[];
}

const c = mapping<PunchoutCart>();
const s = mapping<NonNullable<PunchoutCart['sourcing']>>();
const o = mapping<NonNullable<PunchoutCart['supplierOrder']>>();

const header = (): Nodes<PunchoutCart> => [
  c.leaf('@operationAllowed', 'operationAllowed', oneOf('create', 'inspect', 'edit')),
  c.leaf('@quoteStatus?', 'quoteStatus', oneOf('final', 'pending')),
  c.into('SourcingStatus?', 'sourcing', [
    s.leaf('@action?', 'action', oneOf('approve', 'cancel', 'deny')),
    s.leaf('@xml:lang?', 'language', words('en-US'), { inherits: 'language' }),
    s.leaf('.?', 'text', words('Approved')),
  ]),
  c.group('Total', [c.into('Money', 'total', money())]),
  c.group('ShipTo?', [c.turned('Address', 'shipTo', asAddress, address())]),
  c.turned('Shipping?', 'shipping', asCharge, charge()),
  c.turned('Tax?', 'tax', asCharge, charge()),
  c.into('SupplierOrderInfo?', 'supplierOrder', [o.leaf('@orderID', 'id', id('HP-1207')), o.leaf('@orderDate?', 'date', written())]),
];

/** reference/procurement-messages.md, section 3.6. */
export const punchOutOrderMessage = defineDocument<PunchoutCart>({
  kind: 'message',
  type: 'PunchOutOrderMessage',
  module: 'cXML',
  summary: 'Takes the cart back to the buyer, through the browser.',
  holds: 'content',
  nodes: () => [
    c.leaf('BuyerCookie', 'cookie', cookie),
    c.group('PunchOutOrderMessageHeader', header()),
    c.turnedList('ItemIn*', 'lines', asCartLine, itemIn()),
  ],
  afterRead: (cart) => ({ ...cart, lines: cart.lines ?? [] }),
});
