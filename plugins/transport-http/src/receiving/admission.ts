import type { IncomingMessage } from 'node:http';
import type { Principal } from '@waybill/contract';
import { bodyTaken, contentTypeRefused, encodingRefused, type ProblemDetails, tooLarge } from '../answering/problem.ts';
import type { Source } from '../settings.ts';
import { type Authenticate, authenticator } from './authenticate.ts';
import { contentTypeTest, type RequestHead, readHead } from './request-head.ts';

/** A request that may deliver its message. */
export interface Admitted extends RequestHead {
  readonly principal: Principal | undefined;
}

/** Decides about a request by its headers, before anything of its body is read. */
export class Admission {
  readonly #limit: number;
  readonly #idHeader: string;
  readonly #authenticate: Authenticate;
  readonly #acceptsType: (contentType: string | undefined) => boolean;
  readonly #wrongType: ProblemDetails;

  constructor({ auth, limit, contentTypes, idHeader }: Source) {
    this.#limit = limit;
    this.#idHeader = idHeader.toLowerCase();
    this.#authenticate = authenticator(auth);
    this.#acceptsType = contentTypeTest(contentTypes);
    this.#wrongType = contentTypeRefused(contentTypes);
  }

  /** Who sends, and what the headers say; or why the request is refused. */
  identify(request: IncomingMessage): Admitted | ProblemDetails {
    const head = readHead(request, this.#idHeader);
    if ('status' in head) return head;
    const sender = this.#authenticate(head.authorization);
    return 'status' in sender ? sender : { ...head, principal: sender.principal };
  }

  /** As `identify`, for a request that brings a message. */
  admit(request: IncomingMessage): Admitted | ProblemDetails {
    const sender = this.identify(request);
    if ('status' in sender) return sender;
    const { 'content-type': contentType, 'content-encoding': encoding = 'identity' } = sender.properties;
    if (encoding.toLowerCase() !== 'identity') return encodingRefused;
    if (!this.#acceptsType(contentType)) return this.#wrongType;
    if (sender.length > this.#limit) return tooLarge;
    return request.readableEnded ? bodyTaken : sender;
  }
}
