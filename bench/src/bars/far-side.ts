import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/**
 * How a far side is away.
 *
 * - refused: nobody listens.
 * - reset: connections are accepted and cut before any answer, as a balancer without a backend does.
 * - 503: it answers that it is not available.
 * - hung: it accepts everything and answers nothing, until it is started again.
 */
export type Trouble = 'refused' | 'reset' | '503' | 'hung';

/** An HTTP server that takes messages, with what can happen to one. */
export class FarSide {
  #server: Server | undefined;
  readonly #sockets = new Set<Socket>();
  #trouble: Trouble | undefined;
  #port = 0;
  /** When each message was taken, by its id. */
  readonly taken = new Map<string, number>();
  /** When it was tried in vain. */
  readonly triedAt: number[] = [];
  /** Messages that were taken more than once. */
  twice = 0;

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  async start(): Promise<void> {
    const server = createServer((request, response) => {
      request.resume().on('end', () => {
        if (this.#trouble) this.triedAt.push(performance.now());
        if (this.#trouble === 'hung') return;
        if (this.#trouble === '503') return void response.writeHead(503).end();
        this.#take(String(request.headers['idempotency-key']));
        response.writeHead(204).end();
      });
    });
    server.on('connection', (socket) => {
      if (this.#trouble === 'reset') {
        this.triedAt.push(performance.now());
        socket.resetAndDestroy();
        return;
      }
      this.#sockets.add(socket);
      socket.on('error', () => undefined).on('close', () => this.#sockets.delete(socket));
    });
    server.listen(this.#port, '127.0.0.1');
    await once(server, 'listening');
    this.#port = (server.address() as AddressInfo).port;
    this.#server = server;
  }

  /** From now on it is away in this way. */
  async fail(trouble: Trouble): Promise<void> {
    this.#trouble = trouble;
    if (trouble === 'refused') await this.stop();
    else if (trouble === 'reset') this.#cut();
  }

  /** It is there again; what hung was cut, as when it is started again. */
  async recover(): Promise<void> {
    const was = this.#trouble;
    this.#trouble = undefined;
    this.#cut();
    if (was === 'refused') await this.start();
  }

  async stop(): Promise<void> {
    this.#cut();
    const server = this.#server;
    this.#server = undefined;
    if (!server) return;
    server.close();
    await once(server, 'close');
  }

  #take(id: string): void {
    if (this.taken.has(id)) this.twice += 1;
    else this.taken.set(id, performance.now());
  }

  #cut(): void {
    for (const socket of this.#sockets) socket.destroy();
  }
}
