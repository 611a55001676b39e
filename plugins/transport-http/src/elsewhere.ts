import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Log } from '@waybill/contract';
import express, { type NextFunction, type Request, type Response } from 'express';
import { answerAboutMessages } from './about-messages.ts';
import { refuse } from './answer.ts';
import type { Inbox } from './inbox.ts';
import { internal, notFound } from './refusal.ts';
import { turnAway } from './turn-away.ts';

/** The express app that answers whatever is not a message, in a server of our own. */
export function elsewhere(inbox: Inbox, log: Log): (request: IncomingMessage, response: ServerResponse) => void {
  const app = express();
  app.disable('x-powered-by');
  app.use((request: Request, response: Response) => {
    if (!answerAboutMessages(inbox, request, response)) turnAway(request, response, notFound);
  });
  // Four parameters are what makes it an error handler to express. The default one would show the stack trace.
  app.use((error: unknown, _request: Request, response: Response, _next: NextFunction) => {
    log.error({ cause: String(error) }, 'A request could not be answered.');
    if (response.headersSent) response.destroy();
    else refuse(response, internal);
  });
  return app;
}
