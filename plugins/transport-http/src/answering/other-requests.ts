import type { IncomingMessage, ServerResponse } from 'node:http';
import { type AddressedListener, type AddressTable, pathOf } from '../receiving/address-table.ts';
import { answerJson } from './answer.ts';
import { methodRefused, notFound, type ProblemDetails } from './problem.ts';

/**
 * Answers requests that bring no message to an address of the table: other methods than its own, and questions for the
 * state of a message. False: the request is about something else.
 */
export function answerOtherRequest(table: AddressTable, request: IncomingMessage, response: ServerResponse): boolean {
  const path = pathOf(request);
  const [listener, ...others] = table.at(path);
  if (listener) {
    answerOtherMethod(request, response, [listener, ...others]);
    return true;
  }
  const found = request.method === 'GET' || request.method === 'HEAD' ? table.above(path) : undefined;
  if (found) void answerState(found.listeners, request, response, found.name);
  return found !== undefined;
}

function answerOtherMethod(request: IncomingMessage, response: ServerResponse, listeners: readonly AddressedListener[]): void {
  const allow = [...listeners.map(({ method }) => method), 'OPTIONS'].join(', ');
  if (request.method !== 'OPTIONS') return listeners[0]?.refuse(request, response, methodRefused(allow));
  response.writeHead(204, { allow });
  response.end();
}

/** Several entries may share a path by different methods. The one that knows the message answers, else the last one. */
async function answerState(
  listeners: readonly AddressedListener[],
  request: IncomingMessage,
  response: ServerResponse,
  name: string,
): Promise<void> {
  let problem: ProblemDetails = notFound;
  for (const listener of listeners) {
    const state = await listener.stateOf(request, name);
    if ('state' in state) return answerJson(response, 200, state);
    problem = state;
  }
  listeners.at(-1)?.refuse(request, response, problem);
}
