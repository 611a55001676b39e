import type { IncomingMessage, ServerResponse } from 'node:http';
import { answerProblem } from './answer.ts';
import type { ProblemDetails } from './problem.ts';

/** How much is read of the body of a refused request, so that its connection can be used again, in bytes. */
const worthReading = 64 * 1024;

/** How long a client may go on sending to a connection that is about to be closed, in milliseconds. */
const grace = 1_000;

/**
 * Refuses a request, some of whose body may still be on its way. A small rest is read and forgotten. For a large one the
 * connection is closed, but not at once: closing while the client sends would destroy the answer before it is read.
 */
export function refuseRequest(request: IncomingMessage, response: ServerResponse, problem: ProblemDetails): void {
  if (!problem.closes && (request.complete || lengthOf(request) <= worthReading)) return answerProblem(response, problem);
  response.shouldKeepAlive = false;
  if (request.complete) return answerProblem(response, problem);
  answerProblem(response, problem, (body) => endLater(request, response, body));
}

function lengthOf({ headers }: IncomingMessage): number {
  return headers['transfer-encoding'] === undefined ? Number(headers['content-length'] ?? 0) : Infinity;
}

/** Sends the whole answer at once and closes the connection later. */
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
