import type { IncomingMessage, ServerResponse } from 'node:http';
import express, { type NextFunction, type Request, type Response } from 'express';
import type { AddressTable } from '../receiving/address-table.ts';
import { answerOtherRequest } from './other-requests.ts';
import { notFound } from './problem.ts';
import type { RefusalLog } from './refusal-log.ts';
import { refuseAfter, refuseRequest } from './refuse-request.ts';

/** The express app that answers whatever brings no message, in a server of our own. */
export function expressApp(table: AddressTable, log: RefusalLog): (request: IncomingMessage, response: ServerResponse) => void {
  const app = express();
  app.disable('x-powered-by');
  app.use((request: Request, response: Response) => {
    if (!answerOtherRequest(table, request, response)) refuseRequest(request, response, notFound, log);
  });
  // Express takes a function with four parameters for an error handler. Its default one would show the stack trace.
  app.use((error: unknown, request: Request, response: Response, _next: NextFunction) => {
    refuseAfter(error, request, response, log);
  });
  return app;
}
