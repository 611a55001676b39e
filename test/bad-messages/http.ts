import { Agent, type IncomingHttpHeaders, type OutgoingHttpHeaders, request } from 'node:http';
import type { World } from './world.ts';

export interface Posted {
  readonly id?: string | undefined;
  readonly type?: string;
  readonly user?: string | undefined;
  readonly agent?: Agent;
  readonly method?: string;
}

export interface Answered {
  readonly status: number;
  readonly type: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** True when the request went over a connection that an earlier one had opened. */
  readonly reused: boolean;
}

/** One connection that is kept open from request to request. */
export function oneConnection(): Agent {
  return new Agent({ keepAlive: true, maxSockets: 1 });
}

/** Sends a message to the kernel over HTTP; `user` as `name:password`. */
export function post({ port }: Pick<World, 'port'>, path: string, body: Uint8Array | string, posted: Posted = {}): Promise<Answered> {
  const { id, type = 'application/xml', user, agent, method = 'POST' } = posted;
  const headers: OutgoingHttpHeaders = { 'content-type': type, 'content-length': Buffer.byteLength(body) };
  if (id !== undefined) headers['idempotency-key'] = id;
  if (user !== undefined) headers['authorization'] = `Basic ${Buffer.from(user).toString('base64')}`;
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, path, method, headers, ...(agent ? { agent } : {}) }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk)).on('error', reject);
      response.on('end', () => {
        const { statusCode: status = 0, headers: given } = response;
        const whole = Buffer.concat(chunks);
        resolve({ status, type: given['content-type'] ?? '', headers: given, body: whole, reused: asked.reusedSocket });
      });
    });
    asked.on('error', reject);
    asked.end(body);
  });
}

/** Asks for something; `user` as `name:password`. */
export function get(world: Pick<World, 'port'>, path: string, user?: string): Promise<Answered> {
  return post(world, path, '', { method: 'GET', user });
}
