import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/**
 * - dead: nobody listens, as where a process has ended.
 * - hung: connections are accepted, and nothing passes.
 * - slow: everything passes late.
 */
export type Trouble = 'dead' | 'hung' | 'slow';

/** How late what passes slowly is, in milliseconds. */
const late = 300;

/** A port that leads to another one, with what can happen on the way. */
export class Proxy {
  readonly #target: () => number | undefined;
  readonly #sockets = new Set<Socket>();
  #server: Server | undefined;
  #trouble: Trouble | undefined;
  port = 0;

  constructor(target: () => number | undefined) {
    this.#target = target;
  }

  async start(): Promise<void> {
    const server = createServer((socket) => this.#join(socket));
    server.listen(this.port, '127.0.0.1');
    await once(server, 'listening');
    this.port = (server.address() as AddressInfo).port;
    this.#server = server;
  }

  /** Resets every connection, whatever is on its way. */
  cut(): void {
    for (const socket of this.#sockets) socket.resetAndDestroy();
  }

  async fail(trouble: Trouble): Promise<void> {
    this.#trouble = trouble;
    if (trouble === 'dead') await this.stop();
  }

  /** It is well again; what hung is cut, as when a process is started again. */
  async recover(): Promise<void> {
    this.#trouble = undefined;
    this.cut();
    if (!this.#server) await this.start();
  }

  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    this.cut();
    if (!server) return;
    server.close();
    await once(server, 'close');
  }

  #join(near: Socket): void {
    const port = this.#target();
    this.#keep(near);
    if (port === undefined) return void near.resetAndDestroy();
    const far = connect({ port, host: '127.0.0.1', noDelay: true });
    this.#keep(far);
    this.#pass(near, far);
    this.#pass(far, near);
  }

  #pass(from: Socket, to: Socket): void {
    from.on('data', (part) => {
      if (this.#trouble === 'hung') return;
      if (this.#trouble === 'slow') setTimeout(() => to.write(part), late);
      else to.write(part);
    });
    from.once('end', () => to.end()).once('close', () => to.destroy());
  }

  #keep(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('error', () => undefined).once('close', () => this.#sockets.delete(socket));
  }
}
