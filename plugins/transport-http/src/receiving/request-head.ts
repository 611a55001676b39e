import type { IncomingMessage } from 'node:http';
import { ambiguous, badId, type ProblemDetails } from '../answering/problem.ts';

/** What the headers of a request say. */
export interface RequestHead {
  readonly properties: Readonly<Record<string, string>>;
  /** Undefined where the sender gave the message none. */
  readonly id: string | undefined;
  readonly authorization: string | undefined;
  /** What the request says of the length of its body, in bytes; 0 when it does not say. */
  readonly length: number;
}

/** Headers of the connection and not of the message, and those that hold credentials: no property is made of them. */
const notProperties = new Set([
  'authorization',
  'proxy-authorization',
  'cookie',
  'connection',
  'keep-alive',
  'proxy-connection',
  'transfer-encoding',
  'te',
  'trailer',
  'upgrade',
  'expect',
  'content-length',
]);

/** Of these Node keeps the first one and drops the others, and a proxy may have looked at another one. */
const once = new Set(['authorization', 'content-type', 'content-encoding', 'host']);

/** Reads the headers as they came, or says why they cannot be used. `idHeader` in lower case. */
export function readHead(request: IncomingMessage, idHeader: string): RequestHead | ProblemDetails {
  const { rawHeaders } = request;
  const properties: Record<string, string> = {};
  const seen = new Set<string>();
  let id: string | undefined;
  let authorization: string | undefined;
  let length = 0;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = (rawHeaders[index] ?? '').toLowerCase();
    const value = rawHeaders[index + 1] ?? '';
    const again = seen.has(name);
    if (again && (name === idHeader || once.has(name))) return ambiguous;
    seen.add(name);
    if (name === idHeader) id = value;
    if (name === 'authorization') authorization = value;
    if (name === 'content-length') length = Number(value);
    if (notProperties.has(name) || name === '__proto__') continue;
    properties[name] = again ? `${properties[name]}, ${value}` : value;
  }
  if (id !== undefined && !isId(id)) return badId;
  return { properties, id, authorization, length };
}

/** Printable ASCII without blanks, at most 200 characters: what fits into an address and a line of a log. */
export function isId(text: string): boolean {
  return /^[\x21-\x7e]{1,200}$/.test(text);
}

/** Tells by patterns such as `application/*+xml` whether a content type is accepted. Its parameters do not matter. */
export function contentTypeTest(patterns: readonly string[]): (contentType: string | undefined) => boolean {
  const sources = patterns.map((pattern) =>
    pattern
      .toLowerCase()
      .replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '[^;]*'),
  );
  const whole = new RegExp(`^(?:${sources.join('|')})\\s*(?:;.*)?$`, 'i');
  return (contentType = 'application/octet-stream') => whole.test(contentType.trim());
}
