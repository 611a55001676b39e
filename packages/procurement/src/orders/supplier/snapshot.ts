import type { PurchaseOrderConfirmed } from '@waybill/commerce';
import { add, compare, subtract } from '../../exact/exact.ts';
import { type BookedOrder, headOf } from '../order.ts';
import type { LineStatus } from './confirm.ts';

/**
 * What the supplier has said to an order so far, as one confirmation that answers a question of the buyer. It changes nothing. What nobody has spoken of is `unknown`.
 */
export function statusOf(
  order: BookedOrder,
  said: Pick<PurchaseOrderConfirmed, 'payloadId' | 'noticed' | 'answers' | 'confirmationId'>,
): PurchaseOrderConfirmed {
  const { payloadId, ...rest } = said;
  const head = { ...headOf(order, payloadId), ...rest, operation: 'new' as const };
  const lines = order.lines
    .filter(({ cancelled }) => !cancelled)
    .map(({ line: { number, quantity, unit = 'EA' } }) => ({
      number,
      quantity,
      unit,
      statuses: statusesOf(order, number, quantity, unit),
    }));
  return lines.length === 0 || order.state !== 'open' ? { ...head, type: 'reject' } : { ...head, type: 'allDetail', lines };
}

function statusesOf(order: BookedOrder, number: number, quantity: string, unit: string): LineStatus[] {
  const live = order.confirmations.filter(({ discarded, type }) => !discarded && type !== 'requestToPay');
  const named = live.flatMap(({ lines }) => lines).filter((line) => line.number === number);
  const whole = live.find(({ lines, type }) => lines.length === 0 || type === 'except');
  const statuses = named.at(-1)?.statuses ?? (whole ? [{ quantity, unit, type: wordOf(whole.type) }] : []);
  const told = add('0', ...statuses.map((status) => status.quantity));
  const silent = subtract(quantity, told);
  return [
    ...statuses.map((status) => ({
      ...status,
      type: status.type === 'accept' || status.type === 'detail' ? ('allDetail' as const) : status.type,
    })),
    ...(compare(silent, '0') > 0 ? [{ quantity: silent, unit, type: 'unknown' as const }] : []),
  ];
}

function wordOf(type: PurchaseOrderConfirmed['type']): LineStatus['type'] {
  if (type === 'reject') return 'reject';
  return type === 'backordered' ? 'backordered' : 'allDetail';
}
