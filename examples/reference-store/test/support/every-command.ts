import {
  customerRegister,
  customerUpdate,
  documentNoteStatus,
  inventoryAdjust,
  inventoryExpect,
  inventoryReceive,
  inventoryRecordAvailability,
  inventoryRecordBatchAvailability,
  inventorySetLevels,
  orderConfirmStatus,
  orderConfirmTransfer,
  orderInvoiceStatus,
  orderRecordQuotation,
  orderShipStatus,
  orderUpdateStatus,
  pickBatchGenerate,
  pickListGet,
  priceSetListPrices,
  priceSetOffers,
  purchaseOrderAskStatus,
  purchaseOrderSubmit,
  shipmentConfirm,
} from '@waybill/commerce';
import type { CommandDefinition } from '@waybill/contract';
import { buyerOrder, cad } from './buyers.ts';
import { batch as figures, quotation, transfer } from './distributors.ts';
import { adjustment, expected, listPrices, moved, offers, parcel, receipt } from './fulfillment.ts';
import { available, customer, invoiced, levels, partlyShipped, shipped } from './messages.ts';

export interface Sent {
  readonly id: string;
  readonly command: CommandDefinition;
  readonly input: unknown;
}

const lamp = { number: 1, quantity: '1', partId: 'HP-LAMP-02', price: cad('60') };
/** An order that the book of the store has, and one that it gets. */
export const known = buyerOrder({ orderId: 'PO-1', lines: [lamp], total: cad('60') });
const ordered = buyerOrder({ orderId: 'PO-2', lines: [lamp], total: cad('60') });
const { payloadId, timestamp, test, parties } = known;
const document = { payloadId: `about-${payloadId}`, timestamp, test, parties };

/** One message for each command, in an order in which all of them can be done. */
export const messages: readonly Sent[] = [
  {
    id: 'confirm',
    command: orderConfirmStatus,
    input: { orderId: '12007', merchantOrderNumber: 'SO-2024-00871', sequenceNumber: '1', versioning: true },
  },
  { id: 'part', command: orderUpdateStatus, input: partlyShipped },
  { id: 'ship', command: orderShipStatus, input: { ...shipped, sequenceNumber: '43', versioning: true } },
  { id: 'invoice', command: orderInvoiceStatus, input: { ...invoiced, versioning: true } },
  { id: 'customer', command: customerRegister, input: customer },
  { id: 'levels', command: inventorySetLevels, input: levels },
  { id: 'available', command: inventoryRecordAvailability, input: available },
  { id: 'move', command: customerUpdate, input: { ...moved, logonId: 'guest' } },
  { id: 'offers', command: priceSetOffers, input: offers },
  { id: 'list prices', command: priceSetListPrices, input: listPrices },
  { id: 'expected', command: inventoryExpect, input: expected },
  { id: 'receipt', command: inventoryReceive, input: receipt },
  { id: 'adjustment', command: inventoryAdjust, input: adjustment },
  { id: 'batch', command: pickBatchGenerate, input: { storeId: '10151', fulfillmentCenterId: '11201' } },
  { id: 'parcel', command: shipmentConfirm, input: { ...parcel, orderId: '12012', updatesRelease: true } },
  { id: 'quotation', command: orderRecordQuotation, input: quotation },
  { id: 'transfer', command: orderConfirmTransfer, input: transfer },
  { id: 'figures', command: inventoryRecordBatchAvailability, input: figures },
  { id: 'order', command: purchaseOrderSubmit, input: ordered },
  { id: 'question', command: purchaseOrderAskStatus, input: { ...document, requestId: 'Q-1', orderId: 'PO-1' } },
  { id: 'news', command: documentNoteStatus, input: { ...document, invoiceId: 'I-1', code: 200, text: 'OK', state: 'paid' } },
  { id: 'pick', command: pickListGet, input: { pickBatchId: '71004' } },
];
