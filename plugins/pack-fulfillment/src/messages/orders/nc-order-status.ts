import { type OrderItemStatus, type OrderStatusInput, orderUpdateStatus, widths } from '@waybill/commerce';
import { ignored, mapping, type Nodes } from '@waybill/mapping';
import { oneOf } from '@waybill/values';
import { bind } from '../../binding.ts';
import { credentials, framed } from '../../envelope.ts';
import { amount, id, quantity, userData, words } from '../../parts.ts';
import { day, lastUpdate, placed, timeOfDay, whole } from './nc-times.ts';
import { totals20 } from './order-status.ts';

// Update_NC_OrderStatus 1.0: reference/fulfillment-messages.md, section 4.1. The schema has any number of orders, of which nobody could
// tell the fields apart: a second one is refused.

type Progress = Pick<OrderStatusInput & OrderItemStatus, 'totals' | 'status' | 'placed' | 'shipping' | 'fields' | 'comment' | 'userData'>;

const o = mapping<OrderStatusInput>();
const i = mapping<OrderItemStatus>();
const p = mapping<Progress>();
const ship = mapping<NonNullable<Progress['shipping']>>();

const meaningless = { about: 'means nothing here' };

const totals = () => p.into('TotalPriceInfo?', 'totals', totals20());
const status = () => p.leaf('Status?', 'status', id('C', widths.orderStatus));
const placedAt = () => p.joined('placed', { PlacedDate: day, 'PlacedTime?': timeOfDay }, placed);
const shipping = () =>
  p.into('ShipDateReference?', 'shipping', [
    ship.leaf('RequestedShipDate?', 'requested', day),
    ship.leaf('ScheduledShipDate?', 'scheduled', day),
    ship.leaf('ActualShipDate?', 'actual', day),
  ]);
const fields = () => p.list('CustomerField*', 'fields', words('17', widths.statusField));

const header = () =>
  o.group(
    'OrderStatusHeader',
    [
      o.leaf('OrderNumberByBackend?', 'merchantOrderNumber', id('SO-2024-00871', widths.merchantNumber)),
      o.leaf('OrderNumberByNC?', 'orderId', id('12007'), { about: 'the order in the store' }),
      ignored('OrderNumberByBuyer?', meaningless),
      totals(),
      o.group(
        'RequisitionerID?',
        [ignored('@type?', { as: oneOf('NCInternal', 'logon'), preset: 'NCInternal' }), ignored('.')],
        meaningless,
      ),
      status(),
      o.group('DateTimeReference?', [
        placedAt(),
        o.joined('lastUpdateTime', { 'LastUpdateDate?': day, 'LastUpdateTime?': whole }, lastUpdate),
      ]),
      shipping(),
      fields(),
      userData(),
    ],
    {
      check: ({ orderId, merchantOrderNumber }) =>
        (orderId ?? merchantOrderNumber) === undefined
          ? { says: 'names no order', hint: 'Give OrderNumberByNC, OrderNumberByBackend, or both.' }
          : undefined,
    },
  );

const item = (): Nodes<OrderItemStatus> => [
  ignored('OrderNumberByBackend?', meaningless),
  i.leaf('ItemNumberByBackend?', 'merchantItemNumber', id('10', widths.merchantNumber)),
  ignored('OrderNumberByNC?', meaningless),
  i.leaf('ItemNumberByNC?', 'orderItemId', id('45012'), { about: 'the item in the store' }),
  i.leaf('Quantity?', 'quantities.confirmed', quantity(), { about: 'how many are confirmed' }),
  i.leaf('ItemUnitPrice?', 'unitPrice', amount('61.50')),
  totals(),
  status(),
  i.group('DateTimeReference?', [placedAt(), ignored('LastUpdateDate?', meaningless), ignored('LastUpdateTime?', meaningless)]),
  shipping(),
  i.leaf('Instruction?', 'comment', words('Bundle with brochure', widths.statusComment), { about: 'for people' }),
  fields(),
  userData(),
];

const orderStatus = framed<OrderStatusInput>(
  { verb: 'Update', noun: 'NC_OrderStatus', version: '1.0', command: orderUpdateStatus.name, control: () => [credentials()] },
  () => [
    o.group('OrderStatus', [
      header(),
      o.vector('OrderStatusItem*', 'items', item(), {
        check: ({ orderItemId, merchantItemNumber }) =>
          (orderItemId ?? merchantItemNumber) === undefined
            ? { says: 'names no item', hint: 'Give ItemNumberByNC, ItemNumberByBackend, or both.' }
            : undefined,
      }),
    ]),
  ],
);

export const ncOrderStatusBinding = bind({
  type: {
    name: 'Update_NC_OrderStatus',
    version: '1.0',
    direction: 'in',
    commands: [orderUpdateStatus],
    summary: 'Tells the status of an order; an older form of Update_WCS_OrderStatus.',
  },
  message: orderStatus,
});
