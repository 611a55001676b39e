import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Journal, Log } from '@waybill/contract';
import sqlite, { type JournalSettings } from '../src/index.ts';

const silence = (): void => undefined;
export const silentLog: Log = { debug: silence, info: silence, warn: silence, error: silence, child: () => silentLog };

/** Opens a journal as the kernel would. */
export function openAt(path: string, more: Partial<JournalSettings> = {}, log: Log = silentLog): Promise<Journal> {
  const context = { name: 'journal', log, signal: new AbortController().signal, folder: tmpdir() };
  return sqlite.open({ path, busyTimeout: 5000, ...more }, context);
}

export async function temporaryFolder(): Promise<{ readonly path: string; readonly remove: () => Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'waybill-journal-'));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

/** A log that keeps the fields of what it is told. */
export function recordingLog(): { readonly log: Log; readonly lines: readonly object[] } {
  const lines: object[] = [];
  const record = (fields: object): void => void lines.push(fields);
  const log: Log = { debug: record, info: record, warn: record, error: record, child: () => log };
  return { log, lines };
}
