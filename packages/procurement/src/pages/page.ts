import { randomBytes } from 'node:crypto';
import { Markup, markup } from '@waybill/markup';
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
  readonly body: Markup;
  /** In front of what is shown: a form without anything to see. */
  readonly before?: Markup;
  readonly script?: string;
}

/** Puts a page together. It loads nothing from anywhere, and works without its script. */
export function pageOf({ texts, store, test }: Surroundings, { title, body, before, script }: Parts): Page {
  const nonce = randomBytes(16).toString('base64url');
  const { text } = markup`<!doctype html>
<html lang="${texts.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="robots" content="noindex">
<title>${store === '' ? title : `${title} · ${store}`}</title>
<style nonce="${nonce}">${new Markup(style)}</style>
</head>
<body>
${before}<main>
${store !== '' && markup`<p class="store">${store}</p>`}
${test && markup`<p class="test">${texts.test}</p>`}
${body}
</main>
${script !== undefined && scriptOf(nonce, script)}
</body>
</html>
`;
  return { html: text, nonce };
}

/** No template: the bundler would lower one that ends a script, and look for a helper that nobody installs. The nonce is our own. */
function scriptOf(nonce: string, script: string): Markup {
  return new Markup(`<script nonce="${nonce}">${script}</script>`);
}
