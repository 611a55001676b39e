import type { ClientRequest } from 'node:http';
import type { HttpConnection } from '../http-connection.ts';
import type { ResolvedTarget } from './target.ts';

/** How long a connection is kept open while nothing is sent, in milliseconds; less where the other side says so. */
const idle = 4_000;

/** The connections of one outbound entry, made by the HTTP client of Node. */
export interface Pool {
  /** Begins a request. Nothing of it is written until its body is. */
  request(headers: Readonly<Record<string, string>>): ClientRequest;
  close(): void;
}

/** Has at most `connections` connections at a time. Throws WB_HTTP_CA. */
export async function openPool(connection: HttpConnection, target: ResolvedTarget, connections: number): Promise<Pool> {
  const ca = await connection.trusted();
  const { protocol, host, hostname, port, path, method } = target;
  // Not imported, since that would make Node load its `fetch` as well; and TLS only where it is needed.
  const { Agent, request } = protocol === 'https:' ? process.getBuiltinModule('node:https') : process.getBuiltinModule('node:http');
  const agent = new Agent({
    keepAlive: true,
    maxSockets: connections,
    maxFreeSockets: connections,
    timeout: idle,
    ...(ca ? { ca: [...ca] } : {}),
  });
  const common = { agent, protocol, hostname, port, path, method, timeout: connection.site.answerTimeout };
  return {
    // A list is written as it is; an object would be copied, header by header.
    request: (headers) => request({ ...common, headers: ['host', host, ...Object.entries(headers).flat()] }),
    close: () => agent.destroy(),
  };
}
