import { join } from 'node:path';
import type { Journal, Log } from '@waybill/contract';
import { silentLog, temporaryFolder } from '@waybill/testing';
import { onTestFinished } from 'vitest';
import sqlite, { type JournalSettings } from '../src/index.ts';

/** The path of a journal that does not exist yet. */
export async function newPath(): Promise<string> {
  return join(await temporaryFolder(), 'journal.db');
}

/** Opens a journal as the kernel would. Closed when the test ends. */
export async function openAt(path: string, more: Partial<JournalSettings> = {}, log: Log = silentLog): Promise<Journal> {
  const context = { name: 'journal', log, signal: new AbortController().signal, folder: '/' };
  const journal = await sqlite.open({ path, busyTimeout: 5_000, ...more }, context);
  onTestFinished(() => journal.close());
  return journal;
}
