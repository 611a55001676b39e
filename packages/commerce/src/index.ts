import type { CommandDefinition, EventDefinition } from '@waybill/contract';
import { customerRegister } from './customers/register.ts';
import { customerUpdate } from './customers/update.ts';
import { inventoryBatchAvailabilityRequested, inventoryRecordBatchAvailability } from './distributors/batch-availability.ts';
import { orderQuotationRequested, orderRecordQuotation } from './distributors/quotation.ts';
import { orderConfirmTransfer, orderTransferRequested } from './distributors/transfer.ts';
import { inventoryAvailabilityRequested, inventoryRecordAvailability } from './inventory/availability.ts';
import { inventoryExpect } from './inventory/expected.ts';
import { inventorySetLevels } from './inventory/levels.ts';
import { inventoryAdjust, inventoryReceive } from './inventory/receipts.ts';
import { orderCreated } from './orders/order-created.ts';
import { orderConfirmStatus, orderInvoiceStatus, orderShipStatus, orderUpdateStatus } from './orders/order-status.ts';
import { priceSetListPrices } from './prices/list-prices.ts';
import { priceSetOffers } from './prices/offers.ts';
import { catalogPublished } from './procurement/catalog.ts';
import {
  documentNoteStatus,
  procurementDescribe,
  punchoutSetUp,
  purchaseOrderAskStatus,
  purchaseOrderSubmit,
} from './procurement/commands.ts';
import { purchaseOrderConfirmed } from './procurement/confirmed.ts';
import { purchaseOrderInvoiced } from './procurement/invoiced.ts';
import { purchaseOrderProgressed } from './procurement/progressed.ts';
import { purchaseOrderShipped } from './procurement/shipped.ts';
import { shipmentConfirm } from './shipments/confirmation.ts';
import { pickBatchGenerate } from './shipments/pick-batch.ts';
import { pickListGet } from './shipments/pick-list.ts';
import { releaseShipped } from './shipments/release-shipped.ts';

export * from './address.ts';
export * from './customers/register.ts';
export * from './customers/update.ts';
export * from './distributors/batch-availability.ts';
export type { AnswerStatus } from './distributors/parts.ts';
export * from './distributors/quotation.ts';
export * from './distributors/transfer.ts';
export * from './inventory/availability.ts';
export * from './inventory/expected.ts';
export * from './inventory/levels.ts';
export * from './inventory/receipts.ts';
export { type BusinessKeyName, type OrderNames, orderKeyOf } from './keys/key.ts';
export * from './orders/order-created.ts';
export * from './orders/order-status.ts';
export * from './prices/list-prices.ts';
export * from './prices/offers.ts';
export * from './procurement/catalog.ts';
export * from './procurement/commands.ts';
export * from './procurement/confirmed.ts';
export * from './procurement/invoiced.ts';
export type { BuyerOrderLine, CartLine } from './procurement/lines.ts';
export { cartLine } from './procurement/lines.ts';
export type {
  Attachment,
  BuyerAddress,
  BuyerContact,
  Charge,
  Comment,
  Extrinsic,
  Identity,
  Parties,
  Priced,
  PurchasingCard,
} from './procurement/parties.ts';
export * from './procurement/progressed.ts';
export * from './procurement/shipped.ts';
export * from './shipments/confirmation.ts';
export * from './shipments/pick-batch.ts';
export * from './shipments/pick-list.ts';
export * from './shipments/release-shipped.ts';
export type { Money } from './values/money.ts';
export { isWritable } from './values/text.ts';
export type { UserData } from './values/user-data.ts';
export { exactNumber, widths } from './values/widths.ts';

/** Every command, by name. */
export const commands: readonly CommandDefinition[] = [
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
  procurementDescribe,
  punchoutSetUp,
  purchaseOrderAskStatus,
  purchaseOrderSubmit,
  shipmentConfirm,
];

/** Every event, by name. */
export const events: readonly EventDefinition[] = [
  catalogPublished,
  inventoryAvailabilityRequested,
  inventoryBatchAvailabilityRequested,
  orderCreated,
  orderQuotationRequested,
  orderTransferRequested,
  purchaseOrderConfirmed,
  purchaseOrderInvoiced,
  purchaseOrderProgressed,
  purchaseOrderShipped,
  releaseShipped,
];
