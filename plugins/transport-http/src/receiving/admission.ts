import type { IncomingMessage } from 'node:http';
import type { Principal } from '@waybill/contract';
import { ambiguous, badId, bodyTaken, contentTypeRefused, encodingRefused, type ProblemDetails, tooLarge } from '../answering/problem.ts';
import type { Source } from '../settings.ts';
import { type Authenticate, authenticator } from './authenticate.ts';

/** What the headers say of a request that may go on. */
export interface Admitted {
  /** The headers that belong to the message. */
  readonly properties: Readonly<Record<string, string>>;
  /** Undefined where the sender gave the message none. */
  readonly id: string | undefined;
  readonly principal: Principal | undefined;
  /** Why the message cannot be worked on, where its sender is to hear that in a reply. */
  readonly defect?: ProblemDetails | undefined;
}

/** The same, while they are being read. */
interface Head {
  readonly properties: Record<string, string>;
  id: string | undefined;
  principal: Principal | undefined;
  authorization: string | undefined;
  /** What the request says of the length of its body, in bytes; 0 when it does not say. */
  length: number;
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
  '__proto__',
]);

/** Headers that may come only once: Node would keep the first one, and a proxy in between may have looked at another. */
const once = new Set(['content-type', 'content-encoding', 'host']);

/** Decides about a request by its headers, before anything of its body is read. */
export class Admission {
  readonly #limit: number;
  readonly #idHeader: string;
  readonly #authenticate: Authenticate | undefined;
  readonly #acceptsType: (contentType: string | undefined) => boolean;
  readonly #wrongType: ProblemDetails;
  readonly #always: boolean;

  constructor({ auth, limit, contentTypes, idHeader, answers }: Source) {
    this.#always = answers === 'always';
    this.#limit = limit;
    this.#idHeader = idHeader.toLowerCase();
    this.#authenticate = auth === 'none' ? undefined : authenticator(auth);
    this.#acceptsType = contentTypeTest(contentTypes);
    this.#wrongType = contentTypeRefused(contentTypes);
  }

  /** Who sends, and what the headers say; or why the request is refused. */
  identify(request: IncomingMessage): Head | ProblemDetails {
    const head = this.#read(request);
    if ('status' in head || !this.#authenticate) return head;
    const sender = this.#authenticate(head.authorization);
    if ('status' in sender) return sender;
    head.principal = sender.principal;
    return head;
  }

  /** As `identify`, for a request that brings a message. */
  admit(request: IncomingMessage): Admitted | ProblemDetails {
    const head = this.identify(request);
    if ('status' in head) return head;
    const defect = this.#defectOf(head);
    if (defect) return this.#always && !request.readableEnded ? { ...head, defect } : defect;
    return request.readableEnded ? bodyTaken : head;
  }

  #defectOf({ properties, length }: Head): ProblemDetails | undefined {
    const { 'content-type': contentType, 'content-encoding': encoding } = properties;
    if (encoding !== undefined && encoding.toLowerCase() !== 'identity') return encodingRefused;
    if (!this.#acceptsType(contentType)) return this.#wrongType;
    return length > this.#limit ? tooLarge : undefined;
  }

  /** Reads the headers as they came, or says why they cannot be used. */
  #read({ rawHeaders }: IncomingMessage): Head | ProblemDetails {
    const head: Head = { properties: {}, id: undefined, principal: undefined, authorization: undefined, length: 0 };
    const { properties } = head;
    for (let index = 0; index < rawHeaders.length; index += 2) {
      const name = (rawHeaders[index] ?? '').toLowerCase();
      const value = rawHeaders[index + 1] ?? '';
      if (name === this.#idHeader) {
        if (head.id !== undefined) return ambiguous;
        head.id = value;
      }
      if (notProperties.has(name)) {
        if (name === 'authorization' && head.authorization !== undefined) return ambiguous;
        if (name === 'authorization') head.authorization = value;
        else if (name === 'content-length') head.length = Number(value);
        continue;
      }
      const again = Object.hasOwn(properties, name);
      if (again && once.has(name)) return ambiguous;
      properties[name] = again ? `${properties[name]}, ${value}` : value;
    }
    return head.id === undefined || isId(head.id) ? head : badId;
  }
}

/** Printable ASCII without blanks, at most 200 characters: what fits into an address and a line of a log. */
export function isId(text: string): boolean {
  return /^[\x21-\x7e]{1,200}$/.test(text);
}

/** Tells by patterns such as `application/*+xml` whether a content type is accepted. Its parameters do not matter. */
function contentTypeTest(patterns: readonly string[]): (contentType: string | undefined) => boolean {
  const sources = patterns.map((pattern) =>
    pattern
      .toLowerCase()
      .replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '[^;]*'),
  );
  const whole = new RegExp(`^(?:${sources.join('|')})\\s*(?:;.*)?$`, 'i');
  return (contentType = 'application/octet-stream') => whole.test(contentType.trim());
}
