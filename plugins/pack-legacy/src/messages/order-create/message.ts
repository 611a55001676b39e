import { type OrderCreated, orderCreated } from '@waybill/commerce';
import { bind } from '../../binding.ts';
import { orderCreateTable } from '../../layouts/order-create.ts';
import { orderRoot } from './mapping.ts';
import { interpret, prepare } from './prepare.ts';

export const orderCreateBinding = bind<OrderCreated>({
  type: {
    name: 'OrderCreate',
    version: '01',
    direction: 'out',
    event: orderCreated,
    summary: 'Hands a completed order to a back end.',
  },
  table: orderCreateTable,
  root: orderRoot,
  prepare,
  interpret,
  store: ({ storeId }) => storeId,
});
