import { type Markup, markup } from '@waybill/markup';
import type { CaughtMail, Envelope } from '../../mails/caught-mail.ts';
import { textOf } from '../../mails/header-lines.ts';
import { safeFileName } from '../file-name.ts';
import { sandbox } from '../frame.ts';
import { sizeText } from './words.ts';

const views = ['html', 'text', 'source', 'headers', 'attachments'] as const;

/** A way to look at a mail. */
export type View = (typeof views)[number];

/** How much of a source is shown, in bytes; the whole can be saved. */
const shownSource = 1_000_000;
const lineFeed = 10;

/** What was asked for, if the mail has it; else what says most. */
export function chosenView(mail: CaughtMail, asked: string | null): View {
  const has = views.filter((view) => isThere(mail, view));
  return has.find((view) => view === asked) ?? has[0] ?? 'source';
}

function isThere({ html, text, attachments }: CaughtMail, view: View): boolean {
  switch (view) {
    case 'html':
      return html !== undefined;
    case 'text':
      return text !== undefined;
    case 'attachments':
      return attachments.length > 0;
    case 'source':
    case 'headers':
      return true;
  }
}

export function tabs(mail: CaughtMail, current: View, parameters: URLSearchParams): Markup {
  const names: Readonly<Record<View, string>> = {
    html: 'HTML',
    text: 'Plain text',
    source: 'Source',
    headers: 'Headers',
    attachments: `Attachments (${mail.attachments.length})`,
  };
  const links = views.map((view) => {
    if (!isThere(mail, view)) return markup`<span class="absent">${names[view].replace(' (0)', '')}</span>`;
    return markup`<a href="${linkTo(mail, parameters, { view })}" ${view === current && markup`aria-current="page"`}>${names[view]}</a>`;
  });
  return markup`<nav class="tabs" aria-label="Views of the mail">${links}</nav>`;
}

function linkTo({ id }: CaughtMail, parameters: URLSearchParams, changes: Readonly<Record<string, string>>): string {
  const query = parameters.get('q');
  return `/mails/${id}?${new URLSearchParams({ ...(query && { q: query }), ...changes }).toString()}`;
}

export function contentOf(mail: CaughtMail, view: View, parameters: URLSearchParams): Markup {
  switch (view) {
    case 'html':
      return htmlOf(mail, parameters);
    case 'text':
      return markup`<pre class="content text" tabindex="0">${mail.text}</pre>`;
    case 'source':
      return sourceOf(mail);
    case 'headers':
      return headersOf(mail);
    case 'attachments':
      return attachmentsOf(mail);
  }
}

/** What a mail would load from elsewhere; that a link leads there is not meant. */
const loading = /(?:\b(?:src|srcset|background|poster)\s*=|url\(|@import|<link\b)[^>]{0,300}?(?:https?:)?\/\//i;

function htmlOf(mail: CaughtMail, parameters: URLSearchParams): Markup {
  const remote = parameters.has('remote');
  const load = markup`<p class="hint">Pictures and styles from elsewhere are not loaded. <a href="${linkTo(mail, parameters, { view: 'html', remote: '1' })}">Load them</a></p>`;
  const loaded = markup`<p class="hint">Pictures and styles from elsewhere are loaded. <a href="${linkTo(mail, parameters, { view: 'html' })}">Without them</a></p>`;
  return markup`${remote ? loaded : loading.test(mail.html ?? '') && load}
<iframe class="content" title="The mail as HTML" sandbox="${sandbox}" referrerpolicy="no-referrer" src="/mails/${mail.id}/html${remote && '?remote=1'}"></iframe>`;
}

function sourceOf({ source }: CaughtMail): Markup {
  const shown =
    source.byteLength <= shownSource ? source : source.subarray(0, source.lastIndexOf(lineFeed, shownSource) + 1 || shownSource);
  const rest = source.byteLength - shown.byteLength;
  const more = markup`<p class="hint">The first ${sizeText(shown.byteLength)} are shown; ${sizeText(rest)} more are in what can be saved.</p>`;
  return markup`${rest > 0 && more}<pre class="content" tabindex="0">${textOf(shown)}</pre>`;
}

function headersOf({ headers, envelope }: CaughtMail): Markup {
  return markup`<div class="content" tabindex="0">
<h2>Said by SMTP</h2>
<table class="pairs">${envelopeRows(envelope).map(([name, value]) => pair(name, value))}</table>
<h2>Headers</h2>
<table class="pairs">${headers.map(({ name, value }) => pair(name, value))}</table>
</div>`;
}

function envelopeRows(envelope: Envelope): readonly (readonly [name: string, value: string])[] {
  const { from, to, envelopeId, returned, is8Bit, isUtf8, login, isEncrypted, helo } = envelope;
  const recipients = to.map(({ address, notify, original }) => {
    const more = [notify.length > 0 && `NOTIFY=${notify.join(',')}`, original !== undefined && `ORCPT=${original}`].filter(Boolean);
    return ['RCPT TO', [`<${address}>`, ...more].join(' ')] as const;
  });
  const announced = [is8Bit && 'BODY=8BITMIME', isUtf8 && 'SMTPUTF8', returned && `RET=${returned}`, envelopeId && `ENVID=${envelopeId}`];
  return [
    ['HELO', helo],
    ['TLS', isEncrypted ? 'yes' : 'no'],
    ['AUTH', login ?? 'none'],
    ['MAIL FROM', [`<${from}>`, ...announced.filter(Boolean)].join(' ')],
    ...recipients,
  ];
}

function pair(name: string, value: string): Markup {
  return markup`<tr><th scope="row">${name}</th><td><bdi>${value}</bdi></td></tr>\n`;
}

function attachmentsOf({ id, attachments }: CaughtMail): Markup {
  const rows = attachments.map(({ name, contentType, contentId, content }, place) => {
    const link = markup`<a href="/mails/${id}/attachments/${place + 1}" download><bdi>${safeFileName(name, place + 1)}</bdi></a>`;
    return markup`<li>${link}<span>${contentType}</span>${contentId !== undefined && markup`<span>in the text as <code>${contentId}</code></span>`}<span>${sizeText(content.byteLength)}</span></li>\n`;
  });
  return markup`<ul class="content files">${rows}</ul>`;
}
