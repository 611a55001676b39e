import { randomBytes } from 'node:crypto';
import { escaped } from './escape.ts';
import { style } from './style.ts';
import type { PageTexts } from './texts.ts';

/** A page, and what its policy has to let through. */
export interface Page {
  readonly html: string;
  /** Of the style and the script of this one page. */
  readonly nonce: string;
}

/** What every page of the service has. */
export interface Surroundings {
  readonly texts: PageTexts;
  /** The name of the store; empty: none is shown. */
  readonly store: string;
  readonly test: boolean;
}

interface Parts {
  readonly title: string;
  /** HTML, of which every foreign text has been escaped. */
  readonly body: string;
  /** HTML in front of what is shown: a form without anything to see. */
  readonly before?: string;
  readonly script?: string;
}

/** Puts a page together. It loads nothing from anywhere, and works without its script. */
export function pageOf({ texts, store, test }: Surroundings, { title, body, before = '', script }: Parts): Page {
  const nonce = randomBytes(16).toString('base64url');
  const html = `<!doctype html>
<html lang="${escaped(texts.language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="robots" content="noindex">
<title>${escaped(store === '' ? title : `${title} · ${store}`)}</title>
<style nonce="${nonce}">${style}</style>
</head>
<body>
${before}<main>
${store === '' ? '' : `<p class="store">${escaped(store)}</p>\n`}${test ? `<p class="test">${escaped(texts.test)}</p>\n` : ''}${body}
</main>
${script === undefined ? '' : `<script nonce="${nonce}">${script}</script>\n`}</body>
</html>
`;
  return { html, nonce };
}
