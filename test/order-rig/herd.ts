import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { ChildOrder, Ending } from './child.ts';
import type { Witness } from './witness.ts';

/** Holds by how many milliseconds the clock of the processes is put forward. */
export const clockFile = 'clock-step';

/** Several processes of one manifest on one folder. Whoever is killed is started again. */
export class Herd {
  readonly #order: ChildOrder;
  readonly #witness: Witness;
  readonly #children: (ChildProcess | undefined)[];
  readonly #ports: (number | undefined)[];
  /** How long each process took from its start to running, in milliseconds. */
  readonly readyAfter: number[] = [];
  #isEnding = false;

  constructor(order: Omit<ChildOrder, 'witness'>, size: number, witness: Witness) {
    this.#order = { ...order, witness: witness.factsPort };
    this.#witness = witness;
    this.#children = Array.from({ length: size });
    this.#ports = Array.from({ length: size });
  }

  /** The port of a process, where it has one at the moment. */
  portOf(index: number): number | undefined {
    return this.#ports[index];
  }

  async start(): Promise<void> {
    await Promise.all(this.#children.map((_, index) => this.#run(index)));
  }

  /** Kills one as a power cut would, and starts it again. Resolves when it runs. */
  async kill(index: number): Promise<void> {
    const child = this.#children[index];
    this.#ports[index] = undefined;
    if (child?.exitCode === null && child.signalCode === null) {
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    }
    if (child?.pid !== undefined) await this.#witness.note('died', child.pid);
    if (!this.#isEnding) await this.#run(index);
  }

  /** Kills one of the processes that this one has started for itself, where it has any: it is for that one to get over it. */
  async killPart(index: number): Promise<void> {
    const { pid } = this.#children[index] ?? {};
    const parts = pid === undefined ? '' : await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '');
    const [part] = parts.split(' ').filter((one) => one !== '');
    if (part !== undefined) process.kill(Number(part), 'SIGKILL');
  }

  /** Has one end itself at a point, and starts it again. One that has not come there after a while is killed where it is. */
  async endAt(index: number, ending: Ending, within: number): Promise<void> {
    const child = this.#children[index];
    if (child?.exitCode === null && child.signalCode === null) {
      const limit = new AbortController();
      const ended = once(child, 'exit');
      child.send(ending);
      await Promise.race([ended, pause(within, undefined, limit)]);
      limit.abort();
    }
    await this.kill(index);
  }

  /** Lets one stand still for so many milliseconds, as a machine does that is suspended. `holdsFile`: whether a file is locked meanwhile. */
  async suspend(index: number, ms: number, holdsFile: () => boolean): Promise<void> {
    const child = this.#children[index];
    if (child?.pid === undefined) return;
    await this.#witness.note('stands-still', child.pid);
    child.kill('SIGSTOP');
    if (holdsFile()) await this.#witness.note('holds-file', child.pid);
    await pause(ms);
    child.kill('SIGCONT');
    await this.#witness.note('goes-on', child.pid);
  }

  async end(): Promise<void> {
    this.#isEnding = true;
    await Promise.all(
      this.#children.map(async (child) => {
        if (child?.exitCode !== null || child.signalCode !== null) return;
        const ended = once(child, 'exit');
        child.kill('SIGKILL');
        await ended;
      }),
    );
  }

  async #run(index: number): Promise<void> {
    const since = performance.now();
    const { setsClock } = this.#order;
    // It makes a start slower, which is measured, too.
    const NODE_OPTIONS = setsClock ? `--import ${new URL('./faults/stepped-clock.ts', import.meta.url).href}` : undefined;
    const env = { ...process.env, NODE_OPTIONS, WAYBILL_RIG_CLOCK: join(this.#order.folder, clockFile) };
    const child = fork(new URL('./child.ts', import.meta.url), { execArgv: [], env, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    this.#children[index] = child;
    const running = Promise.withResolvers<void>();
    child.once('message', (news: { readonly port?: number }) => {
      this.#ports[index] = news.port;
      this.readyAfter.push(performance.now() - since);
      running.resolve();
    });
    child.once('exit', (code) => {
      if (!this.#isEnding && code !== null) running.reject(new Error(`a process of the rig ended with ${code}`));
      else running.resolve();
    });
    child.send(this.#order);
    await running.promise;
  }
}
