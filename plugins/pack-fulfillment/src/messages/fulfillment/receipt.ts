import { type InventoryReceiptInput, inventoryReceive, widths } from '@waybill/commerce';
import { mapping } from '@waybill/mapping';
import { bind } from '../../binding.ts';
import { credentials, framed } from '../../envelope.ts';
import { amount, id, instant, quantity, words } from '../../parts.ts';
import { type ResponseStatus, responseStatus } from './response-status.ts';
import { stockHead, stockHeadReply, stockPlace, stockPlaceReply } from './stock.ts';
import { timestamp } from './timestamp.ts';

// Create_WCS_InventoryReceipt 1.0 and Response_WCS_CreateInvReceipt 1.0: reference/fulfillment-messages.md, sections 6.4 and 6.5.

/** What the answer says of a receipt: what was asked, and which id was given. */
export interface ReceiptReply
  extends ResponseStatus,
    Partial<
      Pick<InventoryReceiptInput, 'ownerId' | 'partNumber' | 'storeId' | 'fulfillmentCenterId' | 'vendorId' | 'quantity' | 'received'>
    > {
  readonly receiptId?: string | undefined;
}

const i = mapping<InventoryReceiptInput>();
const cost = mapping<InventoryReceiptInput['cost']>();
const r = mapping<ReceiptReply>();

const vendorId = id('20041');

const receipt = framed<InventoryReceiptInput>(
  { verb: 'Create', noun: 'WCS_InventoryReceipt', version: '1.0', command: inventoryReceive.name, control: () => [credentials()] },
  () => [
    i.group('InventoryReceipt', [
      ...stockHead(),
      ...stockPlace(),
      i.leaf('VendorID', 'vendorId', vendorId),
      i.into(
        'Cost',
        'cost',
        [cost.leaf('@currency', 'currency', id('CAD', widths.costCurrency)), cost.leaf('.', 'amount', amount('27.40'))],
        { about: 'of one piece' },
      ),
      i.leaf('QTYReceived', 'quantity', quantity('118'), { about: 'more than none' }),
      i.leaf('ReceiptDate', 'received', instant('2024-03-22T10:35:00')),
      i.leaf('WCSRaDetailID?', 'expectedDetailId', id('41011'), {
        about: 'the detail of an expected record that has come; without it the receipt is ad hoc',
      }),
      i.leaf('ReceiptComment?', 'comment', words('Two cartons short', widths.stockComment)),
      i.leaf('QualityComment?', 'qualityComment', words('No visible damage', widths.stockComment)),
    ]),
  ],
);

const answer = framed<ReceiptReply>(
  {
    verb: 'Response',
    noun: 'CreateInvReceipt',
    root: 'Response_WCS_CreateInvReceipt',
    version: '1.0',
    command: inventoryReceive.name,
    control: () => [credentials()],
  },
  () => [
    r.group('InventoryReceipt', [
      responseStatus(),
      r.leaf('ReceiptID?', 'receiptId', id('52003'), { about: 'the id of the receipt in the store, with OK' }),
      ...stockHeadReply(),
      ...stockPlaceReply(),
      r.leaf('VendorID?', 'vendorId', vendorId),
      r.leaf('QTYReceived?', 'quantity', quantity('118')),
      r.leaf('ReceiptDate?', 'received', timestamp),
    ]),
  ],
);

const reply = { name: 'Response_WCS_CreateInvReceipt', version: '1.0' } as const;

export const receiptBindings = [
  bind({
    type: {
      name: 'Create_WCS_InventoryReceipt',
      version: '1.0',
      direction: 'in',
      commands: [inventoryReceive],
      reply,
      summary: 'Books stock that has come to a center.',
    },
    message: receipt,
    store: ({ storeId }) => storeId,
  }),
  bind({
    type: { ...reply, direction: 'out', summary: 'Answers with the id of a receipt, or says why there is none.' },
    message: answer,
    store: ({ storeId }) => storeId,
  }),
];
