import { Markup, markup } from '@waybill/markup';
import { style } from './style.ts';

/** Where the pages of one visit are: each address holds what keeps the visit apart from others, since cookies may be blocked. */
export interface Places {
  readonly home: string;
  readonly cart: string;
  product(partNumber: string): string;
  /** Takes `partNumber` and `quantity`. */
  readonly add: string;
  /** Takes `partNumber` and `quantity`. */
  readonly change: string;
  /** The ways out of the shop: with the cart, with word that all lines are to be deleted, and without a change. */
  readonly out: Readonly<Record<'return' | 'empty' | 'leave', string>>;
}

/** What every page of a visit shows. */
export interface Visit {
  readonly places: Places;
  /** Proves that a form comes from a page of this visit. */
  readonly token: string;
  readonly buyer: string;
  readonly user: string;
  readonly mode: 'create' | 'edit' | 'inspect' | 'source';
  readonly test: boolean;
  /** How many lines the cart has. */
  readonly lines: number;
}

const sheet = new Markup(`<style>${style}</style>`);

/** A page of the shop for somebody who shops for a buyer. */
export function page(title: string, visit: Visit, content: Markup): Markup {
  const { places, buyer, user, lines, test } = visit;
  return markup`<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex"><meta name="referrer" content="no-referrer"><title>${title} · Harbour and Pine</title>${sheet}</head><body>
<header><div class="bar"><a class="brand" href="${places.home}">Harbour and Pine</a>
<a class="pill" href="${places.cart}" id="cart">Cart: ${lines === 1 ? '1 line' : `${lines} lines`}</a>
<span class="who">${user} for ${buyer}${test && markup` · <strong>test</strong>`}</span></div></header>
<main>${visit.mode === 'inspect' && markup`<p class="note">You are looking at a cart that cannot be changed here.</p>`}${content}</main></body></html>`;
}

/** A form that changes something. */
export function form(action: string, visit: Visit, content: Markup, kind = 'inline'): Markup {
  return markup`<form method="post" action="${action}" class="${kind}"><input type="hidden" name="form" value="${visit.token}">${content}</form>`;
}
