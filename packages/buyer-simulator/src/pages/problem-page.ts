import type { WaybillError } from '@waybill/contract';
import { type Markup, markup } from '@waybill/markup';
import { layout } from './layout.ts';

/** What went wrong when somebody clicked. */
export function problemPage({ message, hint, code }: WaybillError): Markup {
  const main = markup`<section class="card"><h1>It did not work</h1><p class="note bad">${message}</p><p>${hint}</p>
<p class="hint">${code}</p><a class="button" href="/">Start page</a></section>`;
  return layout({ title: 'It did not work', main });
}
