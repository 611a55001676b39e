import { type Markup, markup } from '@waybill/markup';
import type { CaughtMail } from '../../mails/caught-mail.ts';
import type { KeptMails } from '../../mails/kept-mails.ts';
import { found } from '../search.ts';
import { layout } from './layout.ts';
import { mailList } from './mail-list.ts';
import { chosenView, contentOf, tabs } from './mail-views.ts';
import { fullTimeText, people, sizeText, timeOf } from './words.ts';

/** One mail, and the list beside it. */
export function mailPage(mail: CaughtMail, kept: KeptMails, parameters: URLSearchParams): Markup {
  const query = parameters.get('q') ?? '';
  const asked = parameters.get('view') ?? undefined;
  const list = mailList(found(kept.all(), query), { current: mail.id, query, view: asked });
  const article = articleOf(mail, parameters);
  return layout({ title: `${mail.subject || 'no subject'} – Mail catcher`, mode: 'reading', query, kept, list, article });
}

/** Where a mail was that is gone. */
export function gonePage(kept: KeptMails, parameters: URLSearchParams): Markup {
  const query = parameters.get('q') ?? '';
  const list = mailList(found(kept.all(), query), { current: undefined, query, view: undefined });
  const article = markup`<article class="nothing"><p><b>This mail is not here any more.</b></p><p><a href="/">Show all mails</a></p></article>`;
  return layout({ title: 'Gone – Mail catcher', mode: 'reading', query, kept, list, article });
}

function articleOf(mail: CaughtMail, parameters: URLSearchParams): Markup {
  const { id, subject, source, problem } = mail;
  const view = chosenView(mail, parameters.get('view'));
  const query = parameters.get('q') ?? '';
  const back = query === '' ? '/' : `/?q=${encodeURIComponent(query)}`;
  return markup`<article>
<p class="back"><a href="${back}">← All mails</a></p>
<div class="head">
<h1>${subject === '' ? markup`<i>no subject</i>` : markup`<bdi>${subject}</bdi>`}</h1>
<div class="actions"><a class="button" href="/mails/${id}/source" download>Save (${sizeText(source.byteLength)})</a>
<form method="post" action="/mails/${id}/delete"><button class="quiet">Delete</button></form></div>
</div>
<dl class="people">${rows(mail)}</dl>
${problem !== undefined && markup`<p class="warning" role="alert">This mail could not be read to its end (${problem}). The source has all of it.</p>`}
${tabs(mail, view, parameters)}
${contentOf(mail, view, parameters)}
</article>`;
}

function rows({ from, to, cc, replyTo, receivedAt, envelope }: CaughtMail): readonly Markup[] {
  const named = new Set([...to, ...cc].map(({ address }) => address.toLowerCase()));
  const hidden = envelope.to.filter(({ address }) => !named.has(address.toLowerCase())).map(({ address }) => ({ name: '', address }));
  return [
    row('From', people(from)),
    row('To', people(to)),
    row('Cc', people(cc)),
    row(named.size === 0 ? 'Sent to' : 'Also sent to', people(hidden)),
    row('Reply to', people(replyTo)),
    row('Bounces to', envelope.from === '' ? [markup`<i>nobody</i>`] : people([{ name: '', address: envelope.from }])),
    row('Received', [timeOf(receivedAt, fullTimeText(receivedAt))]),
  ].filter((one) => one !== undefined);
}

function row(name: string, values: readonly Markup[]): Markup | undefined {
  return values.length === 0 ? undefined : markup`<dt>${name}</dt><dd>${values}</dd>\n`;
}
