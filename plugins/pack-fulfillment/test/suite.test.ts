import { packSuite } from '@waybill/testing';
import pack from '../src/index.ts';
import { chosen, sampleOf } from './support/messages.ts';

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
    'Report_WCS_PickPackListDetail@2.0': [sampleOf('Report_WCS_PickPackListDetail')],
    'Report_NC_PurchaseOrder@1.0': [sampleOf('Report_NC_PurchaseOrder')],
    'Request_WCS_BE_ProductInventory@1.0': [sampleOf('Request_WCS_BE_ProductInventory')],
    'Request_WCS_BE_ProductInventory_Reply@1.0': [sampleOf('Request_WCS_BE_ProductInventory_Reply')],
    'WCS_Error@1.0': [sampleOf('WCS_Error')],
  },
});
