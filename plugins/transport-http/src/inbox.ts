import type { IncomingMessage, ServerResponse } from 'node:http';
import { TransportError } from '@waybill/contract';

/** One inbound entry as the server sees it. */
export interface Route {
  readonly method: string;
  readonly path: string;
  /** False while its listener does not run: requests are turned away, and the address may be taken over. */
  readonly running: boolean;
  /** Takes a request to the address itself. Never throws, never rejects. */
  receive(request: IncomingMessage, response: ServerResponse): void;
  /** Takes a request for the state of a message, as the last part of the path names it. Never rejects. */
  tell(request: IncomingMessage, response: ServerResponse, name: string): Promise<void>;
}

/**
 * The addresses of a connection. Found by a map, in front of the router of express: this is the way that every message
 * goes, and walking through express costs more than half of what the rest of the request does.
 */
export class Inbox {
  readonly #routes = new Map<string, Route>();

  /** Raises WB_HTTP_PATH_TAKEN. */
  add(route: Route): void {
    const key = `${route.method} ${route.path}`;
    if (this.#routes.get(key)?.running) throw new TransportError('WB_HTTP_PATH_TAKEN', `Another inbound entry already takes ${key}.`);
    this.#routes.set(key, route);
  }

  remove(route: Route): void {
    const key = `${route.method} ${route.path}`;
    if (this.#routes.get(key) === route) this.#routes.delete(key);
  }

  /** The route that takes messages from this request. */
  find(request: IncomingMessage): Route | undefined {
    return this.#routes.get(`${request.method} ${pathOf(request)}`);
  }

  /** The methods that take messages at a path. */
  methodsAt(path: string): readonly string[] {
    return [...this.#routes.values()].filter((route) => route.path === path).map(({ method }) => method);
  }

  /** The route below which a path lies, which is then the address of a message, and the rest of the path. */
  above(path: string): { readonly route: Route; readonly name: string } | undefined {
    const slash = path.lastIndexOf('/');
    const [parent, name] = [path.slice(0, slash), path.slice(slash + 1)];
    const route = [...this.#routes.values()].find((one) => one.path.replace(/\/$/, '') === parent);
    return route && name !== '' ? { route, name } : undefined;
  }
}

/** The path as it came, without what follows a question mark. */
export function pathOf({ url = '/' }: IncomingMessage): string {
  const question = url.indexOf('?');
  return question < 0 ? url : url.slice(0, question);
}
