import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export interface TokenServer {
  readonly url: string;
  /** What was asked, in order. */
  readonly asked: ReadonlyArray<Readonly<Record<string, string>>>;
}

/** What gives access tokens: each question gets the next answer, the last one for ever. */
export async function startTokens(...answers: ReadonlyArray<readonly [status: number, body: object | string]>): Promise<TokenServer> {
  const asked: Array<Readonly<Record<string, string>>> = [];
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    let text = '';
    for await (const part of request) text += String(part);
    const [status, body] = answers[Math.min(asked.length, answers.length - 1)] ?? [500, {}];
    asked.push(Object.fromEntries(new URLSearchParams(text)));
    response.writeHead(status, { 'content-type': 'application/json' }).end(typeof body === 'string' ? body : JSON.stringify(body));
  };
  const server = createServer((request, response) => void answer(request, response));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/token`, asked };
}
