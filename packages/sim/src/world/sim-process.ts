import type { Kernel } from '@waybill/kernel';
import type { MemoryJournal } from '@waybill/testing';
import type { Actor } from '../oracle/bench.ts';
import type { World } from './world.ts';

/** Nothing that a killed process waits for ever comes. A promise for each, since one for all would keep all that ever waited in memory. */
function never(): Promise<never> {
  return new Promise(() => undefined);
}

/** One process: a kernel, and everything through which it reaches the outside. Once it is dead, none of that lets anything through. */
export class SimProcess implements Actor {
  readonly name: string;
  readonly #world: World;
  readonly #cuts = new Set<() => void>();
  state: Actor['state'] = 'running';
  suspendedAt = -1;
  resumedAt = -1;
  journal: MemoryJournal | undefined;
  kernel: Kernel | undefined;
  /** How far its clock is away from the time of the world, in milliseconds. */
  clockOffset = 0;
  /** It was asked to stop. */
  isStopping = false;
  #resumed = Promise.withResolvers<void>();
  readonly #died = Promise.withResolvers<void>();

  constructor(name: string, world: World) {
    this.name = name;
    this.#world = world;
  }

  /** Resolves when it is dead. */
  get died(): Promise<void> {
    return this.#died.promise;
  }

  /** To be passed by whatever comes in and goes out. Undefined where the way is free, so that nobody waits who need not. */
  gate(): Promise<void> | undefined {
    return this.state === 'running' ? undefined : this.#wait();
  }

  /** Waits as long as the process is suspended, and for ever when it is dead. */
  async pass(): Promise<void> {
    if (this.state !== 'running') await this.#wait();
  }

  async sleep(ms: number): Promise<void> {
    await this.#world.time.sleep(ms);
    await this.pass();
  }

  /** The clock of its kernel. */
  readonly clock = {
    now: (): number => this.#world.time.now + this.clockOffset,
    sleep: (ms: number, signal?: AbortSignal): Promise<void> =>
      new Promise<void>((resolve) => {
        if (signal?.aborted) return resolve();
        const wake = (): void => {
          stop();
          signal?.removeEventListener('abort', wake);
          resolve();
        };
        const stop = this.#world.time.after(ms, wake);
        signal?.addEventListener('abort', wake, { once: true });
      }).then(() => this.gate()),
  };

  /** A signal that this process hears of: not while it is suspended. */
  heard(signal: AbortSignal | undefined): AbortSignal | undefined {
    if (!signal) return undefined;
    const own = new AbortController();
    const abort = (): void => void this.pass().then(() => own.abort());
    if (signal.aborted) own.abort();
    else signal.addEventListener('abort', abort, { once: true });
    return own.signal;
  }

  /** Something of it that can be cut off from outside. */
  opened(cut: () => void): void {
    this.#cuts.add(cut);
  }

  /** All its connections are lost. */
  cutOff(): void {
    const cuts = [...this.#cuts];
    this.#cuts.clear();
    for (const cut of cuts) cut();
  }

  kill(): Promise<never> {
    if (this.state === 'dead') return never();
    this.#world.tell(`${this.name} is killed`);
    this.#end();
    const { crash } = this.#world.plant;
    if (this.journal) (crash ?? ((journal) => journal.crash()))(this.journal);
    this.cutOff();
    return never();
  }

  /** Stands still for so many milliseconds. When that takes long, the far sides give up on its connections. */
  suspend(ms: number): void {
    if (this.state !== 'running') return;
    const { time, random } = this.#world;
    if (ms > 3_000) time.after(random.whole(2_000, 3_000), () => this.state === 'suspended' && this.cutOff());
    time.after(ms, () => this.resume());
    this.state = 'suspended';
    this.suspendedAt = this.#world.oracle.bench.next();
    this.#resumed = Promise.withResolvers();
    this.journal?.suspend();
    this.#world.tell(`${this.name} is suspended`);
  }

  resume(): void {
    if (this.state !== 'suspended') return;
    this.state = 'running';
    this.resumedAt = this.#world.oracle.bench.next();
    this.journal?.resume();
    this.#world.tell(`${this.name} goes on`);
    this.#resumed.resolve();
  }

  /** It has stopped in an orderly way. */
  ended(): void {
    if (this.state === 'dead') return;
    this.#end();
    this.cutOff();
  }

  #end(): void {
    this.state = 'dead';
    this.#died.resolve();
    this.#world.oracle.inbound.died(this);
    this.#world.oracle.outbound.died(this);
  }

  async #wait(): Promise<void> {
    while (this.state === 'suspended') await this.#resumed.promise;
    if (this.state === 'dead') await never();
  }
}
