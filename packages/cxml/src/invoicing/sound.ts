import type { WireInvoiceLine } from './invoice-line.ts';
import { isOfShipping, type Partner } from './partner.ts';
import type { WireInvoice } from './wire-invoice.ts';

const ends: Partner[] = ['shipFrom', 'shipTo'].map((role) => ({ role, address: { name: 'Harbor & Pine Supply' } }));
const replaces = 'v1@shop.example';

/** A made-up invoice that keeps the rules of real ones: one order, one currency, indicators that agree with the content. */
export function soundInvoice({ orders, headerOrders, indicators: _indicators, ...rest }: WireInvoice): WireInvoice {
  const { partners, ends: given, summary, olderTerms: _older, purpose: _purpose, operation, ...own } = rest;
  const lines = orders?.[0]?.lines;
  const base = {
    ...own,
    ...(operation === 'new' ? { operation } : { operation: 'delete' as const, replaces }),
    purpose: 'standard' as const,
    ...(partners && { partners: partners.filter((each) => !isOfShipping(each)) }),
    summary: { ...summary, due: summary.due ?? summary.net },
  };
  if (lines === undefined)
    return inOneCurrency({
      ...base,
      indicators: { isHeader: true },
      headerOrders: (headerOrders ?? orders ?? []).slice(0, 1).map(headerOrder),
    });
  const sound = lines.map(soundLine);
  const isShipped = sound.some(({ shipping }) => shipping !== undefined);
  return inOneCurrency({
    ...base,
    indicators: {
      ...(sound.some(({ tax }) => tax !== undefined) && { isTaxInLine: true }),
      ...(isShipped && { isShippingInLine: true }),
    },
    ...(given && !isShipped && { ends }),
    orders: (orders ?? []).slice(0, 1).map(({ services: _services, ...order }) => ({ ...order, lines: sound })),
  });
}

type HeaderOrder = NonNullable<WireInvoice['headerOrders']>[number];

function headerOrder(order: Partial<HeaderOrder>): HeaderOrder {
  const { reference, named, subtotal = { amount: '1', currency: 'USD' } } = order;
  return { ...(reference ? { reference } : { named: named ?? { orderId: 'PO-70331' } }), place: 1, subtotal };
}

function soundLine({ shipping, ...line }: WireInvoiceLine, index: number): WireInvoiceLine {
  return { ...line, number: index + 1, ...(shipping && { shipping: { ...shipping, ends } }) };
}

function inOneCurrency<Value>(value: Value): Value {
  if (Array.isArray(value)) return value.map(inOneCurrency) as Value;
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, each]) => [key, key === 'currency' ? 'USD' : inOneCurrency(each)]);
  return Object.fromEntries(entries) as Value;
}
