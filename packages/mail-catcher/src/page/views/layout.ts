import { Markup, markup } from '@waybill/markup';
import type { KeptMails } from '../../mails/kept-mails.ts';
import { count } from './words.ts';

export interface Layout {
  readonly title: string;
  /** Whether one mail is shown beside the list, or the list alone. */
  readonly mode: 'listing' | 'reading';
  readonly query: string;
  readonly kept: KeptMails;
  readonly list: Markup;
  readonly article?: Markup | undefined;
}

// Not written within a template: what bundles the package would replace a template that holds such an end by a call to a package of its own.
const ownScript = new Markup('<script src="/script.js" defer></script>');

/** A whole page. */
export function layout({ title, mode, query, kept, list, article }: Layout): Markup {
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="icon" href="/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/style.css">
${ownScript}
${mode === 'listing' && markup`<noscript><meta http-equiv="refresh" content="10"></noscript>`}
</head>
<body class="${mode}">
<a class="skip" href="#main">Skip to content</a>
<header class="top">
<a class="brand" href="/"><img src="/icon.svg" alt="" width="28" height="28"><span>Mail catcher</span></a>
<form class="search" role="search" action="/" method="get">
<input type="search" name="q" value="${query}" placeholder="Search mails" aria-label="Search mails" aria-keyshortcuts="/" autocomplete="off" maxlength="200">
</form>
<span id="count" role="status">${countText(kept)}</span>
<form method="post" action="/delete" data-confirm="Delete all mails?"><button class="quiet">Delete all</button></form>
</header>
<main id="main">
<nav id="list" aria-label="Mails">${list}</nav>
${article}
</main>
</body>
</html>
`;
}

function countText(kept: KeptMails): string {
  const { length } = kept.all();
  return length === kept.received ? count(length, 'mail') : `${count(length, 'mail')} of ${kept.received}`;
}
