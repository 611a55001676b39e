import { type Markup, markup } from '@waybill/markup';
import type { OciCall } from '../documents/oci-call.ts';
import type { Opening } from '../profiles/profiles.ts';
import type { Requisition } from '../requisitions/requisition.ts';
import { insideLayout, layout, shoppingLayout } from './layout.ts';
import { hidden, stateOf } from './words.ts';

/** What a sandboxed frame may do: leave for the top only after a click. */
const sandbox = 'allow-scripts allow-forms allow-same-origin allow-top-navigation-by-user-activation';

/** The shop in a frame; of OCI in the whole window, the form that leads there. */
export function shoppingPage(requisition: Requisition): Markup {
  const { id, profile, session } = requisition;
  const { opening, startPage } = session;
  const title = `Shopping for ${id}`;
  const source = profile.protocol === 'oci' ? `/call/${id}` : startPage;
  if (source === undefined)
    return layout({
      title,
      main: markup`<p class="card">The shop has not said where to begin. <a href="/requisitions/${id}">Look at the requisition</a></p>`,
    });
  const state = markup`<a href="/requisitions/${id}">${id}</a>: ${stateOf(requisition)}`;
  return opening === 'top' ? layout({ title, state, main: leading(source) }) : shoppingLayout(title, state, frameOf(source, opening));
}

function leading(source: string): Markup {
  return markup`<p class="card"><a class="button" href="${source}">Go to the shop</a></p>`;
}

function frameOf(source: string, opening: Exclude<Opening, 'top'>): Markup {
  return markup`<iframe name="shop" title="The shop" src="${source}" ${opening === 'sandbox' && markup`sandbox="${sandbox}"`}></iframe>`;
}

/** The call of a catalog: a form that the browser sends, by itself where scripts run. */
export function ociCallPage({ action, method, charset, fields }: OciCall): Markup {
  return insideLayout(
    'Going to the shop',
    markup`<form data-submit method="${method.toLowerCase()}" action="${action}" accept-charset="${charset}">${fields.map(({ name, value }) => hidden(name, value))}
<p>The catalog is called.</p><button class="main">Go to the shop</button></form>`,
  );
}
