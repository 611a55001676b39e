import { type Markup, markup } from '@waybill/markup';
import type { OciCall } from '../documents/oci-call.ts';
import type { Opening } from '../profiles/profiles.ts';
import type { Requisition } from '../requisitions/requisition.ts';
import { insideLayout, layout, shoppingLayout } from './layout.ts';
import { hidden, stateOf } from './words.ts';

/** What a sandboxed frame may do: leave for the top only after a click. */
const sandbox = 'allow-scripts allow-forms allow-same-origin allow-top-navigation-by-user-activation';

/** The shop in a frame. */
export function shoppingPage(requisition: Requisition): Markup {
  const { id, session } = requisition;
  const source = sourceOf(requisition);
  const title = `Shopping for ${id}`;
  const state = markup`<a href="/requisitions/${id}">${id}</a>: ${stateOf(requisition)}`;
  if (source !== undefined) return shoppingLayout(title, state, frameOf(source, session.opening));
  return layout({ title, state, main: markup`<p class="card">The shop has not said where to begin.</p>` });
}

/** Where the browser begins: the start page that the shop has named, or the form of an OCI call. */
export function sourceOf({ id, profile, session }: Requisition): string | undefined {
  return profile.protocol === 'oci' ? `/call/${id}` : session.startPage;
}

function frameOf(source: string, opening: Opening): Markup {
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
