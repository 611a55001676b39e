import type { CartNote } from '../carts/cart.ts';
import { escaped } from './escape.ts';
import { type Page, pageOf, type Surroundings } from './page.ts';
import type { PageTexts, Said } from './texts.ts';

/** Something to press: a link, or a form that posts a token of the session. The first one stands out. */
export type Action =
  | { readonly label: string; readonly to: string }
  | { readonly label: string; readonly post: string; readonly token: string };

interface Message {
  readonly said: Said;
  readonly notes?: readonly CartNote[];
  readonly actions?: readonly Action[];
}

/** A page that says something, with what can be done next. */
export function messagePage(around: Surroundings, { said, notes = [], actions = [] }: Message): Page {
  const body = [
    `<h1>${escaped(said.title)}</h1>`,
    `<p>${escaped(said.text)}</p>`,
    notes.length > 0 ? notesList(notes, around.texts) : '',
    actions.length > 0 ? `<div class="actions">${actions.map(actionOf).join('\n')}</div>` : '',
  ];
  return pageOf(around, { title: said.title, body: body.filter((each) => each !== '').join('\n') });
}

/** What is to be said of the lines of a cart. */
export function notesList(notes: readonly CartNote[], texts: PageTexts): string {
  const items = notes.map(({ line, field, what }) => {
    const where = line === undefined ? field : `${texts.line} ${line}: ${field}`;
    return `<li><b>${escaped(where)}</b>${escaped(what)}</li>`;
  });
  return `<ul>${items.join('\n')}</ul>`;
}

function actionOf(action: Action, index: number): string {
  const look = index === 0 ? 'first' : '';
  if ('to' in action) return `<a class="button ${look}" href="${escaped(action.to)}">${escaped(action.label)}</a>`;
  return `<form method="post" action="${escaped(action.post)}"><input type="hidden" name="form" value="${escaped(action.token)}"><button class="${look}">${escaped(action.label)}</button></form>`;
}
