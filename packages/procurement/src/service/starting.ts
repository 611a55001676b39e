import type { IncomingMessage, ServerResponse } from 'node:http';
import { messagePage } from '../pages/message-page.ts';
import { languageFrom } from '../pages/texts.ts';
import { cookieNameOf, digestOf, newKey } from '../sessions/keys.ts';
import type { PunchoutSession } from '../sessions/session.ts';
import type { Entrance } from '../sessions/session-store.ts';
import { sessionCookie } from './http/cookies.ts';
import { isLookingAhead } from './http/probes.ts';
import { sendNothing, sendOn, sendPage } from './http/responses.ts';
import { ancestorsOf, surroundings, type Workings } from './workings.ts';

/**
 * Serves a start address. The first visit of a browser uses it up, and is sent on into the session, whose key is a new one. Not a visit: HEAD, a browser that fetches
 * ahead, and, where the buyer has a button in front, anything but a press on it.
 */
export async function serveStart(workings: Workings, key: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { method } = request;
  if (method === 'HEAD') return sendNothing(response, 200);
  if (method !== 'GET' && method !== 'POST') return sendNothing(response, 405, { allow: 'GET, POST' });
  // An answer that is no success is not kept by the browser for the visit that may follow.
  if (isLookingAhead(request)) return sendNothing(response, 503);
  const language = languageFrom(request.headers['accept-language'], workings.texts);
  const waiting = await workings.sessions.waiting(digestOf(key), workings.now());
  const buyer = waiting && (await workings.partners.buyer(waiting.buyer));
  if (waiting && buyer?.startPage === 'button' && method === 'GET') {
    const around = surroundings(workings, language, waiting.test);
    const { start } = around.texts;
    const page = messagePage(around, { said: start, choices: [{ label: start.go, post: key, token: '' }] });
    return sendPage(response, 200, page, ancestorsOf(buyer));
  }
  const entered = newEntrance(workings, language);
  const started = buyer && (await workings.sessions.open(digestOf(key), entered.entrance, workings.now()));
  if (started?.outcome !== 'opened') {
    const around = surroundings(workings, language, false);
    return sendPage(response, 410, messagePage(around, { said: around.texts.startUsed }), undefined);
  }
  await sendIn(workings, started.session, entered, response);
}

/** A new key and a new cookie for a browser, and what is kept of them. */
export interface Entered {
  readonly key: string;
  readonly cookie: string;
  readonly entrance: Entrance;
}

export function newEntrance({ times, now }: Workings, language: string): Entered {
  const [key, cookie] = [newKey(), newKey()];
  return { key, cookie, entrance: { key: digestOf(key), cookie: digestOf(cookie), language, until: now() + 1000 * times.session } };
}

/** Sends the browser to the first page. The cookie has a name of its own: it replaces that of no other session. */
export async function sendIn(
  workings: Workings,
  session: PunchoutSession,
  { key, cookie }: Entered,
  response: ServerResponse,
): Promise<void> {
  const first = (await workings.storefront.firstPage?.(session)) ?? '/';
  sendOn(response, workings.addresses.page(key, first), sessionCookie(cookieNameOf(key), cookie, workings.times.session));
}
