import { customerNewTable, customerUpdateTable } from './layouts/customer.ts';
import type { MessageTable } from './layouts/message.ts';
import { orderCreateTable } from './layouts/order-create.ts';
import { orderStatusTable01, orderStatusTable02 } from './layouts/order-status.ts';
import { priceTable01, priceTable02, quantityTable } from './layouts/product.ts';

/** Every message as its records, by type. */
export const tables: Readonly<Record<string, MessageTable>> = {
  'OrderCreate@01': orderCreateTable,
  'CustomerNew@01': customerNewTable,
  'CustomerUpdate@01': customerUpdateTable,
  'OrderStatusUpdate@01': orderStatusTable01,
  'OrderStatusUpdate@02': orderStatusTable02,
  'ProductPriceUpdate@01': priceTable01,
  'ProductPriceUpdate@02': priceTable02,
  'ProductQuantityUpdate@01': quantityTable,
};
