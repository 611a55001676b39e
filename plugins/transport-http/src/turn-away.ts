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
  if (!refusal.hangUp && (request.complete || Number(request.headers['content-length'] ?? Infinity) <= worthReading))
    return refuse(response, refusal);
  response.shouldKeepAlive = false;
  if (request.complete) return refuse(response, refusal);
  holdEnd(request, response);
  refuse(response, refusal);
}

function holdEnd(request: IncomingMessage, response: ServerResponse): void {
  const end = response.end.bind(response);
  response.end = ((body: Uint8Array) => {
    response.write(body);
    const timer = setTimeout(done, grace);
    function done() {
      clearTimeout(timer);
      request.off('end', done).off('close', done);
      end();
    }
    request.once('end', done).once('close', done).resume();
    return response;
  }) as typeof response.end;
}
