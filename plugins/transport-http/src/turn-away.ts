import type { IncomingMessage, ServerResponse } from 'node:http';
import { refuse } from './answer.ts';
import type { Refusal } from './refusal.ts';

/** What is read of a refused request's body so that its connection can be used again, in bytes. */
const worthReading = 64 * 1024;

/** How long a client may go on sending to a connection that is about to be closed, in milliseconds. */
const grace = 1_000;

/**
 * Refuses a request, some of whose body may still be on its way. A small rest is read and forgotten. For a large one the
 * connection is closed, but not at once: closing while the client sends would destroy the answer before it is read.
 */
export function turnAway(request: IncomingMessage, response: ServerResponse, refusal: Refusal): void {
  if (!refusal.hangUp && (request.complete || lengthOf(request) <= worthReading)) return refuse(response, refusal);
  response.shouldKeepAlive = false;
  if (request.complete) return refuse(response, refusal);
  refuse(response, refusal, (body) => endLater(request, response, body));
}

function lengthOf({ headers }: IncomingMessage): number {
  return headers['transfer-encoding'] === undefined ? Number(headers['content-length'] ?? 0) : Infinity;
}

/** The client has the whole answer with its body; what is put off is closing the connection. */
function endLater(request: IncomingMessage, response: ServerResponse, body: Uint8Array): void {
  response.write(body);
  const timer = setTimeout(end, grace);
  function end() {
    clearTimeout(timer);
    request.off('end', end).off('close', end);
    response.end();
  }
  request.once('end', end).once('close', end).resume();
}
