import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { type OfficeParts, serveOffice } from './office/office.ts';
import { certificateFiles } from './settings.ts';
import { type PageParts, servePages } from './store-pages.ts';

/** The server of the pages: PunchOut in front, then the office, then the shop. */
export function pagesOf(front: PageParts, office: OfficeParts): RequestListener {
  return (request, response) => {
    front.punchout.handle(request, response, () => {
      const isOffice = request.url === '/office' && front.punchout.sessionOf(request) === undefined;
      const served = isOffice ? serveOffice(office, request, response) : servePages(front, request, response);
      served.catch((error: unknown) => fail(error, request, response));
    });
  };
}

function fail(error: unknown, request: IncomingMessage, response: ServerResponse): void {
  process.emitWarning(`${request.method} of a page failed: ${error instanceof Error ? error.message : String(error)}`);
  if (response.headersSent) return void response.destroy();
  response
    .writeHead(500, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' })
    .end('Something went wrong. Try again.\n');
}

export interface WebServer {
  close(): Promise<void>;
}

/** Listens on this machine alone; by TLS where there is a certificate. */
export async function serve(pages: RequestListener, port: number): Promise<WebServer & AddressInfo> {
  const files = certificateFiles();
  const server = files ? createTlsServer({ key: readFileSync(files.key), cert: readFileSync(files.cert) }, pages) : createServer(pages);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', resolve);
  });
  return {
    ...(server.address() as AddressInfo),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
