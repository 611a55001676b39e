import type { PunchoutSetUpInput } from '@waybill/commerce';
import { type Conversion, ignored, mapping, type Node } from '@waybill/mapping';
import { oneOf, text } from '@waybill/values';
import { defineDocument } from '../envelope/definition.ts';
import { address, asAddress } from '../parts/address.ts';
import { asContact, contact } from '../parts/contact.ts';
import { extrinsic } from '../parts/extrinsic.ts';
import { type ItemId, itemId } from '../parts/item.ts';
import { id, present } from '../parts/texts.ts';
import { asHeldLine, itemOutOfCart } from './cart-line.ts';

const p = mapping<PunchoutSetUpInput>();

/** An item by the numbers of the supplier; the buyer's own says nothing here. */
const asSelected: Conversion<ItemId, NonNullable<PunchoutSetUpInput['selected']>> = {
  read: ({ partId = '', auxiliaryId }) => present({ partId, auxiliaryId }) as NonNullable<PunchoutSetUpInput['selected']>,
  write: (selected) => selected,
};

/** What comes back as it is: whoever gives it back decides about white space around it. */
export const cookie = text({ example: 'b7c1d0f2-5521' });

const returnAddress = (): Node =>
  p.group('BrowserFormPost?', [
    p.group('URL', [ignored('@name?'), p.leaf('.', 'returnAddress', id('https://buy.larkfield.example/punchout/return?req=5521'))]),
  ]);

/** Deprecated, and ignored by everybody. */
const supplierSetup = (): Node => p.group('SupplierSetup?', [p.group('URL?', [ignored('@name?'), ignored('.')])]);

/** reference/procurement-messages.md, section 3.5. */
export const punchOutSetupRequest = defineDocument<PunchoutSetUpInput>({
  kind: 'request',
  type: 'PunchOutSetupRequest',
  module: 'cXML',
  summary: 'Starts a session in which somebody of the buyer shops.',
  holds: 'command',
  nodes: () => [
    p.leaf('@operation', 'operation', oneOf('create', 'edit', 'inspect', 'source')),
    p.leaf('BuyerCookie', 'cookie', cookie),
    p.vector('Extrinsic*', 'extrinsics', extrinsic()),
    returnAddress(),
    p.turnedList('Contact*', 'contacts', asContact, contact()),
    supplierSetup(),
    p.group('ShipTo?', [p.turned('Address', 'shipTo', asAddress, address())]),
    p.group('SelectedItem?', [p.turned('ItemID', 'selected', asSelected, itemId())]),
    p.turnedList('ItemOut*', 'lines', asHeldLine, itemOutOfCart()),
  ],
});
