import { Markup, markup, type Markup as Page } from '@waybill/markup';
import type { BookedOrder } from '@waybill/procurement';
import { style } from '../pages/style.ts';
import { nextStep, type Step } from './steps.ts';

const words: Readonly<Record<Step, string>> = { confirm: 'Confirm', ship: 'Ship', invoice: 'Invoice' };

/** The orders of the buyers, for those who work in the shop. */
export function officePage(orders: readonly BookedOrder[], problem?: string): Page {
  return markup`<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Office · Harbour and Pine</title>${new Markup(`<style>${style}</style>`)}</head><body>
<header><div class="bar"><span class="brand">Harbour and Pine</span><span class="pill">Office</span></div></header><main><h1>Orders of buyers</h1>
${problem !== undefined && markup`<p class="note bad" role="alert">${problem}</p>`}
${orders.length === 0 ? markup`<p>No buyer has ordered yet.</p>` : tableOf(orders)}</main></body></html>`;
}

function tableOf(orders: readonly BookedOrder[]): Page {
  return markup`<table><thead><tr><th>Order</th><th>Buyer</th><th>Lines</th><th class="number">Total</th><th>State</th><th></th></tr></thead>
<tbody>${orders.map(rowOf)}</tbody></table>`;
}

function rowOf(order: BookedOrder): Page {
  const { orderId, buyer, test, lines, header } = order;
  const { amount, currency } = header.total;
  return markup`<tr><td>${orderId}${test && markup` <span class="small">test</span>`}</td><td>${buyer}</td><td>${lines.map(lineOf)}</td>
<td class="number" data-label="Total">${amount} ${currency}</td><td>${stateOf(order)}</td><td>${buttonOf(order)}</td></tr>`;
}

function lineOf({ line, cancelled }: BookedOrder['lines'][number]): Page {
  const text = `${line.quantity} × ${line.shortName ?? line.description ?? line.partId ?? 'free text'}`;
  return cancelled ? markup`<div><s>${text}</s></div>` : markup`<div>${text}</div>`;
}

function stateOf({ state, holds, confirmations, shipments, invoices }: BookedOrder): string {
  if (state !== 'open') return state === 'ended' ? 'deleted by the buyer' : 'refused';
  if (holds.length > 0) return `held: ${holds.map(({ note }) => note).join('; ')}`;
  if (invoices.length > 0) return 'invoiced';
  if (shipments.length > 0) return 'shipped';
  return confirmations.length > 0 ? 'confirmed' : 'new';
}

function buttonOf(order: BookedOrder): Page | false {
  const step = nextStep(order);
  if (step === undefined) return false;
  const { buyer, orderId, test } = order;
  return markup`<form method="post" action="/office" class="inline"><input type="hidden" name="buyer" value="${buyer}">
<input type="hidden" name="order" value="${orderId}"><input type="hidden" name="test" value="${test ? 'yes' : 'no'}">
<input type="hidden" name="step" value="${step}"><button>${words[step]}</button></form>`;
}
