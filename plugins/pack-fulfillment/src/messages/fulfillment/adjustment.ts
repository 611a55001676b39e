import { type InventoryAdjustmentInput, inventoryAdjust, widths } from '@waybill/commerce';
import { mapping } from '@waybill/mapping';
import { bind } from '../../binding.ts';
import { credentials, framed } from '../../envelope.ts';
import { id, quantity, words } from '../../parts.ts';
import { type ResponseStatus, responseStatus } from './response-status.ts';
import { stockHead, stockHeadReply, stockPlace, stockPlaceReply } from './stock.ts';

// Update_WCS_InventoryReceipt 1.0 and Response_WCS_UpdateInvReceipt 1.0: reference/fulfillment-messages.md, sections 6.6 and 6.7.

/** What the answer says of an adjustment: what was asked, whatever became of it. */
export interface AdjustmentReply extends ResponseStatus, Partial<Omit<InventoryAdjustmentInput, 'versionName' | 'comment'>> {}

const i = mapping<InventoryAdjustmentInput>();
const r = mapping<AdjustmentReply>();

const byHowMuch = quantity('-4');
const why = id('60002');

const adjustment = framed<InventoryAdjustmentInput>(
  { verb: 'Update', noun: 'WCS_InventoryReceipt', version: '1.0', command: inventoryAdjust.name, control: () => [credentials()] },
  () => [
    i.group('InventoryReceipt', [
      ...stockHead(),
      ...stockPlace(),
      i.leaf('Comment?', 'comment', words('Cycle count, aisle 6', widths.stockComment)),
      i.leaf('QTYAdjusted', 'quantity', byHowMuch, { about: 'by how much the stock changes, less than none where goods are missing' }),
      i.leaf('InvAdjCodeID', 'adjustmentCodeId', why, { about: 'why it changes: a code of the store' }),
    ]),
  ],
);

const answer = framed<AdjustmentReply>(
  {
    verb: 'Response',
    noun: 'UpdateInvReceipt',
    root: 'Response_WCS_UpdateInvReceipt',
    version: '1.0',
    command: inventoryAdjust.name,
    control: () => [credentials()],
  },
  () => [
    r.group('InventoryReceipt', [
      responseStatus(),
      ...stockHeadReply(),
      ...stockPlaceReply(),
      r.leaf('QTYAdjusted?', 'quantity', byHowMuch),
      r.leaf('InvAdjCodeID?', 'adjustmentCodeId', why),
    ]),
  ],
);

const reply = { name: 'Response_WCS_UpdateInvReceipt', version: '1.0' } as const;

export const adjustmentBindings = [
  bind({
    type: {
      name: 'Update_WCS_InventoryReceipt',
      version: '1.0',
      direction: 'in',
      commands: [inventoryAdjust],
      reply,
      summary: 'Corrects the stock of a product by a difference.',
    },
    message: adjustment,
    store: ({ storeId }) => storeId,
  }),
  bind({
    type: { ...reply, direction: 'out', summary: 'Says whether stock was corrected.' },
    message: answer,
    store: ({ storeId }) => storeId,
  }),
];
