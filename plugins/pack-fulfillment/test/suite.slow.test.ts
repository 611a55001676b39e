import { typeName } from '@waybill/contract';
import type { DescribedField } from '@waybill/mapping';
import { type ConstrainedField, type ConstraintReport, packSuite } from '@waybill/testing';
import { describe, expect, expectTypeOf, it } from 'vitest';
import pack from '../src/index.ts';
import { chosen, sampleOf } from './support/messages.ts';

let told: ConstraintReport;

// The questions that every pack is asked, beside those of this one in the other files.
packSuite(pack, {
  card: new URL('../waybill.plugin.json', import.meta.url),
  options: { ...chosen() },
  samples: {
    'Update_WCS_OrderStatus@2.0': [sampleOf('Update_WCS_OrderStatus_20')],
    'Update_WCS_OrderStatus@3.0': [sampleOf('Update_WCS_OrderStatus')],
    'Create_WCS_Customer@2.0': [sampleOf('Create_WCS_Customer_20')],
    'Create_WCS_Customer@3.0': [sampleOf('Create_WCS_Customer')],
    'Update_WCS_Customer@2.0': [sampleOf('Update_WCS_Customer_20')],
    'Update_WCS_Customer@3.0': [sampleOf('Update_WCS_Customer')],
    'Create_NC_Customer@1.0': [sampleOf('Create_NC_Customer')],
    'Update_NC_Customer@1.0': [sampleOf('Update_NC_Customer')],
    'Update_NC_OrderStatus@1.0': [sampleOf('Update_NC_OrderStatus')],
    'Update_NC_ProductPrice@1.0': [sampleOf('Update_NC_ProductPrice')],
    'Update_WCS_ProductPrice@2.0': [sampleOf('Update_WCS_ProductPrice'), sampleOf('Update_WCS_ProductPrice_ListPrice')],
    'Update_NC_ProductInventory@1.0': [sampleOf('Update_NC_ProductInventory')],
    'Update_WCS_PriceAndAvailability@1.0': [sampleOf('Update_WCS_PriceAndAvailability')],
    'Update_WCS_ShoppingCartTransfer@1.0': [sampleOf('Update_WCS_ShoppingCartTransfer')],
    'Update_WCS_BatchAvailability@1.0': [sampleOf('Update_WCS_BatchAvailability')],
    'priceAndAvailabilityRequest@1.0': [sampleOf('priceAndAvailabilityRequest')],
    'shoppingCartTransferRequest@1.0': [sampleOf('shoppingCartTransferRequest')],
    'batchAvailabilityRequest@1.0': [sampleOf('batchAvailabilityRequest')],
    'Update_WCS_ProductInventory@2.0': [sampleOf('Update_WCS_ProductInventory')],
    'Inquire_WCS_PickPackListDetail@1.0': [sampleOf('Inquire_WCS_PickPackListDetail')],
    'Report_WCS_PickPackListDetail@1.0': [sampleOf('Report_WCS_PickPackListDetail_10')],
    'Report_WCS_PickPackListDetail@2.0': [sampleOf('Report_WCS_PickPackListDetail')],
    'Create_WCS_ExpectedInventoryRecord@1.0': [sampleOf('Create_WCS_ExpectedInventoryRecord')],
    'Response_WCS_ExpectedInvRecord@1.0': [sampleOf('Response_WCS_ExpectedInvRecord')],
    'Create_WCS_InventoryReceipt@1.0': [sampleOf('Create_WCS_InventoryReceipt')],
    'Response_WCS_CreateInvReceipt@1.0': [sampleOf('Response_WCS_CreateInvReceipt')],
    'Update_WCS_InventoryReceipt@1.0': [sampleOf('Update_WCS_InventoryReceipt')],
    'Response_WCS_UpdateInvReceipt@1.0': [sampleOf('Response_WCS_UpdateInvReceipt')],
    'Create_WCS_PickBatch@1.0': [sampleOf('Create_WCS_PickBatch')],
    'Response_WCS_PickBatch@1.0': [sampleOf('Response_WCS_PickBatch')],
    'Create_WCS_ShipmentConfirmation@1.0': [sampleOf('Create_WCS_ShipmentConfirmation_10')],
    'Create_WCS_ShipmentConfirmation@2.0': [sampleOf('Create_WCS_ShipmentConfirmation')],
    'Response_WCS_CreateShipConfirm@1.0': [sampleOf('Response_WCS_CreateShipConfirm')],
    'Report_NC_PurchaseOrder@1.0': [sampleOf('Report_NC_PurchaseOrder')],
    'Request_WCS_BE_ProductInventory@1.0': [sampleOf('Request_WCS_BE_ProductInventory')],
    'Request_WCS_BE_ProductInventory_Reply@1.0': [sampleOf('Request_WCS_BE_ProductInventory_Reply')],
    'WCS_Error@1.0': [sampleOf('WCS_Error')],
  },
  outputs: {
    'inventory.expect': [{ recordId: '31007', details: [{ detailId: '41011', backendId: 'ASN-7712-1' }] }],
    'inventory.receive': [{ receiptId: '52003' }],
    'inventory.adjust': [undefined],
    'pick-batch.generate': [{ pickBatchId: '71004', more: true }, { more: false }],
    'shipment.confirm': [{ shipmentId: '81002', orderId: '12007' }],
  },
  report: (report) => {
    told = report;
  },
});

describe('the suite', () => {
  it('breaks every constraint of the fields of XML', () => {
    expect(Object.entries(told.asked).filter(([, count]) => count < 90)).toEqual([['cut short', 0]]);
  });

  it('leaves out no field that means something', () => {
    const fields = pack.messages.flatMap(
      (type) => type.fields?.().map(({ path, field }) => ({ path: `${typeName(type)} ${path}`, field })) ?? [],
    );
    const meant = fields.filter(({ field }) => field !== undefined).map(({ path }) => path);
    expect(told.left.map(({ type, path }) => `${type} ${path}`).filter((path) => meant.includes(path))).toEqual([]);
  });

  it('is told by mappings what their fields hold, in its own words', () => {
    expectTypeOf<DescribedField>().toExtend<ConstrainedField>();
  });
});
