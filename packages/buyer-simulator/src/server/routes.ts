import { exchangePage } from '../pages/exchange-page.ts';
import { homePage } from '../pages/home-page.ts';
import { icon } from '../pages/look/icon.ts';
import { script } from '../pages/look/script.ts';
import { style } from '../pages/look/style.ts';
import { requisitionPage } from '../pages/requisition-page.ts';
import { ociCallPage, shoppingPage, sourceOf } from '../pages/shopping-page.ts';
import type { Requisition } from '../requisitions/requisition.ts';
import { act } from './actions.ts';
import { type Answer, answer, elsewhere, framedPage, notThere, page, plain } from './answer.ts';
import type { Asked } from './asked.ts';
import type { BuyerState } from './buyer-state.ts';
import { takeCart, takeDocument } from './incoming.ts';

/** Answers everything but the live part. */
export async function answerTo(asked: Asked, state: BuyerState): Promise<Answer> {
  const { method, path } = asked;
  if (method === 'GET') return withSession(showing(path, state) ?? notThere, asked, state);
  if (method !== 'POST') return plain(405, 'Only GET and POST can be used here.', { Allow: 'GET, HEAD, POST' });
  if (path === '/cart') return takeCart(asked, state);
  if (path === '/cxml') return takeDocument(asked, state);
  return act(asked, state);
}

const files: Readonly<Record<string, readonly [contentType: string, body: string]>> = {
  'style.css': ['text/css; charset=utf-8', style],
  'script.js': ['text/javascript; charset=utf-8', script],
  'icon.svg': ['image/svg+xml', icon],
};

function showing(path: string, state: BuyerState): Answer | undefined {
  const [, first = '', id = ''] = path.split('/');
  const requisition = state.requisitions.find(id);
  switch (first) {
    case '':
      return page(homePage(state));
    case 'requisitions':
      return requisition && page(requisitionPage(requisition, state.exchanges));
    case 'shopping':
      return requisition && shopping(requisition);
    case 'call':
      return requisition && framedPage(ociCallPage(state.buying.browseTo(id)));
    case 'exchanges': {
      const exchange = /^\d{1,9}$/.test(id) ? state.exchanges.get(Number(id)) : undefined;
      return exchange && page(exchangePage(exchange));
    }
    default: {
      const file = Object.hasOwn(files, first) ? files[first] : undefined;
      return file && answer(200, ...file);
    }
  }
}

/** The whole window is sent to the shop; else it is shown in a frame. */
function shopping(requisition: Requisition): Answer {
  const source = sourceOf(requisition);
  return requisition.session.opening === 'top' && source !== undefined ? elsewhere(source) : page(shoppingPage(requisition));
}

/** Pages, and ways to the shop, set the cookie of the buyer as the profile of the moment has it, where the browser has none. */
function withSession(given: Answer, { headers }: Asked, { cookie, profile, isTls }: BuyerState): Answer {
  const isPage = given.status === 303 || given.headers['Content-Type']?.startsWith('text/html');
  if (!isPage || cookie.isIn(headers.cookie)) return given;
  return { ...given, headers: { ...given.headers, 'Set-Cookie': cookie.settingFor(profile, isTls) } };
}
