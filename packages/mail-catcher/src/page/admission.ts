import type { IncomingHttpHeaders } from 'node:http';
import { isIP } from 'node:net';
import { type Answer, plain } from './answer.ts';

/** What of a request says where it comes from. */
export interface Asking {
  readonly method: string;
  readonly headers: IncomingHttpHeaders;
}

/**
 * Why a request is not served; undefined where it is. Other sites that are open in the same browser must not read mails, by a name of theirs that
 * they let point to this machine (DNS rebinding), and must not delete them. `ownName`: the name on which the page listens.
 */
export function refusalOf({ method, headers }: Asking, ownName: string): Answer | undefined {
  const host = headers.host ?? '';
  if (!isOwn(nameIn(host), ownName))
    return plain(421, 'This page is served under localhost and under addresses only, so that no other site can read it.');
  if (method === 'GET' || method === 'HEAD') return undefined;
  const { origin } = headers;
  const site = headers['sec-fetch-site'];
  const isFromHere =
    (origin === undefined || origin === `http://${host}`) && (site === undefined || site === 'same-origin' || site === 'none');
  return isFromHere ? undefined : plain(403, 'Only the page itself may change something.');
}

/** A name that somebody else may own is none of ours; an address cannot be made to point elsewhere. */
function isOwn(name: string, ownName: string): boolean {
  return name === 'localhost' || name.endsWith('.localhost') || isIP(name) !== 0 || name === ownName.toLowerCase();
}

/** `[::1]:1080` is `::1`. */
function nameIn(host: string): string {
  const [, bracketed, name] = /^(?:\[([^\]]*)\]|([^:]*))(?::\d{1,5})?$/.exec(host) ?? [];
  return (bracketed ?? name ?? '').toLowerCase();
}
