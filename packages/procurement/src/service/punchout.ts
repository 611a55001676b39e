import type { IncomingMessage, ServerResponse } from 'node:http';
import type { PunchoutSetUpInput } from '@waybill/commerce';
import { type Log, WaybillError } from '@waybill/contract';
import { messagePage } from '../pages/message-page.ts';
import { languageFrom, ownTexts, type PageTexts } from '../pages/texts.ts';
import type { Partners } from '../partners/define-partners.ts';
import type { Verb } from '../sessions/session.ts';
import type { SessionStore } from '../sessions/session-store.ts';
import { Addresses, type Route, withoutKeys } from './http/addresses.ts';
import { sendPage } from './http/responses.ts';
import { serveCall } from './oci-calls.ts';
import { type OpenSession, SessionsOfRequests } from './open-session.ts';
import { endSession, type SessionEnding } from './returning.ts';
import { serveSession } from './session-pages.ts';
import { setUp } from './set-up.ts';
import { serveStart } from './starting.ts';
import type { Storefront } from './storefront.ts';
import { checkedTimes, type Times } from './times.ts';
import { surroundings, type Workings } from './workings.ts';

export interface PunchoutSpec {
  /** Under which address browsers reach the service, such as `https://shop.example/punchout`. Its path is where it is mounted, too. */
  readonly url: string;
  readonly partners: Partners;
  readonly sessions: SessionStore;
  readonly storefront: Storefront;
  /** The name of the store, on the pages of the service. */
  readonly name?: string;
  /** The texts of its pages, by language; the first is for browsers that ask for another one. Default: English and German. */
  readonly texts?: readonly PageTexts[];
  /**
   * `cookie`: a browser that has shown that it keeps the cookie of the session has to bring it from then on, so that a link of the session is of no use elsewhere.
   * `link`: the key in the links is enough. For stores that open new windows out of a frame: there, browsers do not bring the cookie of the frame. Default `cookie`.
   */
  readonly binding?: 'cookie' | 'link';
  /** How long things are good for, in seconds. */
  readonly times?: Partial<Times>;
  readonly log?: Log;
  /** Milliseconds since 1970. Default: the clock of the machine. */
  readonly now?: () => number;
}

export interface PunchoutService {
  /** For the handler of `punchout.set-up`; `buyer` is the name of its principal. Throws what is to be answered to the buyer's system. */
  setUp(input: PunchoutSetUpInput, about: { readonly buyer: string }): Promise<{ readonly startPage: string }>;
  /**
   * Serves the addresses of the service, on a server of Node or, by `app.use(service.handle)`, in an application of Express, in front of whatever reads bodies.
   * For a page of the store in a session it calls `next`, with `request.url` as it would be without the session. Any other request goes to `next` as it is.
   */
  readonly handle: (request: IncomingMessage, response: ServerResponse, next?: (error?: unknown) => void) => void;
  /** The session of a request that `handle` has passed on. */
  sessionOf(request: IncomingMessage): OpenSession | undefined;
  /** Ends a session out of the application, which then shows the problems itself, or sends the browser to `session.address('/-/returned')`. */
  end(session: OpenSession, verb: Verb): Promise<SessionEnding>;
}

const silent: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {}, child: () => silent };

/** The PunchOut service of a store. Throws WB_PUNCHOUT_WRONG. */
export function definePunchout(spec: PunchoutSpec): PunchoutService {
  const { partners, sessions, storefront, name = '', texts = ownTexts, binding = 'cookie', log = silent, now = Date.now } = spec;
  const addresses = new Addresses(spec.url);
  const workings: Workings = {
    partners,
    sessions,
    storefront,
    addresses,
    store: name,
    texts,
    binding,
    times: checkedTimes(spec.times),
    log,
    now,
  };
  const open = new SessionsOfRequests();
  return {
    setUp: (input, { buyer }) => setUp(workings, input, buyer),
    handle: (request, response, next) => void serve(workings, open, { request, response, next }),
    sessionOf: (request) => open.get(request),
    end: (session, verb) => endSession(workings, session, verb),
  };
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly next: ((error?: unknown) => void) | undefined;
}

/** Never rejects: what goes wrong is logged and told to whoever waits for the page. */
async function serve(workings: Workings, open: SessionsOfRequests, exchange: Exchange): Promise<void> {
  const { request, response, next } = exchange;
  // Express takes the mounting point off the address.
  const target = (request as { readonly originalUrl?: string }).originalUrl ?? request.url ?? '/';
  try {
    if (await isServed(workings, open, workings.addresses.routeOf(target), exchange)) return;
  } catch (error) {
    return fail(workings, error, target, exchange);
  }
  if (next) next();
  else sendPage(response, 404, notFound(workings, request), undefined);
}

/** False: the request is for the application. */
async function isServed(workings: Workings, open: SessionsOfRequests, route: Route, { request, response }: Exchange): Promise<boolean> {
  switch (route.to) {
    case 'application':
      return false;
    case 'nothing':
      sendPage(response, 404, notFound(workings, request), undefined);
      return true;
    case 'start':
      await serveStart(workings, route.key, request, response);
      return true;
    case 'oci':
      await serveCall(workings, route.query, request, response);
      return true;
    case 'session': {
      const session = await serveSession(workings, { ...route, request, response });
      if (!session) return true;
      open.set(request, session);
      request.url = route.rest;
      return false;
    }
  }
}

function notFound(workings: Workings, request: IncomingMessage) {
  const around = surroundings(workings, languageFrom(request.headers['accept-language'], workings.texts), false);
  return messagePage(around, { said: around.texts.notFound });
}

function fail(workings: Workings, error: unknown, target: string, { request, response }: Exchange): void {
  const known = error instanceof WaybillError ? error : undefined;
  // An address of OCI may hold a password.
  const address = withoutKeys(target.split('?', 1)[0] ?? '');
  workings.log.error({ address, error }, 'a request of PunchOut failed, and its browser was told so');
  if (response.headersSent) return void response.destroy();
  if (!request.complete) response.shouldKeepAlive = false;
  const around = surroundings(workings, languageFrom(request.headers['accept-language'], workings.texts), false);
  const isCall = known !== undefined && !known.retryable && workings.addresses.routeOf(target).to === 'oci';
  const said = isCall ? around.texts.refusedCall : around.texts.broken;
  sendPage(response, statusOf(known), messagePage(around, { said }), undefined);
}

/** By the kind, as transports do. */
function statusOf(error: WaybillError | undefined): number {
  switch (error?.kind) {
    case undefined:
      return 500;
    case 'unavailable':
      return 503;
    case 'conflict':
      return 409;
    case 'forbidden':
      return 403;
    case 'unknown':
      return 501;
    case 'invalid':
    case 'unreadable':
      return 400;
  }
}
