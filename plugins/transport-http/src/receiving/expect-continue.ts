import type { IncomingMessage, ServerResponse } from 'node:http';

const awaiting = new WeakSet<IncomingMessage>();

/** Notes that the client sends the body only after it was told to (`expect: 100-continue`). */
export function noteExpectation(request: IncomingMessage): void {
  awaiting.add(request);
}

/** Tells the client to send the body, if it waits for that. */
export function writeContinue(request: IncomingMessage, response: ServerResponse): void {
  if (awaiting.delete(request)) response.writeContinue();
}
