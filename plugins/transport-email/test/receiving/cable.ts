import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** A port that leads to the mail server, with what can happen on the way. */
export class Cable {
  readonly #target: number;
  readonly #server: Server;
  readonly #pairs = new Set<readonly [near: Socket, far: Socket]>();
  /** Nobody comes in meanwhile. */
  isClosed = false;

  private constructor(target: number) {
    this.#target = target;
    this.#server = createServer({ noDelay: true }, (near) => this.#join(near));
  }

  static async to(target: number): Promise<Cable> {
    const cable = new Cable(target);
    await once(cable.#server.listen(0, '127.0.0.1'), 'listening');
    return cable;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Resets every connection, whatever is on its way. */
  cut(): void {
    for (const [near, far] of this.#pairs) {
      near.resetAndDestroy();
      far.resetAndDestroy();
    }
  }

  /** What either side says from now on gets lost; nobody is told. */
  mute(): void {
    for (const sockets of this.#pairs) for (const socket of sockets) socket.removeAllListeners('data').resume();
  }

  async end(): Promise<void> {
    this.cut();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #join(near: Socket): void {
    if (this.isClosed) return void near.resetAndDestroy();
    const far = connect({ port: this.#target, host: '127.0.0.1', noDelay: true });
    const pair = [near, far] as const;
    this.#pairs.add(pair);
    near.on('data', (part) => far.write(part));
    far.on('data', (part) => near.write(part));
    near.once('end', () => far.end()).once('close', () => far.destroy());
    far.once('end', () => near.end()).once('close', () => near.destroy());
    for (const socket of pair) socket.on('error', () => undefined).once('close', () => this.#pairs.delete(pair));
  }
}
