import type { Socket } from 'node:net';

/**
 * How long a new connection has to last before anything is written to it, in milliseconds: as long as it took to make it, within
 * these bounds. A balancer or a port proxy with nothing behind it accepts every connection and closes it at once. What had been
 * written by then would be in doubt for ever, although nobody has it.
 */
const proof = { least: 5, most: 100 };

/**
 * Resolves when a connection that was just begun can be written to, with TLS after the handshake, which proves that somebody is
 * there. Rejects when that takes more than `limit` milliseconds, and when the other side closes it.
 */
export function whenConnected(socket: Socket, limit: number): Promise<void> {
  const isSecure = 'encrypted' in socket;
  const began = performance.now();
  return new Promise((resolve, reject) => {
    let timer = setTimeout(() => end(new ConnectingError('ETIMEDOUT')), limit);
    const end = (error?: Error) => {
      clearTimeout(timer);
      if (error) reject(error);
      else resolve();
    };
    socket.once('error', end);
    socket.once('close', () => end(new ConnectingError('ECONNRESET')));
    socket.once(isSecure ? 'secureConnect' : 'connect', () => {
      if (isSecure) return end();
      clearTimeout(timer);
      const lasting = Math.min(Math.max(performance.now() - began, proof.least), proof.most);
      // In a busy process the timer may be the first to be looked at. What has come from the network by then is looked at before the end.
      timer = setTimeout(() => setImmediate(end), lasting);
    });
  });
}

/** Has a `code`, as the errors of Node have. */
class ConnectingError extends Error {
  readonly code: string;

  constructor(code: 'ETIMEDOUT' | 'ECONNRESET') {
    super(code === 'ETIMEDOUT' ? 'no connection within the time for it' : 'the connection was accepted and closed at once');
    this.code = code;
  }
}
