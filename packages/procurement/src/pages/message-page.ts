import { type Markup, markup } from '@waybill/markup';
import type { CartNote } from '../carts/cart.ts';
import { type Page, pageOf, type Surroundings } from './page.ts';
import type { PageTexts, Said } from './texts.ts';

/** Something to press: a link, or a form that posts a token of the session. The first one stands out. */
export type Choice =
  | { readonly label: string; readonly to: string }
  | { readonly label: string; readonly post: string; readonly token: string };

interface Message {
  readonly said: Said;
  readonly notes?: readonly CartNote[];
  readonly choices?: readonly Choice[];
}

/** A page that says something, with what can be done next. */
export function messagePage(around: Surroundings, { said, notes = [], choices = [] }: Message): Page {
  const body = markup`<h1>${said.title}</h1>
<p>${said.text}</p>
${notesList(notes, around.texts)}
${choices.length > 0 && markup`<div class="choices">${choices.map(choiceMarkup)}</div>`}`;
  return pageOf(around, { title: said.title, body });
}

/** What is to be said of the lines of a cart, if anything is. */
export function notesList(notes: readonly CartNote[], texts: PageTexts): Markup | undefined {
  if (notes.length === 0) return undefined;
  const items = notes.map(({ line, field, what }) => {
    const where = line === undefined ? field : `${texts.line} ${line}: ${field}`;
    return markup`<li><b>${where}</b> ${what}</li>`;
  });
  return markup`<ul>${items}</ul>`;
}

function choiceMarkup(choice: Choice, index: number): Markup {
  const look = index === 0 ? 'button first' : 'button';
  if ('to' in choice) return markup`<a class="${look}" href="${choice.to}">${choice.label}</a>`;
  return markup`<form method="post" action="${choice.post}"><input type="hidden" name="form" value="${choice.token}"><button class="${look}">${choice.label}</button></form>`;
}
