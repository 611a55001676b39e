import { join } from 'node:path';
import type { Journal } from '@waybill/contract';
import journal from '@waybill/journal-sqlite';
import { silentLog } from '@waybill/testing';

const name = 'journal.db';

export const fileOf = (folder: string): string => join(folder, name);

export const settingsOf = (folder: string) => ({ path: fileOf(folder), busyTimeout: 20_000 });

export const contextOf = (folder: string) => ({ name: 'journal', log: silentLog, folder, signal: new AbortController().signal });

export function openJournal(folder: string): Promise<Journal> {
  return journal.open(settingsOf(folder), contextOf(folder));
}
