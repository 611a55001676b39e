import { isIP } from 'node:net';
import { type Answer, plain } from './answer.ts';
import type { Asked } from './asked.ts';

/** What anybody may post: carts and documents come from elsewhere. */
const open: ReadonlySet<string> = new Set(['/cart', '/cxml']);

/**
 * Why a request is not served; undefined where it is. Other sites that are open in the same browser must not read what is here, by a name of theirs that
 * they let point to this machine (DNS rebinding), and must not buy. `names`: those under which it is served.
 */
export function refusalOf({ method, path, headers, origin: own }: Asked, names: readonly string[]): Answer | undefined {
  const { hostname } = new URL(own);
  const name = hostname.replace(/^\[|\]$/g, '');
  if (name !== 'localhost' && isIP(name) === 0 && !names.includes(name))
    return plain(
      421,
      'This page is served under localhost, addresses and the name that it was given only, so that no other site can read it.',
    );
  if (method === 'GET' || method === 'HEAD' || open.has(path)) return undefined;
  const { origin } = headers;
  const site = headers['sec-fetch-site'];
  const isFromHere = (origin === undefined || origin === own) && (site === undefined || site === 'same-origin' || site === 'none');
  return isFromHere ? undefined : plain(403, 'Only the page itself may change something.');
}
