import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Inbox, pathOf } from './inbox.ts';
import { methodRefused } from './refusal.ts';
import { turnAway } from './turn-away.ts';

/** Answers for the state of a message, and other methods at the address of an entry. False: it is about something else. */
export function answerAboutMessages(inbox: Inbox, request: IncomingMessage, response: ServerResponse): boolean {
  const path = pathOf(request);
  const methods = inbox.methodsAt(path);
  if (methods.length > 0) {
    answerOtherMethod(request, response, [...methods, 'OPTIONS'].join(', '));
    return true;
  }
  const found = request.method === 'GET' || request.method === 'HEAD' ? inbox.above(path) : undefined;
  if (found) void found.route.tell(request, response, found.name);
  return found !== undefined;
}

function answerOtherMethod(request: IncomingMessage, response: ServerResponse, allow: string): void {
  if (request.method !== 'OPTIONS') return turnAway(request, response, methodRefused(allow));
  response.writeHead(204, { allow });
  response.end();
}
