import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { StoreOrder } from './store-child.ts';

/** Several processes that work on the same entry. Whoever is killed, or has ended, is started again. */
export class Processes {
  readonly #order: StoreOrder;
  readonly #children: (ChildProcess | undefined)[];
  #isEnding = false;
  /** How often one has ended by itself. */
  deaths = 0;

  private constructor(order: StoreOrder, count: number) {
    this.#order = order;
    this.#children = Array.from({ length: count });
  }

  static async start(order: StoreOrder, count: number): Promise<Processes> {
    const processes = new Processes(order, count);
    for (let index = 0; index < count; index++) await processes.#run(index);
    return processes;
  }

  /** Resolves when the next one runs. */
  async kill(index: number): Promise<void> {
    await this.#end(index);
    await this.#run(index);
  }

  /** It is not started again. */
  async killFor(pid: number): Promise<void> {
    await this.#end(this.#children.findIndex((child) => child?.pid === pid));
  }

  async end(): Promise<void> {
    this.#isEnding = true;
    await Promise.all(this.#children.map((_, index) => this.#end(index)));
  }

  async #end(index: number): Promise<void> {
    const child = this.#children[index];
    this.#children[index] = undefined;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }

  async #run(index: number): Promise<void> {
    if (this.#isEnding) return;
    const child = fork(new URL('./store-child.ts', import.meta.url), { execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    this.#children[index] = child;
    child.once('exit', () => void this.#rise(index, child));
    const news = Promise.race([once(child, 'message'), once(child, 'exit')]);
    child.send(this.#order);
    await news;
  }

  /** Of one that has ended by itself. */
  async #rise(index: number, child: ChildProcess): Promise<void> {
    if (this.#children[index] !== child) return;
    this.deaths += 1;
    await this.#run(index);
  }
}
