import { createConnection, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import type { Commands } from './daemon/control/commands.ts';

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** The other end of the control socket: asks one thing after the other. */
export class Control {
  readonly #socket: Socket;
  readonly #waiting: Waiting[] = [];

  private constructor(socket: Socket) {
    this.#socket = socket;
    createInterface({ input: socket }).on('line', (line) => this.#answered(line));
    socket.on('error', () => socket.destroy());
    socket.on('close', () => this.#ended());
  }

  /** Undefined when nobody listens there yet. */
  static async open(path: string): Promise<Control | undefined> {
    const socket = createConnection(path);
    return new Promise((resolve) => {
      socket.once('connect', () => resolve(new Control(socket)));
      socket.once('error', () => resolve(undefined));
    });
  }

  ask<Name extends keyof Commands>(command: Name, ...args: Parameters<Commands[Name]>): Promise<ReturnType<Commands[Name]>> {
    return new Promise((resolve, reject) => {
      if (this.#socket.destroyed) reject(new Error(`The queue manager is not running: ${command} was not done.`));
      this.#waiting.push({ resolve: resolve as (value: unknown) => void, reject });
      this.#socket.write(`${JSON.stringify({ command, args })}\n`);
    });
  }

  close(): void {
    this.#socket.destroy();
  }

  #answered(line: string): void {
    const { value, error } = JSON.parse(line) as { value?: unknown; error?: string };
    const waiting = this.#waiting.shift();
    if (error === undefined) waiting?.resolve(value);
    else waiting?.reject(new Error(error));
  }

  #ended(): void {
    for (const { reject } of this.#waiting.splice(0)) reject(new Error('The queue manager has ended.'));
  }
}
