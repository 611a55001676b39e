import type { CartLine } from '@waybill/commerce';
import { type Markup, markup } from '@waybill/markup';
import { amountOf } from '../documents/order-content.ts';
import type { KeptExchanges } from '../exchanges/kept-exchanges.ts';
import type { CartPost, FollowUp, Requisition } from '../requisitions/requisition.ts';
import { exchangeList } from './exchange-list.ts';
import { layout } from './layout.ts';
import { notesOf, outcomeText, stateOf, timeOf } from './words.ts';

/** All of a requisition. */
export function requisitionPage(requisition: Requisition, exchanges: KeptExchanges): Markup {
  const { id, profile, posts, followUps } = requisition;
  const mine = exchanges.all().filter((one) => one.requisition === id);
  const main = markup`<section class="card" id="lines" data-live><h1>Requisition ${id} <span class="mark">${stateOf(requisition)}</span></h1>
<p class="hint">${profile.title} at ${requisition.shop}</p>${linesForm(requisition)}${againForms(requisition)}</section>
<div class="split"><section class="card"><h2>Carts</h2><div id="carts" data-live>${cartList(posts)}</div></section>
<section class="card"><h2>What the shop says</h2><div id="follow-ups" data-live>${followUpList(followUps)}</div></section></div>
<section class="card"><h2>Documents</h2><div id="exchanges" data-live>${exchangeList(mine)}</div></section>`;
  return layout({ title: `Requisition ${id}`, state: markup`${stateOf(requisition)}`, main });
}

function linesForm({ id, lines, total, shipping, tax, order, profile }: Requisition): Markup {
  if (lines.length === 0) return markup`<p>There is nothing in it.</p>`;
  const sums = [
    ['Shipping', shipping],
    ['Tax', tax],
    ['Total without shipping and tax', total],
  ] as const;
  const foot = sums.map(
    ([name, sum]) => sum && markup`<tr><td colspan="6">${name}</td><td class="number">${sum.amount} ${sum.currency}</td></tr>`,
  );
  const isOver = order?.state === 'canceled' || profile.protocol === 'oci';
  const heads = markup`<tr><th>Line</th><th>Part</th><th>Description</th><th class="number">Quantity</th><th>Unit</th><th class="number">Price</th><th class="number">Amount</th></tr>`;
  return markup`<form method="post" action="/requisitions/${id}/order"><div class="scroll"><table class="lines"><thead>${heads}</thead>
<tbody>${lines.map((line, place) => lineRow(line, place))}</tbody><tfoot>${foot.filter((one) => one !== undefined)}</tfoot></table></div>
<div class="actions">${!isOver && markup`<button class="main">${order ? 'Send the order as it is now' : 'Order'}</button>`}
${order && !isOver && markup`<button class="quiet" formaction="/requisitions/${id}/cancel">Cancel the order</button><button formaction="/requisitions/${id}/again">Send the last document again</button>`}</div></form>`;
}

function lineRow(line: CartLine, place: number): Markup {
  const { number = place + 1, partId, auxiliaryId, shortName, description, quantity, unit, price, priceBasis } = line;
  const per = priceBasis && ` per ${priceBasis.quantity} ${priceBasis.unit}`;
  return markup`<tr><td>${number}</td><td class="what">${partId ?? 'no part number'}<br><small class="hint">${auxiliaryId}</small></td>
<td class="what">${shortName !== undefined && shortName !== description && markup`<b>${shortName}</b><br>`}${description ?? shortName}</td>
<td class="number"><input name="quantity-${place}" inputmode="decimal" aria-label="Quantity of line ${number}" value="${quantity}"></td><td>${unit}</td>
<td class="number">${price ? `${price.amount} ${price.currency}` : ''}${per}</td><td class="number">${amountOf(line)}</td></tr>`;
}

function againForms({ id, profile, lines, order }: Requisition): Markup | undefined {
  if (profile.protocol !== 'cxml' || lines.length === 0 || order) return undefined;
  const able = profile.operations.filter((operation) => operation !== 'create');
  if (able.length === 0) return markup`<p class="hint">This procurement system does not go back to the shop with a cart.</p>`;
  const words = { edit: 'Change it in the shop', inspect: 'Look at it in the shop' };
  return markup`<div class="actions">${able.map(
    (operation) => markup`<form method="post" action="/requisitions/${id}/${operation}"><button>${words[operation]}</button></form>`,
  )}</div>`;
}

function cartList(posts: readonly CartPost[]): Markup {
  if (posts.length === 0) return markup`<p class="hint">No cart has come yet.</p>`;
  const items = posts.toReversed().map(
    ({ at, exchange, outcome, form, notes }) => markup`<li>${timeOf(at)} <b>${outcomeText(outcome)}</b> <span class="mark">${form}</span>
<a href="/exchanges/${exchange}">show</a>${notesOf(notes)}</li>`,
  );
  return markup`<ul class="plain">${items}</ul>`;
}

function followUpList(followUps: readonly FollowUp[]): Markup {
  if (followUps.length === 0) return markup`<p class="hint">Confirmations, ship notices and invoices appear here.</p>`;
  const items = followUps
    .toReversed()
    .map(({ exchange, type, summary }) => markup`<li><b>${type}</b> ${summary} <a href="/exchanges/${exchange}">show</a></li>`);
  return markup`<ul class="plain">${items}</ul>`;
}
