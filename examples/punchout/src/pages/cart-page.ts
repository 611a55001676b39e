import { type Markup, markup } from '@waybill/markup';
import type { Product } from '../catalog/catalog.ts';
import { form, page, type Visit } from './layout.ts';

/** A line of the cart as it is shown. */
export interface ShownLine {
  readonly product: Product;
  readonly quantity: string;
  /** Price of the line, exact. */
  readonly total: string;
}

export interface ShownCart {
  readonly lines: readonly ShownLine[];
  readonly total: string;
  readonly currency: string;
}

/** The cart, and the ways out of the shop. */
export function cartPage(cart: ShownCart, visit: Visit): Markup {
  return page(
    'Cart',
    visit,
    markup`<h1>Your cart</h1>
${cart.lines.length === 0 ? markup`<p>Nothing is in it yet.</p>` : tableOf(cart, visit)}
<div class="actions">${waysOut(cart, visit)}<a class="button second" href="${visit.places.home}">Go on shopping</a></div>`,
  );
}

function tableOf({ lines, total, currency }: ShownCart, visit: Visit): Markup {
  return markup`<table><thead><tr><th>Product</th><th class="number">Price</th><th>Quantity</th><th class="number">Total</th></tr></thead>
<tbody>${lines.map((line) => rowOf(line, visit))}</tbody>
<tfoot><tr><td colspan="3">Without tax and shipping</td><td class="number">${total} ${currency}</td></tr></tfoot></table>`;
}

function rowOf({ product, quantity, total }: ShownLine, visit: Visit): Markup {
  const { partNumber, name, price, currency } = product;
  return markup`<tr><td><a href="${visit.places.product(partNumber)}">${name}</a><br><span class="small">${partNumber}</span></td>
<td class="number" data-label="Price">${price} ${currency}</td><td>${quantityOf(product, quantity, visit)}</td>
<td class="number" data-label="Total">${total} ${currency}</td></tr>`;
}

function quantityOf({ partNumber, name }: Product, quantity: string, visit: Visit): Markup | string {
  if (visit.mode === 'inspect') return quantity;
  return form(
    visit.places.change,
    visit,
    markup`<input type="hidden" name="partNumber" value="${partNumber}">
<input type="number" name="quantity" value="${quantity}" min="0" max="9999" aria-label="How many: ${name}"><button class="second">Change</button>`,
  );
}

function waysOut({ lines }: ShownCart, visit: Visit): readonly Markup[] {
  const { mode, places, buyer } = visit;
  const out = (place: string, text: string, kind: string) => form(place, visit, markup`<button class="${kind}">${text}</button>`);
  const leave = out(places.out.leave, mode === 'create' ? `Back to ${buyer} without a cart` : 'Leave the cart as it was', 'second');
  if (mode === 'inspect') return [leave];
  const back = lines.length > 0 ? [out(places.out.return, `Take the cart to ${buyer}`, 'main')] : [];
  return [
    ...back,
    ...(mode === 'edit' && lines.length === 0 ? [out(places.out.empty, 'Take the empty cart back: delete all lines', 'second')] : []),
    leave,
  ];
}
