import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Journal, JournalRow, Replay } from '@waybill/contract';
import journalPlugin from '@waybill/journal-sqlite';
import type { Manifest } from '@waybill/kernel';
import { silentLog } from '@waybill/testing';
import { Herd } from '../order-rig/herd.ts';
import { idOf, type Mark, marks } from '../order-rig/mark.ts';
import { Witness } from '../order-rig/witness.ts';
import { ReplayProgram } from './program.ts';

export interface ReplayRigOptions {
  readonly folder: string;
  readonly messages: number;
  /** Messages a second. Half of them have to take longer than a program takes to start. */
  readonly rate: number;
}

export interface ReplayRigResult {
  /** Messages without an effect. */
  readonly lost: number;
  /** Rows of the journal that are not done. */
  readonly unfinished: number;
  /** Messages that were replayed another number of times than once. */
  readonly replayedOtherwise: number;
  /** Messages that were worked on again after they were recorded as done, or recorded so twice. */
  readonly doubled: number;
  /** What became of the replay. */
  readonly replay: Replay | undefined;
  /** From the end of the command that cancels until the program that replays has ended, in milliseconds. */
  readonly endedAfter: number;
  /** How far the replay was when it was cancelled, when its program was killed, and when the kernel was. */
  readonly interruptedAt: readonly number[];
}

const manifest: Manifest = {
  name: 'rig',
  plugins: ['@waybill/journal-sqlite', '@waybill/transport-queue'],
  journal: { use: 'sqlite', path: './journal.db', busyTimeout: '20s' },
  connections: { source: { transport: 'queue', path: './queues.db' } },
  inbound: { marks: { connection: 'source', queue: 'MARKS', credentials: 'ignore', concurrency: 8 } },
};

/**
 * Parks messages and replays them beside a running kernel: the replay is cancelled half way and resumed, its program killed and
 * the replay resumed by two programs at once, and the kernel killed meanwhile and started again.
 */
export async function runReplayRig({ folder, messages, rate }: ReplayRigOptions): Promise<ReplayRigResult> {
  await writeFile(join(folder, 'manifest.json'), JSON.stringify(manifest));
  const all = marks(1, messages, { parks: false }).map(({ key, number }) => ({ key, number }));
  const witness = await Witness.start();
  const journal = await openJournal(folder);
  const herd = new Herd({ folder, manifest, takes: 0, setsClock: false }, 1, witness);
  try {
    await park(journal, all);
    await herd.start();
    const run = new Run(folder, journal, messages, rate);
    const cancelled = await run.cancelHalfWay();
    const killed = await run.killProgram();
    const last = [run.resume(), run.resume()];
    const restarted = await run.isAt(between(0.85, 0.95), last);
    await herd.kill(0);
    for (const program of last) await program.endsWith(0);
    await allDone(journal, witness, messages);
    return {
      ...(await judged(journal, all, witness)),
      endedAfter: cancelled.endedAfter,
      interruptedAt: [cancelled.at, killed, restarted],
    };
  } finally {
    await herd.end();
    await journal.close();
    await witness.end();
  }
}

/** The replay of one rig, and the programs that work on it. */
class Run {
  readonly #folder: string;
  readonly #journal: Journal;
  readonly #messages: number;
  readonly #rate: number;

  constructor(folder: string, journal: Journal, messages: number, rate: number) {
    this.#folder = folder;
    this.#journal = journal;
    this.#messages = messages;
    this.#rate = rate;
  }

  async cancelHalfWay(): Promise<{ readonly at: number; readonly endedAfter: number }> {
    const program = new ReplayProgram(this.#folder, ['--all', '--rate', String(this.#rate)]);
    await this.isAt(0.5, [program]);
    await new ReplayProgram(this.#folder, ['--cancel', '1']).endsWith(0);
    const since = performance.now();
    await program.endsWith(1);
    const [replay] = await this.#journal.replays.list();
    if (replay?.state !== 'cancelled') throw new Error(`The replay was not cancelled, but is ${replay?.state}.`);
    return { at: replay.replayed, endedAfter: performance.now() - since };
  }

  /** At a moment of chance. */
  async killProgram(): Promise<number> {
    const program = this.resume();
    const at = await this.isAt(between(0.65, 0.8), [program]);
    await program.kill();
    return at;
  }

  resume(): ReplayProgram {
    return new ReplayProgram(this.#folder, ['--resume', '1']);
  }

  /** Resolves when so large a part is replayed, with how many that are. */
  async isAt(part: number, programs: readonly ReplayProgram[]): Promise<number> {
    for (;;) {
      const [replay] = await this.#journal.replays.list();
      const { replayed = 0 } = replay ?? {};
      if (replayed >= part * this.#messages) return replayed;
      if (!programs.some(({ isRunning }) => isRunning)) {
        for (const program of programs) await program.endsWith();
      }
      await pause(20);
    }
  }
}

function between(from: number, to: number): number {
  return from + Math.random() * (to - from);
}

async function park({ inbox }: Journal, all: readonly Mark[]): Promise<void> {
  const failure = { code: 'WB_RIG_REFUSED', kind: 'invalid', reason: 'Refused.' } as const;
  for (let from = 0; from < all.length; from += 1_000) {
    const some = all.slice(from, from + 1_000).map((mark) => {
      const id = idOf(mark);
      const body = new TextEncoder().encode(JSON.stringify(mark));
      const kept = { message: { id, body, createdAt: Date.now(), properties: {} } };
      const facts = { entry: 'marks', id, digest: id, trace: id, type: 'Mark@1' };
      return inbox.settle({ ...facts, ending: { outcome: 'parked', failure, attempts: 1, blocks: false, kept } });
    });
    await Promise.all(some);
  }
}

async function openJournal(folder: string): Promise<Journal> {
  const settings = { path: join(folder, 'journal.db'), busyTimeout: 20_000, maxSize: undefined };
  return journalPlugin.open(settings as never, { name: 'journal', log: silentLog, folder, signal: new AbortController().signal });
}

/** Effects come to an end: none is missing, or nothing has happened for a minute. */
async function allDone({ desk }: Journal, witness: Witness, wanted: number): Promise<void> {
  let last = -1;
  for (let quiet = 0; quiet < 600; ) {
    const { effects: count } = await witness.counts();
    if (count >= wanted && (await desk.counts()).length === 0) return;
    quiet = count === last ? quiet + 1 : 0;
    last = count;
    await pause(100);
  }
}

type Judged = Omit<ReplayRigResult, 'endedAfter' | 'interruptedAt'>;

async function judged(journal: Journal, all: readonly Mark[], witness: Witness): Promise<Judged> {
  const { put, doubled } = await witness.findings();
  const seen = new Set(put);
  const rows = await allRows(journal);
  let replayedOtherwise = 0;
  for (let from = 0; from < rows.length; from += 1_000) {
    const shown = await Promise.all(rows.slice(from, from + 1_000).map((row) => journal.desk.show(row)));
    replayedOtherwise += shown.filter((one) => one?.replayed?.times !== 1).length;
  }
  return {
    lost: all.filter((mark) => !seen.has(idOf(mark))).length,
    unfinished: rows.filter(({ state }) => state !== 'done').length + all.length - rows.length,
    replayedOtherwise,
    doubled: doubled.length,
    replay: (await journal.replays.list())[0],
  };
}

/** A page ends early where looking further would take too long. */
async function allRows({ desk }: Journal): Promise<readonly JournalRow[]> {
  const rows: JournalRow[] = [];
  let before: number | undefined;
  do {
    const page = await desk.list({ direction: 'in', limit: 1_000, before });
    rows.push(...page.rows);
    before = page.next;
  } while (before !== undefined);
  return rows;
}
