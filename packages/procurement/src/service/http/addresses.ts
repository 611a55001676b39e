import { isKey } from '../../sessions/keys.ts';
import type { Verb } from '../../sessions/session.ts';
import { punchoutErrors } from '../errors.ts';

/** What an address of the service is for. */
export type Route =
  | { readonly to: 'start'; readonly key: string }
  | { readonly to: 'oci'; readonly query: string }
  | { readonly to: 'session'; readonly key: string; readonly rest: string }
  | { readonly to: 'nothing' }
  /** None of ours. */
  | { readonly to: 'application' };

/** Where the pages of a session itself are; a store has no such folder. */
const ownFolder = '/-/';

/**
 * The addresses of the service below its public address: `start/KEY` opens the store once, `oci` is for calls of OCI, and `s/KEY/…` are the pages of the store in a
 * session. The key in the path is what makes a session work in a browser that keeps no cookie.
 */
export class Addresses {
  readonly #origin: string;
  readonly #base: string;

  /** Throws WB_PUNCHOUT_WRONG. */
  constructor(url: string) {
    const parsed = URL.canParse(url) ? new URL(url) : undefined;
    if (!parsed || !/^https?:$/.test(parsed.protocol) || parsed.search !== '' || parsed.hash !== '' || parsed.username !== '') {
      throw punchoutErrors.WB_PUNCHOUT_WRONG(
        `The public address "${url.slice(0, 200)}" of the PunchOut service is none: https, a host and perhaps a path.`,
      );
    }
    this.#origin = parsed.origin;
    this.#base = parsed.pathname.replace(/\/+$/, '');
  }

  get host(): string {
    return new URL(this.#origin).host;
  }

  start(key: string): string {
    return `${this.#origin}${this.#base}/start/${key}`;
  }

  /** A path of the store as it is inside a session, without host, so that it holds behind every proxy. */
  page(key: string, path: string): string {
    return `${this.#base}/s/${key}${path.startsWith('/') ? path : `/${path}`}`;
  }

  action(key: string, verb: Verb): string {
    return this.page(key, ownFolder + verb);
  }

  returned(key: string): string {
    return this.page(key, `${ownFolder}returned`);
  }

  routeOf(target: string): Route {
    const question = target.indexOf('?');
    const path = question < 0 ? target : target.slice(0, question);
    if (!path.startsWith(`${this.#base}/`)) return { to: 'application' };
    const [first = '', key = '', ...more] = path.slice(this.#base.length + 1).split('/');
    if (first === 'oci' && key === '' && more.length === 0) return { to: 'oci', query: question < 0 ? '' : target.slice(question + 1) };
    if (first !== 'start' && first !== 's') return { to: 'application' };
    if (!isKey(key)) return { to: 'nothing' };
    if (first === 'start') return more.length === 0 ? { to: 'start', key } : { to: 'nothing' };
    return { to: 'session', key, rest: target.slice(this.#base.length + `/s/${key}`.length) };
  }
}

/** The own page of a session that a path inside it names: `/-/return`. */
export function ownPageOf(rest: string): string | undefined {
  const path = rest.split('?', 1)[0] ?? '';
  return path.startsWith(ownFolder) ? path.slice(ownFolder.length) : undefined;
}

/** An address as a log may have it: whoever reads the log cannot enter a session with it. */
export function withoutKeys(address: string): string {
  return address.replaceAll(/\/(start|s)\/[\w-]{43}/g, '/$1/…');
}
