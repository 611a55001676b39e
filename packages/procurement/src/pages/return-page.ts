import { type Markup, markup } from '@waybill/markup';
import type { ReturnForm } from '../carts/cart.ts';
import type { Returned, Verb } from '../sessions/session.ts';
import { messagePage, notesList } from './message-page.ts';
import { type Page, pageOf, type Surroundings } from './page.ts';
import { returnScript } from './return-script.ts';
import type { PageTexts, Said } from './texts.ts';

/**
 * The page that brings the cart back. The first look at it may submit by itself; a later one (reload, back, a second tab) shows the same document and waits for a
 * person. All fields stand in front of the button: whoever can press it sends all of them, however slowly the page comes in.
 */
export function returnPage(around: Surroundings, { verb, form, warnings }: Returned, isFirstLook: boolean): Page {
  const { texts } = around;
  if (!form) return messagePage(around, { said: texts.nothingToPost });
  const said = isFirstLook ? wordsFor(verb, texts) : texts.returned;
  const automatic = isFirstLook ? 'yes' : 'no';
  const body = markup`<h1>${said.title}</h1>
<p>${said.text}</p>
${warnings.length > 0 && markup`<p>${texts.warnings}</p>`}
${notesList(warnings, texts)}
<div class="choices"><button class="button first" id="go" form="cart" data-target="${form.target}" data-automatic="${automatic}">${said.go}</button></div>
<p id="wait" role="status" hidden>${texts.returning.wait}</p>`;
  return pageOf(around, { title: said.title, before: formMarkup(form), body, script: returnScript });
}

/** Item fields without anything to see: the answer to a search in the background, which a program reads. */
export function fieldsPage(around: Surroundings, form: ReturnForm): Page {
  return pageOf(around, { title: '', before: formMarkup(form), body: markup`` });
}

function wordsFor(verb: Verb, texts: PageTexts): Said & { readonly go: string } {
  switch (verb) {
    case 'return':
      return texts.returning;
    case 'empty':
      return texts.emptying;
    case 'leave':
      return texts.leaving;
  }
}

function formMarkup({ action, target, charset, fields }: ReturnForm): Markup {
  const inputs = fields.map(
    ({ name, value }) => markup`<input type="hidden" name="${name}" value="${value}">
`,
  );
  return markup`<form id="cart" method="post" action="${action}" target="${target}" accept-charset="${charset}" autocomplete="off">
${inputs}</form>
`;
}
