import { MemoryJournalFile, memoryTransport } from '@waybill/testing';
import type { FaultKind } from './chance/fault-kinds.ts';
import { Faults } from './chance/faults.ts';
import { Random } from './chance/random.ts';
import { scenarioOf } from './chance/scenario.ts';
import { checkDirect } from './oracle/direct-check.ts';
import { checkEnd } from './oracle/end-check.ts';
import { Oracle } from './oracle/oracle.ts';
import { takeOverGlobals } from './time/globals.ts';
import { VirtualTime } from './time/virtual-time.ts';
import { transportOptions } from './world/boot.ts';
import { Caller } from './world/calls/caller.ts';
import { FarSide } from './world/far-side.ts';
import { Herd } from './world/herd.ts';
import { Operator } from './world/operator.ts';
import type { Plant } from './world/plant.ts';
import { queueOf, type World } from './world/world.ts';

export interface SeedResult {
  readonly seed: number;
  /** What must not have happened, in words; empty when all is well. */
  readonly violations: readonly string[];
  /** How often each kind of fault happened. */
  readonly fired: ReadonlyMap<FaultKind, number>;
  /** How long it took, in milliseconds of virtual time. */
  readonly took: number;
  /** How many messages were handed over. */
  readonly messages: number;
  /** What happened, a line each; empty unless asked for. */
  readonly story: readonly string[];
}

export interface SeedOptions {
  /** Keeps the story. Default false. */
  readonly trace?: boolean | undefined;
  /** Puts a bug into the system, to see that it is found. */
  readonly plant?: Plant | undefined;
}

/** How long everything may take to come to rest when faults have ceased, in milliseconds of virtual time. */
const drainLimit = 20 * 60_000;

/**
 * Runs the kernel through what one seed makes of the world, in this thread: while it runs, the timers, the time and the chance of
 * the thread are virtual. The same seed gives the same result. Run one at a time.
 */
export async function runSeed(seed: number, { trace = false, plant = {} }: SeedOptions = {}): Promise<SeedResult> {
  const time = new VirtualTime();
  const random = new Random(seed);
  const story: string[] = [];
  const tell = trace ? (text: string) => story.push(`${((time.now - time.began) / 1_000).toFixed(3)} ${text}`) : () => undefined;
  const scenario = scenarioOf(random.fork());
  const faults = new Faults(random.fork(), (kind) => tell(`FAULT ${kind}`));
  const oracle = new Oracle(scenario, tell);
  const [chance, jitter, planted] = [random.fork(), random.fork(), random.fork()];
  const giveBack = takeOverGlobals(time, jitter.next);
  const escaped = (error: unknown): void => oracle.bench.violated('no error escapes', String(error instanceof Error ? error.stack : error));
  process.on('unhandledRejection', escaped);
  // Errors are part of nearly every run, and what they cost is the way in which they came about.
  const { stackTraceLimit } = Error;
  if (!trace) Error.stackTraceLimit = 0;
  try {
    const clock = journalClock(time);
    const world: World = {
      scenario,
      time,
      faults,
      oracle,
      plant,
      tell,
      random: chance,
      tools: { random: planted, sleep: (ms) => time.sleep(ms) },
      journal: new MemoryJournalFile({ clock }),
      far: Object.fromEntries(Object.entries(transportOptions).map(([name, options]) => [name, memoryTransport(options)])) as World['far'],
      senders: new Set(),
      askers: new Map(),
      fullUntil: 0,
    };
    await new Play(world, clock).run();
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
    process.off('unhandledRejection', escaped);
    giveBack();
  }
  const took = time.now - time.began;
  return { seed, violations: oracle.violations, fired: faults.fired, took, messages: scenario.messages.length, story };
}

function journalClock(time: VirtualTime) {
  const clock = { offset: 0, now: () => time.now + clock.offset };
  return clock;
}

/** One run from its beginning to its end. */
class Play {
  readonly #world: World;
  readonly #clock: ReturnType<typeof journalClock>;
  readonly #herd: Herd;
  readonly #far: FarSide;
  readonly #caller: Caller;
  readonly #operator: Operator;
  #isOver = false;

  constructor(world: World, clock: ReturnType<typeof journalClock>) {
    this.#world = world;
    this.#clock = clock;
    this.#herd = new Herd(world);
    this.#far = new FarSide(world);
    this.#caller = new Caller(world, this.#herd);
    this.#operator = new Operator(world);
  }

  async run(): Promise<void> {
    const { time, oracle } = this.#world;
    let failure: unknown;
    this.#acts().then(
      () => (this.#isOver = true),
      (error: unknown) => ([failure, this.#isOver] = [error, true]),
    );
    // What is wrong once is enough: what follows from it says nothing.
    const goesOn = await time.runUntil(() => this.#isOver || oracle.violations.length > 0);
    if (!goesOn) oracle.bench.violated('nothing stuck', 'everybody waits, and nothing will ever happen any more');
    // After a violation, kernels still run: nothing of them is to reach beyond the virtual time.
    for (const process of this.#herd.live) process.ended();
    await time.settle();
    if (failure !== undefined) throw failure;
  }

  async #acts(): Promise<void> {
    const { time, faults, scenario, tell } = this.#world;
    this.#far.start();
    this.#caller.start();
    for (this.#herd.fill(); time.now - time.began < scenario.faultsUntil; this.#herd.fill()) {
      await time.sleep(1_000);
      this.#herd.interfere();
      await this.#operator.interfere();
      if (faults.happens('journal.clock-jumps')) this.#clock.offset += this.#world.random.whole(-5_000, 5_000);
    }
    faults.isOver = true;
    tell('faults cease');
    this.#herd.resumeAll();
    await this.#drain();
  }

  async #drain(): Promise<void> {
    const { time, oracle, scenario } = this.#world;
    const { desk } = this.#operator.journal;
    for (const end = time.now + drainLimit; ; await time.sleep(1_000)) {
      this.#herd.fill();
      await this.#operator.tidy();
      const waiting = await this.#waiting();
      if (waiting.length === 0) break;
      if (time.now > end) return oracle.bench.violated('nothing stuck', waiting.join('; '));
    }
    await Promise.all(this.#herd.live.map((process) => this.#herd.stop(process, 5_000)));
    const { rows } = await desk.list({ limit: 10_000 });
    checkEnd(oracle, scenario, rows);
    await checkDirect(oracle, desk);
  }

  /** What has not come to rest. */
  async #waiting(): Promise<readonly string[]> {
    const { scenario, far } = this.#world;
    const counts = await this.#operator.journal.desk.counts();
    const rows = counts
      .filter(({ waiting, parked }) => waiting + parked > 0)
      .map(({ entry, waiting, parked }) => `${entry}: ${waiting} wait, ${parked} are parked`);
    const queues = scenario.inbound
      .filter(({ name, transport }) => far[transport].size(queueOf(name)) > 0)
      .map(({ name }) => `the queue of ${name} is not empty`);
    const inHand = this.#herd.live.flatMap(({ name, kernel, state }) =>
      state === 'dead'
        ? []
        : (kernel?.status().inbound ?? []).filter((one) => one.inHand > 0).map((one) => `${name} has ${one.inHand} of ${one.name} in hand`),
    );
    return [
      ...rows,
      ...queues,
      ...inHand,
      ...this.#world.oracle.inbound.unfinished(),
      ...this.#world.oracle.outbound.unfinished(),
      ...this.#world.oracle.reports.unfinished(),
      ...(this.#far.isThrough ? [] : ['a sender is not through']),
      ...(this.#caller.isThrough ? [] : ['a caller waits']),
    ];
  }
}
