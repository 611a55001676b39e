import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Worker } from 'node:worker_threads';
import { type Journal } from '@waybill/contract';
import { ownProcessIdentity } from '@waybill/contract/system';
import { FileThread } from '@waybill/sqlite';
import { makeFolder, removeFolder } from '@waybill/testing';
import { linkTo } from '../src/link.ts';
import { SqliteJournal } from '../src/sqlite-journal.ts';
import type { Opened } from '../src/worker/journal-service.ts';

/** A process that is surely dead. */
const deadProcess = ownProcessIdentity().replace(/\.\d+\.\d*$/, `.${2 ** 30}.1`);

/** A journal whose clock can be put forward, and whose openings can be ended as processes are. */
export async function newSubject() {
  const folder = await makeFolder();
  const path = join(folder, 'journal.db');
  const clocks = new SharedArrayBuffer(16);
  const times = new Float64Array(clocks);
  times.fill(1_700_000_000_000);
  const threads = new Map<Journal, { readonly writer: Worker; readonly uuid: string }>();

  const open = async (): Promise<Journal> => {
    const uuid = randomUUID();
    const started: Worker[] = [];
    const thread = new FileThread('journal', (entry) => {
      const worker = new Worker(entry);
      started.push(worker);
      return worker;
    });
    const data = { path, busyTimeout: 5_000, maxSize: undefined, clocks };
    const writer = linkTo({ ...data, owner: { uuid, lease: 3_000 } }, { thread });
    const { followsCrash } = (await writer.open()) as Opened;
    const journal = new SqliteJournal(writer, linkTo({ ...data, owner: undefined }), followsCrash);
    if (started[0]) threads.set(journal, { writer: started[0], uuid });
    return journal;
  };

  /** The thread ends in the middle of what it does, and its process is dead for whoever looks. */
  const crash = async (journal: Journal): Promise<void> => {
    const opened = threads.get(journal);
    if (opened === undefined) return;
    await opened.writer.terminate();
    const database = new DatabaseSync(path);
    for (const table of ['owner', 'opening', 'presence'])
      database.prepare(`UPDATE ${table} SET process = ? WHERE uuid = ?`).run(deadProcess, opened.uuid);
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
    dispose: () => removeFolder(folder),
    path,
  };
}
