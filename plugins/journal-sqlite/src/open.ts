import { randomUUID } from 'node:crypto';
import type { Journal, OpenContext } from '@waybill/contract';
import { type LinkOptions, ThreadLink, warnOfWalFault } from '@waybill/sqlite';
import { errors } from './errors.ts';
import { meanings } from './meanings.ts';
import type { Operations, ThreadData } from './operations.ts';
import type { JournalSettings } from './settings.ts';
import { SqliteJournal } from './sqlite-journal.ts';

/** After what silence of this process others free its claims, in milliseconds. */
const lease = 3_000;

/** After what time without a look the thread of those who look is ended, in milliseconds. */
const idle = 30_000;

/** The module that the journal's threads run. */
const entry = new URL(import.meta.url.endsWith('.ts') ? './worker/thread.ts' : './worker/thread.js', import.meta.url);

/**
 * Opens the journal, creating the file and its folder where they are missing, and ends the claims of processes that
 * died with it open. Rejects with the `WB_JOURNAL_…` error that tells what is wrong with the file.
 */
export async function openJournal(
  { path, busyTimeout, maxSize }: JournalSettings,
  { log, signal }: Pick<OpenContext, 'log' | 'signal'>,
): Promise<Journal> {
  warnOfWalFault(log);
  const data = { path, busyTimeout, maxSize };
  const writer = linkTo({ ...data, owner: { uuid: randomUUID(), lease } });
  const freed = (await writer.open(signal)) as number;
  if (freed > 0) log.info({ path, claims: freed }, 'Ended the claims that a process left behind when it died.');
  return new SqliteJournal(writer, linkTo({ ...data, owner: undefined }, { idle }));
}

export type JournalLink = ThreadLink<Operations, ThreadData>;

/** The way to a thread of the journal: to one that writes where there is an owner, else to one that only reads. */
export function linkTo(data: ThreadData, more: Pick<LinkOptions<ThreadData>, 'idle' | 'start'> = {}): JournalLink {
  return new ThreadLink({ entry, data, name: 'waybill-journal', errors, meanings, ...more });
}
