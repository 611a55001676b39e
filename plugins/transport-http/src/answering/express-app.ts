import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Log } from '@waybill/contract';
import express, { type NextFunction, type Request, type Response } from 'express';
import type { AddressTable } from '../receiving/address-table.ts';
import { answerProblem } from './answer.ts';
import { answerOtherRequest } from './other-requests.ts';
import { internal, notFound } from './problem.ts';
import { refuseRequest } from './refuse-request.ts';

/** The express app that answers whatever brings no message, in a server of our own. */
export function expressApp(table: AddressTable, log: Log): (request: IncomingMessage, response: ServerResponse) => void {
  const app = express();
  app.disable('x-powered-by');
  app.use((request: Request, response: Response) => {
    if (!answerOtherRequest(table, request, response)) refuseRequest(request, response, notFound);
  });
  // Express takes a function with four parameters for an error handler. Its default one would show the stack trace.
  app.use((error: unknown, _request: Request, response: Response, _next: NextFunction) => {
    log.error({ cause: String(error) }, 'a request could not be answered');
    if (response.headersSent) response.destroy();
    else answerProblem(response, internal);
  });
  return app;
}
