import { Markup, markup } from '@waybill/markup';

// Not written within a template: what bundles the package would replace a template that holds such an end by a call to a package of its own.
const ownScript = new Markup('<script src="/script.js" defer></script>');

export interface Layout {
  readonly title: string;
  /** What stands at the right of the head. */
  readonly state?: Markup | undefined;
  readonly main: Markup;
}

/** A whole page. */
export function layout({ title, state, main }: Layout): Markup {
  return whole(title, 'page', markup`${head(state)}<main>${main}</main>`);
}

/** A page with a shop in it. */
export function shoppingLayout(title: string, state: Markup, frame: Markup): Markup {
  return whole(title, 'shopping', markup`${head(state)}<div class="frame">${frame}</div>`);
}

/** A small page that may stand in a frame. */
export function insideLayout(title: string, main: Markup): Markup {
  return whole(title, 'inside', markup`<main>${main}</main>`);
}

function head(state: Markup | undefined): Markup {
  return markup`<header class="top"><a class="brand" href="/"><img src="/icon.svg" alt="" width="28" height="28"><span>Buyer simulator</span></a>
<span class="state" id="state" data-live role="status">${state}</span></header>`;
}

function whole(title: string, kind: string, body: Markup): Markup {
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} – Buyer simulator</title>
<link rel="icon" href="/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/style.css">
${ownScript}
</head>
<body class="${kind}">
${body}
</body>
</html>
`;
}
