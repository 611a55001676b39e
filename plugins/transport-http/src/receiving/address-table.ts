import type { IncomingMessage, ServerResponse } from 'node:http';
import type { StoredState } from '@waybill/contract';
import type { ProblemDetails } from '../answering/problem.ts';
import { errors } from '../errors.ts';

/** A listener as the server sees it, at the address of its inbound entry. */
export interface AddressedListener {
  readonly method: string;
  readonly path: string;
  /** False while it does not receive: its requests are refused, and another listener may take the address over. */
  readonly running: boolean;
  /** Takes a request to the address itself. Never throws. With `asks`, its client sends the body only when it was told to go on. */
  receive(request: IncomingMessage, response: ServerResponse, asks: boolean): void;
  /** Refuses a request that has to do with its address, and logs that. */
  refuse(request: IncomingMessage, response: ServerResponse, problem: ProblemDetails): void;
  /** The state of a message, which `name` names as the last part of a path does. Never rejects. */
  stateOf(request: IncomingMessage, name: string): Promise<{ readonly id: string; readonly state: StoredState } | ProblemDetails>;
}

export type Handle = (request: IncomingMessage, response: ServerResponse) => void;

/**
 * The addresses of a connection. A map finds the listener of a message before express sees the request: the router of
 * express would add more than half of what the rest of the request costs.
 */
export class AddressTable {
  /** By path, then by method. */
  readonly #listeners = new Map<string, Map<string, AddressedListener>>();

  /** Throws WB_HTTP_PATH_TAKEN. */
  add(listener: AddressedListener): void {
    const { method, path } = listener;
    const atPath = this.#listeners.get(path) ?? new Map<string, AddressedListener>();
    if (atPath.get(method)?.running) throw errors.WB_HTTP_PATH_TAKEN(`Another inbound entry already takes ${method} ${path}.`);
    this.#listeners.set(path, atPath.set(method, listener));
  }

  /** The listener that takes the message of this request. */
  find(request: IncomingMessage): AddressedListener | undefined {
    return this.#listeners.get(pathOf(request))?.get(request.method ?? '');
  }

  /** What a server calls for each request: its listener takes it, or `other` where none takes messages at the address. */
  handler(other: Handle, { asks }: { readonly asks: boolean }): Handle {
    return (request, response) => {
      const listener = this.find(request);
      if (listener) listener.receive(request, response, asks);
      else other(request, response);
    };
  }

  /** The listeners of a path, each with a method of its own. */
  at(path: string): readonly AddressedListener[] {
    return [...(this.#listeners.get(path)?.values() ?? [])];
  }

  /** Where a path is the address of a message: the listeners whose path it lies below, and its last part, which names the message. */
  above(path: string): { readonly listeners: readonly AddressedListener[]; readonly name: string } | undefined {
    const slash = path.lastIndexOf('/');
    const [parent, name] = [path.slice(0, slash), path.slice(slash + 1)];
    const listeners = [parent, `${parent}/`].flatMap((one) => this.at(one));
    return listeners.length > 0 && name !== '' ? { listeners, name } : undefined;
  }
}

/** The path as it came, without what follows a question mark. Proxies may send the whole address (RFC 9112, 3.2.2). */
export function pathOf({ url = '/' }: IncomingMessage): string {
  const path = url.startsWith('/') ? url : url.replace(/^https?:\/\/[^/?]*/i, '') || '/';
  const question = path.indexOf('?');
  return question < 0 ? path : path.slice(0, question);
}
