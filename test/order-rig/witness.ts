import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import type { Counts, Fact, Findings } from './judge.ts';
import type { Mark } from './mark.ts';

/** What a process of the rig has of the witness: a connection on which facts are written down in their order. */
export class Testimony {
  readonly #socket: Socket;
  readonly #waiting: ((wasRefused: boolean) => void)[] = [];

  constructor(port: number) {
    this.#socket = connect({ port, host: '127.0.0.1', noDelay: true });
    // Without a witness nobody would know what this process does.
    this.#socket.once('close', () => process.exit(3));
    createInterface(this.#socket)
      .on('error', () => process.exit(3))
      .on('line', (line) => this.#waiting.shift()?.(line === 'refused'));
  }

  /** Resolves when it is written down, with whether a handler has refused this message before. */
  tell(what: Fact['what'], id: string, mark?: Mark): Promise<boolean> {
    const fact: Fact = { what, id, process: process.pid, mark: mark && { key: mark.key, number: mark.number } };
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      this.#socket.write(`${JSON.stringify(fact)}\n`);
    });
  }
}

/** What the rig asks its witness. */
export type Question = 'counts' | 'findings' | Fact;

/** A process of its own that sees everything and is never harmed: facts on one port, the destination on another. */
export class Witness {
  readonly #process: ChildProcess;
  readonly factsPort: number;
  readonly farPort: number;
  readonly #answers: PromiseWithResolvers<unknown>[] = [];

  private constructor(child: ChildProcess, [factsPort, farPort]: readonly [number, number]) {
    this.#process = child;
    this.factsPort = factsPort;
    this.farPort = farPort;
    child.on('message', (answer) => this.#answers.shift()?.resolve(answer));
    child.once('exit', () => {
      for (const answer of this.#answers) answer.reject(new Error('the witness of the rig has ended'));
    });
  }

  static async start(): Promise<Witness> {
    const child = fork(new URL('./witness-process.ts', import.meta.url), { execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    const [ports] = (await once(child, 'message')) as [readonly [number, number]];
    return new Witness(child, ports);
  }

  counts(): Promise<Counts> {
    return this.#ask('counts') as Promise<Counts>;
  }

  async note(what: Fact['what'], process: number): Promise<void> {
    await this.#ask({ what, process, id: '' });
  }

  findings(): Promise<Findings> {
    return this.#ask('findings') as Promise<Findings>;
  }

  async end(): Promise<void> {
    const ended = once(this.#process, 'exit');
    this.#process.disconnect();
    await ended;
  }

  #ask(question: Question): Promise<unknown> {
    const answer = Promise.withResolvers<unknown>();
    this.#answers.push(answer);
    this.#process.send(question);
    return answer.promise;
  }
}
