import { Markup } from '@waybill/markup';

/** What the page is asked for. */
export interface PageRequest {
  readonly method: string;
  /** The parts of the path, decoded: `['mails', '7']`. */
  readonly path: readonly string[];
  readonly query: URLSearchParams;
}

/** What is answered. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

/** What a page of our own may do: nothing but to load its own style, its script and the frame with a mail. */
const ownPolicy = [
  "default-src 'none'",
  "style-src 'self'",
  "script-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "frame-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/**
 * Of everything: what it says of itself is what it is, nobody else may embed it, and nobody else hears where it was read. (With `no-referrer`
 * browsers would not say either that a form of ours comes from us.)
 */
const always = {
  'Content-Security-Policy': ownPolicy,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'X-DNS-Prefetch-Control': 'off',
  'Cache-Control': 'no-store',
} as const;

/** An answer with the headers that all have; `headers` may replace them. */
export function answer(status: number, contentType: string, body: string | Uint8Array, headers: Answer['headers'] = {}): Answer {
  return { status, headers: { ...always, 'Content-Type': contentType, ...headers }, body };
}

export function page(body: Markup, status = 200): Answer {
  return answer(status, 'text/html; charset=utf-8', body.text);
}

export function json(value: unknown, status = 200): Answer {
  return answer(status, 'application/json; charset=utf-8', `${JSON.stringify(value)}\n`);
}

export function plain(status: number, text: string, headers: Answer['headers'] = {}): Answer {
  return answer(status, 'text/plain; charset=utf-8', `${text}\n`, headers);
}

/** To another page of ours, by GET. */
export function elsewhere(path: string): Answer {
  return plain(303, `See ${path}`, { Location: path });
}

export const notThere = plain(404, 'There is no such page.');
