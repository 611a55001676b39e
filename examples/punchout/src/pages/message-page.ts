import { Markup, markup, type Markup as Page } from '@waybill/markup';
import { style } from './style.ts';

/** A page for whoever is outside of a visit. */
export function messagePage(title: string, text: string): Page {
  return markup`<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · Harbour and Pine</title>${new Markup(`<style>${style}</style>`)}</head><body>
<header><div class="bar"><span class="brand">Harbour and Pine</span></div></header><main><h1>${title}</h1><p>${text}</p></main></body></html>`;
}
