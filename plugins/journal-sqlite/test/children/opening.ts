import { createInterface } from 'node:readline';
import type { Journal } from '@waybill/contract';
import { silentLog } from '@waybill/testing';
import sqlite from '../../src/index.ts';

/** Opens the journal at the path that this process was started with. */
export function openJournal(): Promise<Journal> {
  const context = { name: 'journal', log: silentLog, signal: new AbortController().signal, folder: '/' };
  return sqlite.open({ path: process.argv[2] ?? '', busyTimeout: 5_000 }, context);
}

export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

let input: AsyncIterator<string> | undefined;

/** Resolves when this process is told to go on. */
export async function told(): Promise<void> {
  // Not before: a process that listens does not end by itself.
  input ??= createInterface(process.stdin)[Symbol.asyncIterator]();
  await input.next();
}
