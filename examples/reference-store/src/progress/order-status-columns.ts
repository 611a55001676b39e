import type { OrderItemStatus, OrderStatusInput } from '@waybill/commerce';
import type { Value } from '../database/database.ts';
import { toJson } from '../database/present.ts';

export type Columns = Readonly<Record<string, Value | undefined>>;

/** What ORDSTAT and ORDISTAT have in common. */
function progressColumns(input: OrderStatusInput | OrderItemStatus, status: string | undefined): Columns {
  const { totals, shipping, invoice } = input;
  return {
    currency: totals?.currency,
    net: totals?.net,
    tax: totals?.tax,
    shipping: totals?.shipping,
    shipping_tax: totals?.shippingTax,
    selling: totals?.selling,
    status,
    status_text: input.statusText,
    status_flag: input.statusFlag,
    placed: input.placed,
    requested: shipping?.requested,
    scheduled: shipping?.scheduled,
    actual: shipping?.actual,
    ship_condition: shipping?.condition,
    ship_level: shipping?.level,
    invoice_date: invoice?.date,
    invoice_value: invoice?.value,
    comment: input.comment,
    field1: input.fields?.[0],
    field2: input.fields?.[1],
    field3: input.fields?.[2],
    user_data: toJson(input.userData),
  };
}

/** A header as a row of `order_status`; undefined where the message says nothing. */
export function orderColumns(input: OrderStatusInput, status: string | undefined): Columns {
  return {
    merchant_order_number: input.merchantOrderNumber,
    sequence_number: input.sequenceNumber,
    last_update_time: input.lastUpdateTime,
    order_info: input.orderInfo,
    bill_to: toJson(input.billTo),
    ship_to: toJson(input.shipTo),
    purchaser: toJson(input.purchaser),
    ...progressColumns(input, status),
  };
}

/** An item as a row of `order_item_status`. */
export function itemColumns(item: OrderItemStatus): Columns {
  return {
    merchant_item_number: item.merchantItemNumber,
    serial_number: item.serialNumber,
    part_number: item.partNumber,
    quantity_requested: item.quantities?.requested,
    quantity_confirmed: item.quantities?.confirmed,
    quantity_shipped: item.quantities?.shipped,
    unit_price: item.unitPrice,
    ...progressColumns(item, item.status),
  };
}
