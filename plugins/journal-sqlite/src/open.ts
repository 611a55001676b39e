import { randomUUID } from 'node:crypto';
import { dirname } from 'node:path';
import { type Journal, makeFolder, type OpenContext, ownProcessIdentity, WaybillError } from '@waybill/contract';
import type { JournalSettings } from './settings.ts';
import { SqliteJournal } from './sqlite-journal.ts';
import { ThreadLink } from './thread-link.ts';

/**
 * Opens the journal, creating the file and its folder where they are missing, and ends the claims of processes that
 * died with it open. Raises the `WB_JOURNAL_…` errors that tell what is wrong with the file.
 */
export async function openJournal(
  { path, busyTimeout, maxSize }: JournalSettings,
  { log, signal }: Pick<OpenContext, 'log' | 'signal'>,
): Promise<Journal> {
  createFolder(dirname(path));
  const data = { path, busyTimeout, maxSize: maxSize ?? null };
  const writer = new ThreadLink({ ...data, owner: { uuid: randomUUID(), process: ownProcessIdentity() } });
  const released = await writer.open(signal);
  if (released > 0) log.info({ path, claims: released }, 'Ended the claims that a process left behind when it died.');
  return new SqliteJournal(writer, new ThreadLink({ ...data, owner: null }, { idle: 30_000 }));
}

function createFolder(folder: string): void {
  try {
    makeFolder(folder);
  } catch (cause) {
    throw new WaybillError('WB_JOURNAL_CANNOT_OPEN', `The folder ${folder} of the journal cannot be created.`, { cause });
  }
}
