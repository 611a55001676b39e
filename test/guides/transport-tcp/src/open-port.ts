import { createServer, type Socket } from 'node:net';
import { errors } from './errors.ts';

/** A port that is being listened on. Connections wait, unread, until somebody asks for them. */
export interface OpenPort {
  /** The next connection; undefined as soon as `stop` aborts. */
  next(stop: AbortSignal): Promise<Socket | undefined>;
  close(): Promise<void>;
}

/** Throws `WB_TCP_PORT` when the port cannot be had. */
export function openPort(host: string, port: number): Promise<OpenPort> {
  const waiting: Socket[] = [];
  let wake = (): void => undefined;
  const server = createServer({ pauseOnConnect: true }, (socket) => {
    socket.on('error', () => socket.destroy());
    waiting.push(socket);
    wake();
  });
  const opened: OpenPort = {
    async next(stop) {
      while (!stop.aborted) {
        const socket = waiting.shift();
        if (socket) return socket;
        await new Promise<void>((resolve) => {
          wake = resolve;
          stop.addEventListener('abort', () => resolve(), { once: true });
        });
      }
      return undefined;
    },
    close: () =>
      new Promise((resolve) => {
        for (const socket of waiting.splice(0)) socket.destroy();
        server.close(() => resolve());
      }),
  };
  return new Promise((resolve, reject) => {
    server.once('error', (cause) => {
      reject(errors.WB_TCP_PORT(`Port ${port} of ${host} cannot be listened on.`, { cause }));
    });
    server.listen(port, host, () => resolve(opened));
  });
}
