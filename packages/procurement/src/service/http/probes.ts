import type { IncomingMessage } from 'node:http';

/** What a browser shows pages in. As anything else, such as an image, nobody can shop. */
const forPages = ['document', 'embed', 'frame', 'iframe', 'object'];

/**
 * Whether a request only looks: a browser that fetches ahead, or that loads the address as something else than a page. It must not use anything up
 * (reference/procurement-messages.md, section 7.4).
 */
export function isLookingAhead({ headers }: IncomingMessage): boolean {
  const told = ['sec-purpose', 'purpose', 'x-purpose', 'x-moz'].map((name) => String(headers[name] ?? '').toLowerCase());
  const destination = headers['sec-fetch-dest'];
  return told.some((each) => /prefetch|prerender|preview/.test(each)) || (destination !== undefined && !forPages.includes(destination));
}
