import { orderConfirmTransfer, type TransferInput } from '@waybill/commerce';
import { mapping } from '@waybill/mapping';
import { bind } from '../../binding.ts';
import { framed } from '../../envelope.ts';
import { id, quantity, words } from '../../parts.ts';
import {
  description,
  distributorCredentials,
  distributorId,
  inventorySource,
  lineNumber,
  lineWords,
  messageStatus,
  pricePartsInFull,
  productParts,
  requestId,
  supplierData,
  unitOfMeasure,
} from './parts.ts';

// Update_WCS_ShoppingCartTransfer 1.0: reference/fulfillment-messages.md, section 7.4.

type Line = NonNullable<TransferInput['lines']>[number];

const i = mapping<TransferInput>();
const l = mapping<Line>();

const transfer = framed<TransferInput>(
  {
    verb: 'Update',
    noun: 'WCS_ShoppingCartTransfer',
    version: '1.0',
    command: orderConfirmTransfer.name,
    control: () => [distributorCredentials()],
  },
  () => [
    i.leaf('messageIdentifier', 'requestId', requestId, { about: 'the request that is answered' }),
    i.leaf('distributorIdentifier', 'distributorId', distributorId),
    i.group('ShoppingCart', [
      i.leaf('shoppingCartId', 'orderId', id('12011'), { about: 'the order in the store' }),
      i.leaf('distrShopCartId', 'distributorOrderId', words('NLD-CART-33018'), { about: 'cart or order at the distributor' }),
      i.leaf('shopCartURL', 'distributorOrderUrl', words('https://b2b.northline.example/carts/33018')),
      messageStatus(),
      i.vector('ShoppingCartLineItem*', 'lines', [
        l.into('productIdentification?', 'product', productParts()),
        l.leaf('quantity?', 'quantity', quantity('4'), { about: 'how many were taken over' }),
        l.leaf('lineNumber?', 'lineNumber', lineNumber, lineWords),
        l.leaf('unitOfMeasure?', 'unitOfMeasure', unitOfMeasure),
        l.into('listPrice?', 'listPrice', pricePartsInFull()),
        l.into('sellingPrice?', 'sellingPrice', pricePartsInFull()),
        l.leaf('supplierData?', 'supplierData', supplierData),
        l.leaf('description?', 'description', description),
      ]),
      i.leaf('inventorySource?', 'inventorySource', inventorySource),
    ]),
  ],
);

export const transferBinding = bind({
  type: {
    name: 'Update_WCS_ShoppingCartTransfer',
    version: '1.0',
    direction: 'in',
    commands: [orderConfirmTransfer],
    summary: 'What a distributor answers to shoppingCartTransferRequest: that it has taken the order over, or could not.',
  },
  message: transfer,
});
