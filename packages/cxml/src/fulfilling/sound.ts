import type { ConfirmedLine, LineStatus, WireConfirmed } from './confirmed.ts';
import type { Shipped, WireShipped } from './shipped.ts';

// Made-up documents keep the rules of real ones: what does not fit is changed or left out.

/** A confirmation that buyers take. */
export function soundConfirmation({ type: _type, operation, replaces = 'v1@shop.example', lines, ...rest }: WireConfirmed): WireConfirmed {
  const order = { ...rest, orderPayloadId: rest.orderPayloadId ?? 'p1@buy.example' };
  const version = operation === 'new' ? { operation } : { operation: 'update' as const, replaces };
  if (lines === undefined) return { ...order, ...version, type: 'accept' };
  return { ...order, ...version, type: 'detail', lines: lines.map((line, index) => soundLine(line, index + 1)) };
}

function soundLine({ statuses, ...line }: ConfirmedLine, number: number): ConfirmedLine {
  return { ...line, number, statuses: statuses.map(soundStatus) };
}

function soundStatus(status: LineStatus): LineStatus {
  const { substitute, price, tax, shipping, ...rest } = status;
  if (substitute !== undefined) return { ...rest, type: 'detail', substitute };
  const isTold = [price, tax, shipping, rest.delivery].some((each) => each !== undefined);
  return { ...status, type: isTold ? 'detail' : 'accept' };
}

/** A ship notice that buyers take. */
export function soundNotice({ operation, replaces = 'v1@shop.example', orders = [], carriers, ...rest }: WireShipped): WireShipped {
  const version = operation === 'new' ? { operation } : { operation, replaces };
  const named = orders.length > 0 ? orders : [{ orderId: 'PO-70331' }];
  const its = named.map((order, index) => soundOrder(order, `PO-${index + 1}`));
  const starts = '2026-09-28T15:00:00-04:00';
  const ways = carriers?.map(({ starts: _starts, ...way }, index) => (index === 0 ? way : { ...way, starts }));
  return { ...rest, ...version, orders: its, ...(ways && { carriers: ways }) };
}

function soundOrder({ lines, ...order }: Shipped['orders'][number], orderId: string): Shipped['orders'][number] {
  const numbered = lines?.map((line, index) => ({ ...line, number: index + 1 }));
  return { ...order, orderId, orderPayloadId: order.orderPayloadId ?? 'p1@buy.example', ...(numbered && { lines: numbered }) };
}
