import type { Markup } from '@waybill/markup';

/** What is answered. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What a page of our own may do. A shop is shown in a frame, and is sent the form of an OCI call: wherever it is. */
const ownPolicy = [
  "default-src 'none'",
  "style-src 'self'",
  "script-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  'frame-src http: https:',
  "base-uri 'none'",
  "frame-ancestors 'none'",
];

/** The page that takes a cart stands where the shop has stood: in a frame of a page of ours, and of the shop. */
const framedPolicy = ownPolicy.filter((rule) => !rule.startsWith('frame-ancestors'));

const always = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'same-origin',
  'X-DNS-Prefetch-Control': 'off',
  'Cache-Control': 'no-store',
} as const;

/** An answer with the headers that all have; `headers` may replace them. */
export function answer(status: number, contentType: string, body: string, headers: Answer['headers'] = {}): Answer {
  const policy = { 'Content-Security-Policy': ownPolicy.join('; ') };
  return { status, headers: { ...policy, ...always, 'Content-Type': contentType, ...headers }, body };
}

export function page(body: Markup, status = 200): Answer {
  return answer(status, 'text/html; charset=utf-8', body.text);
}

/** A page that may be shown in a frame. */
export function framedPage(body: Markup, status = 200): Answer {
  return answer(status, 'text/html; charset=utf-8', body.text, { 'Content-Security-Policy': framedPolicy.join('; ') });
}

export function plain(status: number, text: string, headers: Answer['headers'] = {}): Answer {
  return answer(status, 'text/plain; charset=utf-8', `${text}\n`, headers);
}

/** To another page, by GET. */
export function elsewhere(path: string): Answer {
  return plain(303, `See ${path}`, { Location: path });
}

export const notThere = plain(404, 'There is no such page.');
