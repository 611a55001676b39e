import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Journal, JournalRow } from '@waybill/contract';
import journalPlugin from '@waybill/journal-sqlite';
import type { Manifest } from '@waybill/kernel';
import { silentLog } from '@waybill/testing';
import { happen, hasSmallDisks, onSmallDisk, type Stage } from './faults/happen.ts';
import { type Fault, type FaultKind, planOf } from './faults/plan.ts';
import { Proxy } from './faults/proxy.ts';
import { Herd } from './herd.ts';
import { idOf, type Mark, marks } from './mark.ts';
import { journalFile } from './sources.ts';
import { Witness } from './witness.ts';

/** Where the messages come from. */
export interface Source {
  readonly manifest: Manifest;
  /** Hands over every message, in this order; `portOf` leads to a process. Resolves when all are in. */
  feed(all: readonly Mark[], portOf: (index: number) => number): Promise<void>;
  /** The server that keeps the messages, where there is one to which something can happen. */
  readonly broker?: Broker | undefined;
}

export interface Broker {
  /** Resets every connection to it. */
  cut(): Promise<void>;
  /** Ends it as a power cut does. It runs again after so many milliseconds. */
  crash(ms: number): Promise<void>;
}

export interface RigOptions {
  /** Holds the journal, in a folder of its own, and what the source needs. */
  readonly folder: string;
  readonly source: Source;
  readonly keys: number;
  readonly perKey: number;
  readonly processes: number;
  /** How many faults of each kind, at times and to victims that the seed decides; or these. */
  readonly faults: Partial<Readonly<Record<FaultKind, number>>> | readonly Fault[];
  readonly seed: number;
  /** Whether each mark is told to a destination. Default false. */
  readonly destination?: boolean;
  /** Whether messages have an order among each other, so that it is looked after. Default true. */
  readonly ordered?: boolean;
  /** Whether some messages are refused and parked, which holds up what comes behind them until somebody replays them. Default true. */
  readonly parks?: boolean;
  /** How long a handler takes, in milliseconds. Default 0. */
  readonly takes?: number;
  /** After so many milliseconds in which nothing has happened, what is unfinished is stuck. Default 60,000. */
  readonly patience?: number;
  /** A planted bug. */
  readonly bug?: string | undefined;
}

/** What went wrong, in words. All are empty where nothing did. */
export interface RigResult {
  /** Messages without an effect, and marks of which the destination never heard. */
  readonly lost: readonly string[];
  readonly doubled: readonly string[];
  readonly reordered: readonly string[];
  /** Rows of the journal that did not come to an end. */
  readonly stuck: readonly string[];
  /** Parked for another reason than that their handler refused them. */
  readonly wronglyParked: readonly string[];
}

export interface RigRun extends RigResult {
  /** Inbound rows of the journal: one for each message. */
  readonly recorded: number;
  /** How long each process took from its start to running, in milliseconds. */
  readonly readyAfter: readonly number[];
  /** The longest time without any effect, in milliseconds. */
  readonly longestPause: number;
  /** How often a process stood still in the middle of a step, and kept its file locked for all others. */
  readonly heldFiles: number;
  /** Faults that this machine does not allow. */
  readonly leftOut: readonly FaultKind[];
}

/** Feeds, makes faults happen and replays, until every message has had its effect. */
export async function runRig(options: RigOptions): Promise<RigRun> {
  const { seed, processes, faults } = options;
  const planned = Array.isArray(faults) ? (faults as readonly Fault[]) : planOf(seed, { faults: faults as object, processes });
  const plan = planned.filter(({ kind }) => kind !== 'full' || hasSmallDisks);
  const leftOut = [...new Set(planned.filter((fault) => !plan.includes(fault)).map(({ kind }) => kind))];
  const disk = join(options.folder, dirname(journalFile));
  await mkdir(disk);
  const leave = plan.some(({ kind }) => kind === 'full') ? onSmallDisk(disk) : undefined;
  const witness = await Witness.start();
  try {
    return { ...(await runWith(witness, plan, options)), leftOut };
  } finally {
    await witness.end();
    leave?.();
  }
}

async function runWith(witness: Witness, plan: readonly Fault[], options: RigOptions): Promise<Omit<RigRun, 'leftOut'>> {
  const { folder, source, keys, perKey, processes, destination = false, takes = 0, parks = true, ordered = true, bug } = options;
  const all = marks(keys, perKey, { parks });
  const far = new Proxy(() => witness.farPort);
  await far.start();
  const manifest = destination ? withDestination(source.manifest, far.port) : source.manifest;
  const herd = new Herd({ folder, manifest, takes, bug, setsClock: plan.some(({ kind }) => kind === 'clock') }, processes, witness);
  const near = Array.from({ length: processes }, (_, index) => new Proxy(() => herd.portOf(index)));
  for (const proxy of near) await proxy.start();
  const journal = await openJournal(folder);
  const operator = new Operator(journal);
  try {
    await herd.start();
    const feeding = source.feed(all, (index) => near[index]?.port ?? 0);
    await go(plan, { folder, herd, witness, far, near, broker: source.broker }, operator);
    await feeding;
    await allDone(witness, operator, options, all.length);
    const { put, told, doubled, reordered, longestPause, heldFiles } = await witness.findings();
    const rows = await operator.rows();
    return {
      lost: [...missing(all, put, 'had no effect'), ...(destination ? missing(all, told, 'did not arrive') : [])],
      doubled,
      reordered: ordered ? reordered : [],
      stuck: rows.filter(({ state }) => state !== 'done').map(({ direction, id, state }) => `${direction} ${id} is ${state}`),
      wronglyParked: operator.wronglyParked,
      recorded: rows.filter(({ direction }) => direction === 'in').length,
      readyAfter: herd.readyAfter,
      longestPause,
      heldFiles,
    };
  } finally {
    await herd.end();
    await journal.close();
    for (const proxy of [far, ...near]) await proxy.stop();
  }
}

/** One fault after the other. */
async function go(plan: readonly Fault[], stage: Stage, operator: Operator): Promise<void> {
  for (const fault of plan) {
    await pause(fault.after);
    await operator.replayParked();
    await happen(fault, stage);
  }
  await operator.replayParked();
}

function withDestination(manifest: Manifest, port: number): Manifest {
  const far = { transport: 'http', url: `http://127.0.0.1:${port}`, connectTimeout: '2s', answerTimeout: '2s' };
  const retry = { attempts: 1_000, first: '20ms', most: '200ms' };
  return {
    ...manifest,
    plugins: [...new Set([...(manifest.plugins ?? []), '@waybill/transport-http'])],
    connections: { ...manifest.connections, far },
    outbound: { far: { connection: 'far', path: '/marks', method: 'POST', timeout: '3s', unknown: 'retry', retry } },
    routes: [{ event: 'mark.set', message: 'Marked', to: ['far'] }],
  } as Manifest;
}

function missing(all: readonly Mark[], seen: readonly string[], what: string): readonly string[] {
  const known = new Set(seen);
  return all.map(idOf).flatMap((id) => (known.has(id) ? [] : [`${id} ${what}`]));
}

async function openJournal(folder: string): Promise<Journal> {
  const settings = { path: join(folder, journalFile), busyTimeout: 20_000, maxSize: undefined };
  return journalPlugin.open(settings as never, { name: 'journal', log: silentLog, folder, signal: new AbortController().signal });
}

/** Looks at the journal beside the processes, and replays what is parked. */
class Operator {
  readonly #journal: Journal;
  readonly #wronglyParked = new Set<string>();

  constructor(journal: Journal) {
    this.#journal = journal;
  }

  get wronglyParked(): readonly string[] {
    return [...this.#wronglyParked];
  }

  async replayParked(): Promise<void> {
    const { desk } = this.#journal;
    const { rows } = await desk.list({ state: 'parked', limit: 1_000 }).catch(() => ({ rows: [] }));
    for (const { id, code, attempts } of rows) {
      if (code !== 'WB_RIG_REFUSED' || attempts > 1) this.#wronglyParked.add(`${id} after ${attempts} attempts: ${code}`);
    }
    // While its disk is full, or it is locked, nothing can be replayed; the next time comes soon.
    if (rows.length > 0) await desk.replay(rows, { who: 'test' }).catch(() => []);
  }

  async isAtRest(): Promise<boolean> {
    const counts = await this.#journal.desk.counts().catch(() => undefined);
    return counts?.every((one) => one.waiting + one.parked === 0) ?? false;
  }

  /** A page ends early where looking further would take too long. */
  async rows(): Promise<readonly JournalRow[]> {
    const rows: JournalRow[] = [];
    let before: number | undefined;
    do {
      const page = await this.#journal.desk.list({ limit: 1_000, before });
      rows.push(...page.rows);
      before = page.next;
    } while (before !== undefined);
    return rows;
  }
}

/** Effects come to an end: none is missing, or nothing has happened for a while. */
async function allDone(
  witness: Witness,
  operator: Operator,
  { destination = false, patience = 60_000 }: RigOptions,
  wanted: number,
): Promise<void> {
  let last = -1;
  for (let quiet = 0; quiet < patience; ) {
    const { effects, arrived } = await witness.counts();
    const isAll = effects >= wanted && (!destination || arrived >= wanted);
    if (isAll && (await operator.isAtRest())) return;
    quiet = effects + arrived === last ? quiet + 100 : 0;
    last = effects + arrived;
    await operator.replayParked();
    await pause(100);
  }
}
