import { setTimeout as pause } from 'node:timers/promises';
import { answerToSupplier } from '../documents/answer-text.ts';
import { cxmlCart, ociCart, type ReturnedCart } from '../documents/cart-document.ts';
import { aboutOf, receivedDocument, summaryOf } from '../documents/received-document.ts';
import { concealed } from '../exchanges/shown-text.ts';
import { cartPage, strayCartPage } from '../pages/cart-page.ts';
import type { Requisition } from '../requisitions/requisition.ts';
import { withCart } from '../requisitions/take-cart.ts';
import { type Answer, answer, framedPage } from './answer.ts';
import type { Asked } from './asked.ts';
import type { BuyerState } from './buyer-state.ts';

/** A cart that a browser brings: `/cart`. */
export async function takeCart(asked: Asked, state: BuyerState): Promise<Answer> {
  const at = Date.now();
  const { requisitions, exchanges, cookie } = state;
  const named = requisitions.find(requisitionNamed(asked));
  const cart = readCart(asked, named);
  const withSession = cookie.isIn(asked.headers.cookie);
  const found = (cart.cookie === undefined ? undefined : requisitions.byCookie(cart.cookie)) ?? named;
  const isOci = cart.form === 'OCI fields';
  const { id } = exchanges.add({
    ...wire(asked),
    by: 'browser',
    what: isOci ? 'OCI return' : 'PunchOutOrderMessage',
    request: { contentType: `${asked.contentType}${isOci ? '' : `: ${cart.form}`}`, text: concealed(cart.text) },
    requisition: found?.id,
    problem: found ? cart.problem : (cart.problem ?? 'No requisition has this BuyerCookie.'),
    notes: [...cart.notes, ...(withSession ? [] : ['It came without the session cookie of the buyer.'])],
  });
  const taken = found && requisitions.change(found.id, withCart(found, cart, { at, exchange: id, withSession }));
  await pause(state.manners.cartDelay, undefined, { signal: state.closing }).catch(() => undefined);
  const outcome = taken ? framedPage(cartPage(taken)) : framedPage(strayCartPage(cart), 400);
  exchanges.complete(id, {
    answer: { contentType: 'text/html', text: 'A page for the user.', status: outcome.status, headers: {} },
    took: Date.now() - at,
    status: taken?.posts.at(-1)?.outcome,
    problem: exchanges.get(id)?.problem,
  });
  return outcome;
}

/** OCI splits the query of the return address off into hidden fields; a form of cXML keeps it in the address. */
function requisitionNamed({ query, body, contentType }: Asked): string {
  const inQuery = query.get('requisition');
  if (inQuery !== null || !contentType.startsWith('application/x-www-form-urlencoded')) return inQuery ?? '';
  return new URLSearchParams(Buffer.from(body).toString('latin1')).get('requisition') ?? '';
}

function readCart({ body, contentType }: Asked, requisition: Requisition | undefined): ReturnedCart {
  const profile = requisition?.profile;
  return profile?.protocol === 'oci' ? ociCart(body, profile.charset) : cxmlCart(body, contentType);
}

/** A document of a shop: `/cxml`. */
export async function takeDocument(asked: Asked, state: BuyerState): Promise<Answer> {
  const at = Date.now();
  const { requisitions, exchanges, manners, secret } = state;
  const { text, document, attachments, refusal } = receivedDocument(asked.body, asked.contentType, secret);
  const { orderId, payloadId } = document ? aboutOf(document) : {};
  const about = (orderId && requisitions.byOrder(orderId)) || (payloadId && requisitions.byPayloadId(payloadId)) || undefined;
  const notes = [...(document?.warnings ?? []), ...attachments.map((name) => `With the file ${name}.`)];
  if (document && !about) notes.push('No order of the buyer is the one that it speaks of.');
  const what = document?.type ?? 'a document';
  const { id } = exchanges.add({
    ...wire(asked),
    by: 'http',
    what,
    request: { contentType: asked.contentType, text: concealed(text) },
    requisition: about?.id,
    problem: refusal && `${refusal.text}${refusal.detail ? `: ${refusal.detail}` : ''}`,
    notes,
  });
  await pause(manners.answerDelay, undefined, { signal: state.closing }).catch(() => undefined);
  const { http, contentType, body, status } = answerToSupplier(manners.answer, refusal);
  if (about && document && !refusal) {
    const followUp = { exchange: id, type: what, summary: summaryOf(document) };
    requisitions.change(about.id, { followUps: [...requisitions.get(about.id).followUps, followUp] });
  }
  const problem = exchanges.get(id)?.problem;
  exchanges.complete(id, { answer: { contentType, text: body, status: http, headers: {} }, took: Date.now() - at, status, problem });
  return answer(http, contentType, body);
}

/** What is to be seen of the wire. Cookies are nobody's business. */
function wire({ origin, path, query, method, headers }: Asked) {
  const shown = ['origin', 'referer', 'sec-fetch-site', 'sec-fetch-dest', 'sec-fetch-user', 'user-agent', 'content-length'];
  const kept = shown.flatMap((name) => (headers[name] === undefined ? [] : [[name, String(headers[name])] as const]));
  const search = query.size === 0 ? '' : `?${query.toString()}`;
  return { direction: 'received', method, url: `${origin}${path}${search}`, headers: Object.fromEntries(kept) } as const;
}
