import type { IncomingMessage, ServerResponse } from 'node:http';
import { formFieldsIn } from '../oci/form.ts';
import { messagePage } from '../pages/message-page.ts';
import { returnPage } from '../pages/return-page.ts';
import { cookieNameOf, digestOf, isSame } from '../sessions/keys.ts';
import type { Verb } from '../sessions/session.ts';
import type { KeptSession } from '../sessions/session-store.ts';
import { ownPageOf } from './http/addresses.ts';
import { bodyOf } from './http/body.ts';
import { cookieNamed } from './http/cookies.ts';
import { isLookingAhead } from './http/probes.ts';
import { prepare, sendNothing, sendOn, sendPage } from './http/responses.ts';
import { type OpenSession, openSession } from './open-session.ts';
import { endSession } from './returning.ts';
import { ancestorsOf, surroundings, type Workings } from './workings.ts';

/** A request for a page of a session. */
interface Visit {
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
  const { key, rest, request, response } = visit;
  const kept = await workings.sessions.find(digestOf(key), workings.now());
  const buyer = kept && (await workings.partners.buyer(kept.session.buyer));
  if (!buyer) return sayNothing(workings, visit, 'sessionOver', 410);
  if (!(await isSameBrowser(workings, kept, visit))) return sayNothing(workings, visit, 'otherWindow', 403);
  const ancestors = ancestorsOf(buyer);
  if (kept.state === 'returned') return await serveReturned(workings, kept, ancestors, visit);
  const { session, language } = kept;
  const open = openSession(session, { key, language, addresses: workings.addresses, ancestors });
  const page = ownPageOf(rest);
  if (page === undefined && rest.startsWith('/')) {
    prepare(response, ancestors);
    return open;
  }
  if (page === undefined || page === 'returned') return void sendOn(response, open.address('/'));
  if (page !== 'return' && page !== 'empty' && page !== 'leave') return sayNothing(workings, visit, 'notFound', 404);
  if (request.method !== 'POST') return void sendNothing(response, 405, { allow: 'POST' });
  return await serveEnding(workings, open, page, ancestors, visit);
}

/** A page without data, which everybody may see. */
function sayNothing(workings: Workings, { response }: Visit, what: 'sessionOver' | 'otherWindow' | 'notFound', status: number): undefined {
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

/** After the return, every address of the session shows what was returned. Only the first look at it may submit by itself. */
async function serveReturned(workings: Workings, kept: KeptSession, ancestors: readonly string[], visit: Visit): Promise<undefined> {
  const { key, rest, request, response } = visit;
  const { session, language, returned } = kept;
  if (!returned || ownPageOf(rest) !== 'returned' || request.method === 'POST')
    return void sendOn(response, workings.addresses.returned(key));
  if (request.method !== 'GET' && request.method !== 'HEAD') return void sendNothing(response, 405, { allow: 'GET' });
  if (request.method === 'HEAD' || isLookingAhead(request)) return void sendNothing(response, request.method === 'HEAD' ? 200 : 503);
  const look = await workings.sessions.countLook(session.id);
  sendPage(response, 200, returnPage(surroundings(workings, language, session.test), returned, look === 1), ancestors);
}

async function serveEnding(
  workings: Workings,
  open: OpenSession,
  verb: Verb,
  ancestors: readonly string[],
  { key, request, response }: Visit,
): Promise<undefined> {
  const around = surroundings(workings, open.language, open.test);
  const { texts } = around;
  const { actions, formToken: token } = open;
  const back = { to: open.address('/') };
  const form = formFieldsIn((await bodyOf(request)).toString('latin1'), 'utf-8');
  if (!open.accepts(form.find(([name]) => name === 'form')?.[1])) {
    const page = messagePage(around, { said: texts.oldForm, actions: [{ ...back, label: texts.oldForm.back }] });
    return void sendPage(response, 403, page, ancestors);
  }
  const ending = await endSession(workings, open, verb);
  switch (ending.outcome) {
    case 'returned':
    case 'over':
      return void sendOn(response, workings.addresses.returned(key));
    case 'refused': {
      const page = messagePage(around, {
        said: texts.problems,
        notes: ending.problems,
        actions: [{ ...back, label: texts.problems.back }],
      });
      return void sendPage(response, 409, page, ancestors);
    }
    case 'empty': {
      const { emptyCart } = texts;
      const choices = [
        { ...back, label: emptyCart.back },
        { post: actions.leave, token, label: emptyCart.leave },
        ...(open.operation === 'edit' ? [{ post: actions.empty, token, label: emptyCart.empty }] : []),
      ];
      return void sendPage(response, 409, messagePage(around, { said: emptyCart, actions: choices }), ancestors);
    }
    case 'only-looking': {
      const { onlyLooking } = texts;
      const choices = [
        { ...back, label: onlyLooking.back },
        { post: actions.leave, token, label: onlyLooking.leave },
      ];
      return void sendPage(response, 403, messagePage(around, { said: onlyLooking, actions: choices }), ancestors);
    }
  }
}
