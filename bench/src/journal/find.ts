import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { InboxStep, Journal, Leg, OpenContext } from '@waybill/contract';
import sqlite from '@waybill/journal-sqlite';
import { silentLog } from '@waybill/testing';
import { median } from '../median.ts';

export interface FindFigures {
  readonly rows: number;
  /** Of many questions, each for a business key that four rows of both directions have, in milliseconds. */
  readonly median: number;
  readonly worst: number;
  /** The first question after the journal was opened. */
  readonly first: number;
  /** `waybill messages find` in a process of its own, from its start to its end. */
  readonly command: number;
}

const root = fileURLToPath(new URL('../../..', import.meta.url));
const questions = 500;
const batch = 1_000;
const body = new Uint8Array(500).fill(60);

/** Measures how long looking by a business key takes in a journal of so many rows, half of them inbound and done, half of them legs. */
export async function measureFind(rows: number): Promise<FindFigures> {
  const folder = await mkdtemp(join(tmpdir(), 'waybill-bench-'));
  try {
    const settings = { path: join(folder, 'journal.db'), busyTimeout: 5_000 };
    await fill(await sqlite.open(settings, context), rows);
    const { first, all } = await ask(settings, rows);
    await writeFile(join(folder, 'waybill.json'), JSON.stringify(manifest));
    const commands = [];
    for (let turn = 0; turn < 5; turn += 1) commands.push(await spent(() => runCommand(folder, orderOf(turn * 4))));
    return { rows, first, median: median(all), worst: Math.max(...all), command: median(commands) };
  } finally {
    await rm(folder, { recursive: true });
  }
}

const context: OpenContext = { name: 'journal', log: silentLog, signal: new AbortController().signal, folder: '/' };
const manifest = { plugins: [join(root, 'plugins', 'journal-sqlite')], journal: { use: 'sqlite', path: './journal.db' } };

/** Two messages in a row are about one order, each with a leg. */
const orderOf = (number: number) => `order-${Math.floor(number / 2)}`;

async function fill(journal: Journal, rows: number): Promise<void> {
  for (let from = 0; from < rows / 2; from += batch)
    await Promise.all(Array.from({ length: batch }, (_, place) => journal.inbox.settle(stepOf(from + place))));
  await journal.close();
}

function stepOf(number: number): InboxStep {
  const id = `message-${number}`;
  const businessKeys = { order: orderOf(number), sku: [`sku-${number % 5_000}`] };
  const facts = { trace: id, type: 'Update_WCS_OrderStatus@3.0', businessKeys };
  const message = { id: `leg-${number}`, body, createdAt: 1_700_000_000_000, properties: {} };
  const leg: Leg = { message, entry: 'erp', event: 'order.created', cause: id, ...facts };
  return { entry: 'orders', id, digest: id, ...facts, ending: { outcome: 'done', legs: [leg] } };
}

async function ask(settings: { readonly path: string; readonly busyTimeout: number }, rows: number) {
  const journal = await sqlite.openDesk?.(settings, context);
  if (journal === undefined) throw new Error('The journal can be opened for people.');
  const find = async (number: number): Promise<void> => {
    const page = await journal.desk.list({ businessKey: { name: 'order', value: orderOf(number) } });
    if (page.rows.length !== 4) throw new Error(`The order ${orderOf(number)} has ${page.rows.length} rows.`);
  };
  const first = await spent(() => find(rows / 4));
  const all = [];
  // A stride through the whole journal, so that no question is helped by the one before it.
  for (let turn = 0; turn < questions; turn += 1) all.push(await spent(() => find((turn * 7_919) % (rows / 2))));
  await journal.close();
  return { first, all };
}

async function runCommand(folder: string, order: string): Promise<void> {
  const program = join(root, 'packages', 'cli', 'bin', 'waybill.js');
  const { stdout } = await promisify(execFile)(process.execPath, [program, 'messages', 'find', `order=${order}`, '--json'], {
    cwd: folder,
  });
  if (stdout.trim().split('\n').length !== 4) throw new Error(`The program found ${stdout}`);
}

async function spent(work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
