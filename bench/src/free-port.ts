import { createServer } from 'node:net';

/**
 * A port that nobody uses, below those that the system gives to outgoing connections, or one of them could have it a moment later.
 */
export async function freePort(): Promise<number> {
  const port = 10_000 + Math.floor(20_000 * Math.random());
  const server = createServer();
  const free = await new Promise((resolve) => {
    server.once('error', () => resolve(false)).listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
  return free ? port : freePort();
}
