import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import type { Journal, JournalDesk, OpenContext } from '@waybill/contract';
import { FileThread, warnOfWalFault } from '@waybill/sqlite';
import { errors } from './errors.ts';
import { linkTo } from './link.ts';
import type { JournalSettings } from './settings.ts';
import { SqliteJournal } from './sqlite-journal.ts';
import type { Opened } from './worker/journal-service.ts';

/** After what silence of this process others free its claims, in milliseconds. */
const lease = 3_000;

/** After what time without a look the thread of those who look is ended, in milliseconds. */
const idle = 30_000;

/**
 * Opens the journal, creating the file and its folder where they are missing, and ends the claims of processes that
 * died with it open. Throws the `WB_JOURNAL_…` error that tells what is wrong with the file.
 */
export function openJournal(settings: JournalSettings, context: Opening): Promise<Journal> {
  return open(settings, context, false);
}

/**
 * Opens it for people: no file is made, and no opening is noted, so that whoever opens it next still hears of a crash. Throws
 * `WB_JOURNAL_NOT_THERE`, or the error that tells what is wrong with the file.
 */
export async function openDesk(settings: JournalSettings, context: Opening): Promise<JournalDesk> {
  const { path } = settings;
  if (!existsSync(path)) throw errors.WB_JOURNAL_NOT_THERE('There is no journal yet.', { at: path });
  return open(settings, context, true);
}

type Opening = Pick<OpenContext, 'log' | 'signal'>;

async function open({ path, busyTimeout, maxSize }: JournalSettings, { log, signal }: Opening, isDesk: boolean): Promise<Journal> {
  warnOfWalFault(log);
  const data = { path, busyTimeout, maxSize, isDesk };
  const writer = linkTo({ ...data, owner: { uuid: randomUUID(), lease } });
  const { freed, followsCrash } = (await writer.open(signal)) as Opened;
  if (freed > 0) log.info({ path, claims: freed }, 'ended the claims of a process that had died');
  // Here nobody's messages wait for those who look: a second thread would only take time to start.
  if (isDesk) return new SqliteJournal(writer, writer, followsCrash);
  // Looking takes as long as it takes, and holds up no message: it does so in a thread of its own.
  const viewer = linkTo({ ...data, owner: undefined }, { idle, thread: new FileThread('waybill-journal-view') });
  return new SqliteJournal(writer, viewer, followsCrash);
}

/**
 * Sees whether the journal could be opened, creating the file and its folder where they are missing, as opening does. The
 * thread does not become an owner, so that nothing is freed and no crash is noted, and it does not bring an older file up to date.
 */
export async function probeJournal(
  { path, busyTimeout, maxSize }: JournalSettings,
  { signal }: Pick<OpenContext, 'signal'>,
): Promise<void> {
  const link = linkTo({ path, busyTimeout, maxSize, owner: undefined, isProbe: true });
  await link.open(signal);
  await link.close();
}
