import type {
  ExpectedInventory,
  ExpectedInventoryInput,
  InventoryAdjustmentInput,
  InventoryReceipt,
  InventoryReceiptInput,
  PickBatch,
  PickBatchInput,
  PickList,
  PickListInput,
  Shipment,
  ShipmentInput,
} from '@waybill/commerce';
import { given } from '../given.ts';
import type { AdjustmentReply } from '../messages/fulfillment/adjustment.ts';
import type { ExpectedRecordReply } from '../messages/fulfillment/expected-record.ts';
import type { PickBatchReply } from '../messages/fulfillment/pick-batch.ts';
import type { PickListReport } from '../messages/fulfillment/pick-list.ts';
import type { ReceiptReply } from '../messages/fulfillment/receipt.ts';
import type { ResponseStatus } from '../messages/fulfillment/response-status.ts';
import type { ShipmentReply } from '../messages/fulfillment/shipment.ts';

// What each reply says, as the stock templates fill it: reference/fulfillment-messages.md, sections 6.3 to 6.13.

/** What a reply says beside how the command ended: of what was asked and, where the command succeeded, of what it answered. */
type Content = (asked: never, answered: never) => object;
/** The data of a reply without how the command ended, which all replies say in the same way. */
type Said<Reply extends ResponseStatus> = Omit<Reply, keyof ResponseStatus>;

/** By the name of the message that is answered. */
export const contents: Readonly<Record<string, Content>> = {
  Create_WCS_ExpectedInventoryRecord: expectedRecord,
  Create_WCS_InventoryReceipt: receipt,
  Update_WCS_InventoryReceipt: adjustment,
  Create_WCS_PickBatch: pickBatch,
  Inquire_WCS_PickPackListDetail: (_asked: PickListInput, pickList?: PickList): Said<PickListReport> => ({ pickList }),
  Create_WCS_ShipmentConfirmation: shipment,
};

function expectedRecord(asked: ExpectedInventoryInput, made?: ExpectedInventory): Said<ExpectedRecordReply> {
  const { backendId, storeId, vendorId, ordered } = asked;
  const head = given({ backendId, storeId, vendorId, ordered });
  if (made === undefined) return head;
  // What the sender calls a detail is told from the request where the command leaves it out: details come in the order of the request.
  const named = asked.details.length === made.details.length ? asked.details : [];
  const details = made.details.map(({ detailId, ...detail }, index) =>
    given({ detailId, backendId: detail.backendId ?? named[index]?.backendId }),
  );
  return { ...head, recordId: made.recordId, details };
}

function receipt(asked: InventoryReceiptInput, made?: InventoryReceipt): Said<ReceiptReply> {
  const { ownerId, partNumber, storeId, fulfillmentCenterId, vendorId, quantity, received } = asked;
  return { receiptId: made?.receiptId, ownerId, partNumber, storeId, fulfillmentCenterId, vendorId, quantity, received };
}

function adjustment(asked: InventoryAdjustmentInput): Said<AdjustmentReply> {
  const { ownerId, partNumber, storeId, fulfillmentCenterId, quantity, adjustmentCodeId } = asked;
  return { ownerId, partNumber, storeId, fulfillmentCenterId, quantity, adjustmentCodeId };
}

function pickBatch({ backendPickBatchId }: PickBatchInput, made?: PickBatch): Said<PickBatchReply> {
  return made === undefined ? {} : { batch: given({ ...made, backendPickBatchId }) };
}

/** A package is told by the id of its order in the store; one that was refused by what the sender knows of its order. */
function shipment(asked: ShipmentInput, made?: Shipment): Said<ShipmentReply> {
  const { releaseNumber, packageId } = asked;
  const orderId = made?.orderId ?? asked.orderId;
  const merchantOrderNumber = orderId === undefined ? asked.merchantOrderNumber : undefined;
  return given({ shipmentId: made?.shipmentId, orderId, merchantOrderNumber, releaseNumber, packageId });
}
