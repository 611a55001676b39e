import type { ReturnForm } from '../carts/cart.ts';
import type { Returned, Verb } from '../sessions/session.ts';
import { escaped } from './escape.ts';
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
  const body = [
    `<h1>${escaped(said.title)}</h1>`,
    `<p>${escaped(said.text)}</p>`,
    warnings.length > 0 ? `<p>${escaped(texts.warnings)}</p>\n${notesList(warnings, texts)}` : '',
    `<div class="actions"><button class="first" id="go" form="cart" data-target="${escaped(form.target)}" data-automatic="${isFirstLook ? 'yes' : 'no'}">${escaped(said.go)}</button></div>`,
    `<p id="wait" role="status" hidden>${escaped(texts.returning.wait)}</p>`,
  ];
  return pageOf(around, {
    title: said.title,
    before: formOf(form),
    body: body.filter((each) => each !== '').join('\n'),
    script: returnScript,
  });
}

/** Item fields without anything to see: the answer to a search in the background, which a program reads. */
export function fieldsPage(around: Surroundings, form: ReturnForm): Page {
  return pageOf(around, { title: '', before: formOf(form), body: '' });
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

function formOf({ action, target, charset, fields }: ReturnForm): string {
  const inputs = fields.map(({ name, value }) => `<input type="hidden" name="${escaped(name)}" value="${escaped(value)}">`);
  return `<form id="cart" method="post" action="${escaped(action)}" target="${escaped(target)}" accept-charset="${escaped(charset)}" autocomplete="off">
${inputs.join('\n')}
</form>
`;
}
