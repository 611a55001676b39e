import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Worker } from 'node:worker_threads';
import { type Journal } from '@waybill/contract';
import { ownProcessIdentity } from '@waybill/contract/system';
import { FileThread } from '@waybill/sqlite';
import { makeFolder, removeFolder } from '@waybill/testing';
import { afterAll } from 'vitest';
import { type JournalLink, linkTo } from '../src/link.ts';
import { SqliteJournal } from '../src/sqlite-journal.ts';
import type { Opened } from '../src/worker/journal-service.ts';

/** A process that is surely dead. */
const deadProcess = ownProcessIdentity().replace(/\.\d+\.\d*$/, `.${2 ** 30}.1`);

/**
 * A thread of a journal's own, which can be ended as a process is. To start one takes 0.1 s of processor time: idle links keep it, and
 * the one that all share for looking, for the next journal.
 */
class OwnThread {
  readonly thread = new FileThread('journal', (entry) => (this.worker = new Worker(entry)));
  worker: Worker | undefined;
  #folder: string | undefined;
  #idle: readonly JournalLink[] = [];

  static async make(): Promise<OwnThread> {
    const made = new OwnThread();
    made.#folder = await makeFolder();
    const data = { path: join(made.#folder, 'idle.db'), busyTimeout: 5_000, maxSize: undefined };
    const writer = linkTo({ ...data, owner: { uuid: randomUUID(), lease: 3_000 } }, { thread: made.thread });
    made.#idle = [writer, linkTo({ ...data, owner: undefined })];
    for (const link of made.#idle) await link.open();
    return made;
  }

  async close(): Promise<void> {
    for (const link of this.#idle) await link.close();
    if (this.#folder !== undefined) await removeFolder(this.#folder);
  }
}

const spare: OwnThread[] = [];
afterAll(() => Promise.all(spare.splice(0).map((thread) => thread.close())));

/** A journal whose clock can be put forward, and whose openings can be ended as processes are. */
export async function newSubject() {
  const folder = await makeFolder();
  const path = join(folder, 'journal.db');
  const clocks = new SharedArrayBuffer(16);
  const times = new Float64Array(clocks);
  times.fill(1_700_000_000_000);
  const opened = new Map<Journal, { readonly own: OwnThread; readonly uuid: string }>();

  const open = async (): Promise<Journal> => {
    const uuid = randomUUID();
    const own = spare.pop() ?? (await OwnThread.make());
    const data = { path, busyTimeout: 5_000, maxSize: undefined, clocks };
    const writer = linkTo({ ...data, owner: { uuid, lease: 3_000 } }, { thread: own.thread });
    const { followsCrash } = (await writer.open()) as Opened;
    const journal = new SqliteJournal(writer, linkTo({ ...data, owner: undefined }), followsCrash);
    opened.set(journal, { own, uuid });
    return journal;
  };

  /** The thread ends in the middle of what it does, and its process is dead for whoever looks. */
  const crash = async (journal: Journal): Promise<void> => {
    const found = opened.get(journal);
    if (found === undefined) return;
    opened.delete(journal);
    await found.own.worker?.terminate();
    await found.own.close();
    // Others who have the journal open write their beats.
    const database = new DatabaseSync(path, { timeout: 10_000 });
    for (const table of ['owner', 'opening', 'presence'])
      database.prepare(`UPDATE ${table} SET process = ? WHERE uuid = ?`).run(deadProcess, found.uuid);
    database.close();
  };

  const journal = await open();
  return {
    journal,
    reopen: open,
    crash,
    advance: async (ms: number) => times.forEach((time, place) => void (times[place] = time + ms)),
    /** Sets the wall clock as an administrator does: the time that passes stays the same. */
    setWallClock: (ms: number) => void (times[0] = (times[0] ?? 0) + ms),
    /** All journals are closed by then. */
    dispose: async () => {
      for (const { own } of opened.values()) spare.push(own);
      await removeFolder(folder);
    },
    path,
  };
}
