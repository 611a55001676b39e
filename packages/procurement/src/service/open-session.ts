import type { IncomingMessage } from 'node:http';
import { digestOf, formTokenOf, isSame } from '../sessions/keys.ts';
import type { PunchoutSession, Verb } from '../sessions/session.ts';
import type { Addresses } from './http/addresses.ts';
import { withAncestors } from './http/responses.ts';

/** A session as the application has it while it answers one of its requests. */
export interface OpenSession extends PunchoutSession {
  /** Language of the pages: what the browser asked for, of the languages that the service has texts in. */
  readonly language: string;
  /** Belongs into every form of the store that changes something, and is asked for by `accepts`. */
  readonly formToken: string;
  /** Whether a form has brought the token of this session. */
  readonly accepts: (formToken: unknown) => boolean;
  /** A path of the store as an address inside the session: for links, forms and redirects that do not begin with `./` or `../`. */
  readonly address: (path: string) => string;
  /** Where a form that ends the session posts to, with the token in a field named `form`. */
  readonly actions: Readonly<Record<Verb, string>>;
  /** For an application that writes a Content-Security-Policy of its own: the directive that has to be in it. */
  readonly frameAncestors: string;
}

/** Made anew for each request, since nobody but the browser has the key. */
export function openSession(
  session: PunchoutSession,
  { key, language, addresses, ancestors }: { key: string; language: string; addresses: Addresses; ancestors: readonly string[] },
): OpenSession {
  const formToken = formTokenOf(key);
  const right = digestOf(formToken);
  return {
    ...session,
    language,
    formToken,
    accepts: (given) => typeof given === 'string' && isSame(given, right),
    address: (path) => addresses.page(key, path),
    actions: { return: addresses.action(key, 'return'), empty: addresses.action(key, 'empty'), leave: addresses.action(key, 'leave') },
    frameAncestors: withAncestors(ancestors),
  };
}

/** Which session a request belongs to: the application asks with the request that it was given. */
export class SessionsOfRequests {
  readonly #sessions = new WeakMap<IncomingMessage, OpenSession>();

  set(request: IncomingMessage, session: OpenSession): void {
    this.#sessions.set(request, session);
  }

  get(request: IncomingMessage): OpenSession | undefined {
    return this.#sessions.get(request);
  }
}
