import { timestampOf } from '@waybill/cxml';
import type { BookedOrder } from '@waybill/procurement';
import type { Store } from '@waybill/reference-store';

/** What the shop does next about an order, in this order. */
export const steps = ['confirm', 'ship', 'invoice'] as const;
export type Step = (typeof steps)[number];

/** What is still to be done about an order; undefined when nothing is. */
export function nextStep({ state, holds, confirmations, shipments, invoices }: BookedOrder): Step | undefined {
  if (state !== 'open' || holds.length > 0) return undefined;
  if (!confirmations.some(({ discarded }) => !discarded)) return 'confirm';
  if (!shipments.some(({ deleted }) => !deleted)) return 'ship';
  return invoices.some(({ deleted }) => !deleted) ? undefined : 'invoice';
}

/** Takes a step about the whole order; the buyer is told when the store announces it. Throws a `CommandError` where the book does not allow it. */
export function take(step: Step, { buyers }: Store, order: BookedOrder, now = Date.now()): void {
  const { buyer, test, orderId } = order;
  const noticed = timestampOf(now);
  const place = { buyer, test, orderId };
  switch (step) {
    case 'confirm':
      return buyers.confirm(place, { type: 'accept', confirmationId: `C-${orderId}`, noticed });
    case 'ship':
      return buyers.ship(
        { buyer, test },
        {
          shipmentId: `S-${orderId}`,
          noticed,
          shipment: noticed,
          delivery: timestampOf(now + 3 * 24 * 60 * 60 * 1000),
          carriers: [
            { identifiers: [{ domain: 'companyName', code: 'Northline' }], tracking: [{ number: `NL${now}`, domain: 'trackingNumber' }] },
          ],
          orders: [{ orderId }],
        },
      );
    case 'invoice':
      return buyers.invoice(place, {
        invoiceId: `I-${orderId}`,
        invoiced: noticed,
        lines: order.lines.filter(({ cancelled }) => !cancelled).map(({ line }) => ({ number: line.number, quantity: line.quantity })),
      });
  }
}
