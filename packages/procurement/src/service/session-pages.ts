import type { IncomingMessage, ServerResponse } from 'node:http';
import { messagePage } from '../pages/message-page.ts';
import { returnPage } from '../pages/return-page.ts';
import { cookieNameOf, digestOf, isSame } from '../sessions/keys.ts';
import type { KeptSession } from '../sessions/session-store.ts';
import { serveEnding } from './ending-pages.ts';
import { ownPageOf } from './http/addresses.ts';
import { cookieNamed } from './http/cookies.ts';
import { isLookingAhead } from './http/probes.ts';
import { prepare, sendNothing, sendOn, sendPage } from './http/responses.ts';
import { type OpenSession, openSession } from './open-session.ts';
import { ancestorsOf, surroundings, type Workings } from './workings.ts';

/** A request for a page of a session. */
export interface Visit {
  readonly key: string;
  /** The path of the store, with its query. */
  readonly rest: string;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

/**
 * Serves what is the service's own in a session, and gives the open session back where the request is for a page of the store. The key in the path says which
 * session it is; a cookie only proves that it is the same browser, and no answer sets or clears one.
 */
export async function serveSession(workings: Workings, visit: Visit): Promise<OpenSession | undefined> {
  const { key, rest, response } = visit;
  const kept = await workings.sessions.find(digestOf(key), workings.now());
  const buyer = kept && (await workings.partners.buyer(kept.session.buyer));
  if (!buyer) say(workings, response, 'sessionOver', 410);
  else if (!(await isSameBrowser(workings, kept, visit))) say(workings, response, 'otherWindow', 403);
  else if (kept.state === 'returned') await serveReturned(workings, kept, ancestorsOf(buyer), visit);
  else {
    const { session, language } = kept;
    const ancestors = ancestorsOf(buyer);
    const open = openSession(session, { key, language, addresses: workings.addresses, ancestors });
    const page = ownPageOf(rest);
    if (page !== undefined || !rest.startsWith('/')) await serveOwn(workings, open, page, ancestors, visit);
    else {
      prepare(response, ancestors);
      return open;
    }
  }
  return undefined;
}

/** A page without data, which everybody may see. */
function say(workings: Workings, response: ServerResponse, what: 'sessionOver' | 'otherWindow' | 'notFound', status: number): void {
  const around = surroundings(workings, workings.texts[0]?.language ?? 'en', false);
  sendPage(response, status, messagePage(around, { said: around.texts[what] }), undefined);
}

/** A browser that has brought its cookie once has to bring it always: who only has a link from its history or from a colleague stays outside. */
async function isSameBrowser(
  { binding, sessions }: Workings,
  { session, cookie, bound }: KeptSession,
  { key, request }: Visit,
): Promise<boolean> {
  const given = cookieNamed(request.headers.cookie, cookieNameOf(key));
  if (given === undefined || !isSame(given, cookie)) return !bound || binding === 'link';
  if (!bound) await sessions.bind(session.id);
  return true;
}

/** After the return, every address of the session leads to what was returned. Only the first look at it may submit by itself. */
async function serveReturned(workings: Workings, kept: KeptSession, ancestors: readonly string[], visit: Visit): Promise<void> {
  const { key, rest, request, response } = visit;
  const { session, language, returned } = kept;
  const page = workings.addresses.returned(key);
  if (!returned || ownPageOf(rest) !== 'returned' || request.method === 'POST') sendOn(response, page);
  else if (request.method === 'HEAD') sendNothing(response, 200);
  else if (request.method !== 'GET') sendNothing(response, 405, { allow: 'GET' });
  else if (isLookingAhead(request)) sendNothing(response, 503);
  else {
    const look = await workings.sessions.countLook(session.id);
    sendPage(response, 200, returnPage(surroundings(workings, language, session.test), returned, look === 1), ancestors);
  }
}

/** The service's own pages in an open session. */
async function serveOwn(
  workings: Workings,
  open: OpenSession,
  page: string | undefined,
  ancestors: readonly string[],
  { key, request, response }: Visit,
): Promise<void> {
  if (page === 'return' || page === 'empty' || page === 'leave') {
    if (request.method !== 'POST') sendNothing(response, 405, { allow: 'POST' });
    else await serveEnding(workings, { open, verb: page, ancestors, returned: workings.addresses.returned(key), request, response });
  } else if (page === undefined || page === 'returned') sendOn(response, open.address('/'));
  else say(workings, response, 'notFound', 404);
}
