import { type Markup, markup } from '@waybill/markup';
import type { ReturnedCart } from '../documents/cart-document.ts';
import type { Requisition } from '../requisitions/requisition.ts';
import { insideLayout } from './layout.ts';
import { count, notesOf, outcomeText } from './words.ts';

/** What a user sees who has come back from a shop: in the window, or in the frame where the shop was. */
export function cartPage({ id, lines, posts }: Requisition): Markup {
  const { outcome = 'taken', notes = [] } = posts.at(-1) ?? {};
  const text = outcomeText(outcome);
  return insideLayout(
    text,
    markup`<h1>${text}</h1><p>Requisition ${id} has ${count(lines.length, 'line')}.</p>
${notesOf(notes)}<a class="button" href="/requisitions/${id}" target="_top">Go on</a>`,
  );
}

/** Where nobody knows whose cart it is. */
export function strayCartPage({ problem, form }: ReturnedCart): Markup {
  return insideLayout(
    'Unknown cart',
    markup`<h1>Unknown cart</h1><p>No requisition is the one that this cart (${form}) is of.</p>
${problem !== undefined && notesOf([problem], 'bad')}<a class="button" href="/" target="_top">Start page</a>`,
  );
}
