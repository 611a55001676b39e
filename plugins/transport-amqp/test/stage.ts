import { join } from 'node:path';
import type { Journal } from '@waybill/contract';
import journalPlugin from '@waybill/journal-sqlite';
import { silentLog } from '@waybill/testing';
import { afterAll, onTestFinished } from 'vitest';
import { temporaryProjectFolder } from '../../../test/bad-messages/project-folder.ts';
import { Artemis } from '../../../test/vehicles/artemis.ts';
import { Cable } from './cable.ts';
import { OutsideProgram } from './outside.ts';

/** 1 in the checks; `WAYBILL_RIG=25` has 20,000 messages, 50 kills of processes, 10 cuts and 5 kills of the broker. */
export const scale = Number(process.env['WAYBILL_RIG'] ?? 1);

let starting: Promise<Artemis> | undefined;

/** Ends the broker of this file with its tests. To be called at the top level. */
export function endBroker(): void {
  afterAll(async () => (await starting)?.end());
}

/** The broker of this file, a way to it that breaks, and a folder. */
export async function prepare() {
  starting ??= Artemis.start({
    'exclusive.#': { 'default-exclusive-queue': true },
    'limited.#': { 'max-delivery-attempts': 6 },
  });
  const broker = await starting;
  const cable = await Cable.to(broker.port);
  onTestFinished(() => cable.end());
  return { broker, cable, folder: await temporaryProjectFolder() };
}

export async function openJournal(folder: string): Promise<Journal> {
  const settings = { path: join(folder, 'journal.db'), busyTimeout: 20_000, maxSize: undefined };
  const context = { name: 'journal', log: silentLog, folder, signal: new AbortController().signal };
  const journal = await journalPlugin.open(settings as never, context);
  onTestFinished(() => journal.close());
  return journal;
}

/** How many messages lie at addresses. */
export async function depths(broker: Artemis, ...addresses: readonly string[]): Promise<readonly number[]> {
  const outside = await OutsideProgram.connect(broker.port);
  const all: number[] = [];
  for (const address of addresses) all.push(await outside.countAt(address));
  await outside.end();
  return all;
}

/** How many messages the journal has in each state. */
export async function states({ desk }: Journal): Promise<Readonly<Record<string, number>>> {
  const counts: Record<string, number> = {};
  let before: number | undefined;
  do {
    const page = await desk.list({ limit: 1_000, before });
    for (const { state } of page.rows) counts[state] = (counts[state] ?? 0) + 1;
    before = page.next;
  } while (before !== undefined);
  return counts;
}
