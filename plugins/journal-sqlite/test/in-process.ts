import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Journal } from '@waybill/contract';
import { ownProcessIdentity } from '@waybill/contract/system';
import { openFile } from '@waybill/sqlite/thread';
import { makeFolder, removeFolder } from '@waybill/testing';
import { meanings } from '../src/errors.ts';
import type { JournalLink } from '../src/link.ts';
import { SqliteJournal } from '../src/sqlite-journal.ts';
import { clocksFrom } from '../src/worker/clock.ts';
import { writingService } from '../src/worker/journal-service.ts';
import { journalFile } from '../src/worker/schema.ts';

type Operation = (...args: readonly unknown[]) => unknown;

/** A process that is surely dead. */
const deadProcess = ownProcessIdentity().replace(/\.\d+\.\d*$/, `.${2 ** 30}.1`);

/** What a thread does for one opening, done at once and without the disk: what its steps write can be asked hundreds of times. */
class Steps {
  readonly uuid = randomUUID();
  readonly database: DatabaseSync;
  readonly followsCrash: boolean;
  readonly #path: string;
  readonly #service;
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #ends = new Set<() => void>();

  constructor(path: string, clocks: SharedArrayBuffer) {
    this.#path = path;
    this.database = openFile(journalFile, { path });
    this.database.exec('PRAGMA synchronous = OFF');
    this.#service = writingService(this.database, {
      path,
      owner: { uuid: this.uuid, lease: 3_000 },
      clocks: clocksFrom(clocks),
      isDesk: false,
    });
    const { owners, opened } = this.#service;
    const told = this.#inTransaction(() => opened?.(owners?.reap() ?? 0)) as { readonly followsCrash: boolean };
    this.followsCrash = told.followsCrash;
    this.#every(500, () => owners?.needsRound() === true && this.#inTransaction(() => owners.goRound()));
  }

  async call(name: string, args: readonly unknown[]): Promise<unknown> {
    return this.#inTransaction(() => this.#operation(name)(...args));
  }

  /** Asks until there is an answer. */
  wait(name: string, args: readonly unknown[]): { readonly answer: Promise<unknown>; readonly cancel: () => void } {
    const { promise: answer, resolve } = Promise.withResolvers<unknown>();
    const end = (value?: unknown): void => {
      clearInterval(timer);
      this.#timers.delete(timer);
      resolve(value);
    };
    const timer = this.#every(5, () => {
      const found = this.#operation(name)(...args);
      if (found !== undefined) end(found);
    });
    this.#ends.add(end);
    return { answer, cancel: end };
  }

  async close(): Promise<void> {
    if (!this.database.isOpen) return;
    this.#inTransaction(() => {
      this.#service.owners?.leave();
      this.#service.leaving?.();
    });
    this.end();
  }

  /** Without a word, as a process ends that is killed. */
  end(): void {
    for (const timer of this.#timers) clearInterval(timer);
    for (const end of this.#ends) end();
    this.database.close();
  }

  #operation(name: string): Operation {
    return (this.#service.operations as Readonly<Record<string, Operation>>)[name] as Operation;
  }

  #every(ms: number, act: () => void): NodeJS.Timeout {
    const timer = setInterval(act, ms);
    this.#timers.add(timer);
    return timer;
  }

  #inTransaction<Value>(work: () => Value): Value {
    if (!this.database.isOpen) throw meanings.closed({ path: this.#path, cause: new Error('It was closed.') });
    const { owners, flush, undone } = this.#service;
    this.database.exec('BEGIN IMMEDIATE');
    try {
      owners?.begin();
      const value = work();
      flush?.();
      this.database.exec('COMMIT');
      return value;
    } catch (error) {
      owners?.undone();
      undone?.();
      this.database.exec('ROLLBACK');
      throw error;
    }
  }
}

/** A journal whose steps are done in this thread. */
export async function newSteps() {
  const folder = await makeFolder();
  const path = join(folder, 'journal.db');
  const clocks = new SharedArrayBuffer(16);
  const times = new Float64Array(clocks);
  times.fill(1_700_000_000_000);
  const opened = new Map<Journal, Steps>();
  const open = async (): Promise<Journal> => {
    const steps = new Steps(path, clocks);
    const link = steps as unknown as JournalLink;
    const journal = new SqliteJournal(link, link, steps.followsCrash);
    opened.set(journal, steps);
    return journal;
  };
  const crash = async (journal: Journal): Promise<void> => {
    const steps = opened.get(journal);
    if (!steps?.database.isOpen) return;
    for (const table of ['owner', 'opening', 'presence'])
      steps.database.prepare(`UPDATE ${table} SET process = ? WHERE uuid = ?`).run(deadProcess, steps.uuid);
    steps.end();
  };
  const advance = async (ms: number): Promise<void> => times.forEach((time, place) => void (times[place] = time + ms));
  return { path, journal: await open(), reopen: open, crash, advance, dispose: () => removeFolder(folder) };
}
