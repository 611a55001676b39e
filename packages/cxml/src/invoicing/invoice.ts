import type { Conversion } from '@waybill/mapping';
import { Problem } from '@waybill/values';
import { defineDocument } from '../envelope/definition.ts';
import { oneComment } from '../parts/comment.ts';
import { present } from '../parts/texts.ts';
import { lineOf, lineOnWire } from './invoice-line.ts';
import { indicatorProblem, invoiceProblem } from './invoice-rules.ts';
import type { Invoiced } from './invoiced.ts';
import { isOfShipping } from './partner.ts';
import { soundInvoice } from './sound.ts';
import { type WireInvoice, wireInvoice } from './wire-invoice.ts';

/** What the content says by itself, the indicators among it, is never set by hand. */
const asInvoiced: Conversion<WireInvoice, Invoiced> = {
  read: (wire) => indicatorProblem(wire) ?? read(wire),
  write: (invoiced) => invoiceProblem(invoiced) ?? onWire(invoiced),
  sound: soundInvoice,
};

function read(wire: WireInvoice): Invoiced | Problem {
  const { indicators: _indicators, orders = [], headerOrders = [], partners = [], ends, terms, olderTerms, comments = [], ...own } = wire;
  const [order, second] = [...orders, ...headerOrders];
  if (second !== undefined) return new Problem('speaks of several orders', 'Send an invoice for each order.');
  if (orders[0]?.services !== undefined) return new Problem('has lines of services, which are not known here');
  const lines = orders[0]?.lines;
  const shipping = ends ?? lines?.find((line) => line.shipping?.ends !== undefined)?.shipping?.ends ?? [];
  const all = [...partners, ...shipping];
  const remarks = [...comments, ...(headerOrders[0]?.comments ?? [])];
  return present({
    ...own,
    ...(order?.reference ?? order?.named),
    partners: all.length > 0 ? all : undefined,
    paymentDays: longest([...(terms ?? []), ...(olderTerms ?? [])]),
    comments: remarks.length > 0 ? remarks : undefined,
    lines: lines?.map(lineOf),
  }) as Invoiced;
}

/** The other terms are for those who pay earlier, with a discount. */
function longest(days: readonly string[]): string | undefined {
  return days.toSorted((one, other) => Number(other) - Number(one))[0];
}

function onWire(invoiced: Invoiced): WireInvoice {
  const { orderId, ordered, orderPayloadId, partners = [], paymentDays, comments, lines = [], summary, ...rest } = invoiced;
  const named = present({ orderId, ordered });
  const info = orderPayloadId === undefined ? { named } : { reference: { ...named, orderPayloadId } };
  const isHeader = lines.length === 0;
  const isShippingInLine = lines.some(({ shipping }) => shipping !== undefined);
  const ends = partners.filter(isOfShipping);
  const others = partners.filter((each) => !isOfShipping(each));
  return present({
    ...rest,
    indicators: present({
      isHeader: isHeader ? true : undefined,
      isTaxInLine: lines.some(({ tax }) => tax !== undefined) ? true : undefined,
      isShippingInLine: isShippingInLine ? true : undefined,
    }),
    partners: others.length > 0 ? others : undefined,
    ends: ends.length > 0 && !isShippingInLine ? ends : undefined,
    terms: paymentDays === undefined ? undefined : [paymentDays],
    comments: oneComment(comments),
    orders: isHeader ? undefined : [{ ...info, lines: lines.map((line) => lineOnWire(line, ends)) }],
    headerOrders: isHeader ? [{ ...info, place: 1, subtotal: summary.subtotal }] : undefined,
    summary: withDue(summary, rest.purpose),
  }) as WireInvoice;
}

/** What is given back or claimed afterwards has to say what is due; where nothing was paid before, that is the net amount. */
function withDue(summary: Invoiced['summary'], purpose: Invoiced['purpose']): Invoiced['summary'] {
  if (purpose === 'standard' || summary.due !== undefined) return summary;
  return { ...summary, due: summary.net };
}

/** reference/procurement-messages.md, section 3.10. */
export const invoiceDetailRequest = defineDocument<Invoiced, WireInvoice>({
  kind: 'request',
  type: 'InvoiceDetailRequest',
  module: 'InvoiceDetail',
  summary: 'The supplier wants money for an order, or gives some back.',
  holds: 'event',
  nodes: wireInvoice,
  converts: asInvoiced,
});
