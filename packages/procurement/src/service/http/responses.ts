import type { ServerResponse } from 'node:http';
import type { Page } from '../../pages/page.ts';

/** Who may show a page in a frame. Undefined: everybody, since there is nothing on it; of a page with data, the origins of the buyer. */
export type Ancestors = readonly string[] | undefined;

/** What every answer of the service says: nothing is kept, and no address of it travels on. */
const always = { 'cache-control': 'no-store', 'referrer-policy': 'no-referrer', 'x-content-type-options': 'nosniff' } as const;

/**
 * Answers with a page. Its policy has no `form-action`: browsers hold it against the redirects of the buyer, and the cart is lost without a word
 * (reference/procurement-messages.md, section 7.4).
 */
export function sendPage(response: ServerResponse, status: number, { html, nonce }: Page, ancestors: Ancestors): void {
  const policy = [
    `default-src 'none'`,
    `style-src 'nonce-${nonce}'`,
    `script-src 'nonce-${nonce}'`,
    `base-uri 'none'`,
    ...frameAncestors(ancestors),
  ];
  response.writeHead(status, {
    ...always,
    'content-security-policy': policy.join('; '),
    'content-type': 'text/html; charset=utf-8',
    'content-length': Buffer.byteLength(html),
  });
  response.end(html);
}

/** The next address is fetched with GET, whatever the method was. */
export function sendOn(response: ServerResponse, to: string, cookie?: string): void {
  response.writeHead(303, { ...always, location: to, 'content-length': 0, ...(cookie !== undefined && { 'set-cookie': cookie }) });
  response.end();
}

/** Answers without anything, and without having done anything: to HEAD, to a browser that looks ahead, to a method that is none of ours. */
export function sendNothing(response: ServerResponse, status: number, headers: Readonly<Record<string, string>> = {}): void {
  response.writeHead(status, { ...always, 'content-length': 0, ...headers });
  response.end();
}

/** What the pages of the store have in a session, unless the application sets it itself. */
export function prepare(response: ServerResponse, ancestors: Ancestors): void {
  for (const [name, value] of Object.entries(always)) response.setHeader(name, value);
  const [policy] = frameAncestors(ancestors);
  if (policy !== undefined) response.setHeader('content-security-policy', policy);
}

function frameAncestors(ancestors: Ancestors): readonly string[] {
  return ancestors === undefined ? [] : [withAncestors(ancestors)];
}

/** The directive that lets the pages of the buyer, and nobody else, show a page in a frame. */
export function withAncestors(ancestors: readonly string[]): string {
  return `frame-ancestors ${ancestors.join(' ') || "'none'"}`;
}
