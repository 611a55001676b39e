import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { answerProblem, bodyOf, type End } from './answer.ts';
import { internal, type ProblemDetails } from './problem.ts';
import type { RefusalLog } from './refusal-log.ts';

// Not imported, since that would make Node load its HTTP client.
const { STATUS_CODES } = process.getBuiltinModule('node:http');

/** How much is read of the body of a refused request, so that its connection can be used again, in bytes. */
const worthReading = 64 * 1024;

/** How long a client may go on sending to a connection that is about to be closed, in milliseconds. */
const grace = 1_000;

/**
 * Refuses a request, some of whose body may still be on its way. A small rest is read and forgotten. For a large one the
 * connection is closed, but not at once: closing while the client sends would destroy the answer before it is read.
 */
export function refuseRequest(request: IncomingMessage, response: ServerResponse, problem: ProblemDetails, log: RefusalLog): void {
  log.tell(problem, request.socket.remoteAddress, request);
  if (!problem.closes && (request.complete || lengthOf(request) <= worthReading)) return answerProblem(response, problem);
  answerProblem(response, problem, endOf(request, response));
}

/** How an answer ends, after which the connection is closed. Undefined where nothing of the request is on its way any more. */
export function endOf(request: IncomingMessage, response: ServerResponse): End | undefined {
  response.shouldKeepAlive = false;
  return request.complete ? undefined : (body) => endLater(request, response, body);
}

/** Ends a request that could not be answered because of `cause`. */
export function refuseAfter(cause: unknown, request: IncomingMessage, response: ServerResponse, log: RefusalLog): void {
  log.tell({ ...internal, cause }, request.socket.remoteAddress, request);
  if (response.headersSent) response.destroy();
  else answerProblem(response, internal);
}

/** Refuses what came over a connection where Node has no response for it, and closes the connection. */
export function refuseConnection(socket: Duplex, problem: ProblemDetails): void {
  const { status } = problem;
  const body = bodyOf(problem);
  const head = `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nconnection: close\r\ncontent-type: application/problem+json`;
  socket.write(`${head}\r\ncontent-length: ${body.byteLength}\r\n\r\n`);
  socket.end(body, () => socket.destroy());
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
