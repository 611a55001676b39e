import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Journal, Leg, OutboxJob } from '@waybill/contract';
import sqlite from '@waybill/journal-sqlite';
import { silentLog } from '@waybill/testing';
import { median } from '../median.ts';

export interface JournalFigures {
  /** One claim with `backlog` legs of the destination waiting for their retry, in milliseconds. */
  readonly claim: number;
  /** How many times as long 1,500 new legs take with that backlog as without, and how many times the CPU time. */
  readonly timeWithBacklog: number;
  readonly cpuWithBacklog: number;
  /** How many times as long a batch of 64 steps takes while the journal forgets as without. */
  readonly timeWhileForgetting: number;
  /** Legs of one order key a second, one by one and in runs of 64. */
  readonly oneByOne: number;
  readonly inRuns: number;
}

const newLegs = 1_500;
const turns = 9;
const hour = 3_600_000;
const body = new Uint8Array(2_500).fill(60);
let made = 0;

/** Measures the SQLite journal where backlogs, order keys and forgetting cost something, in turns with and without. */
export async function measureJournal(backlog: number): Promise<JournalFigures> {
  const folder = await mkdtemp(join(tmpdir(), 'waybill-bench-'));
  const path = join(folder, 'backlog.db');
  const [empty, full] = [await open(join(folder, 'empty.db')), await open(path)];
  try {
    await publish(full, backlog);
    postponeAll(path);
    const claims = [];
    for (let turn = 0; turn < 100; turn += 1) claims.push((await spent(() => full.outbox.claim({ entry: 'erp', limit: 64 }))).ms);
    const [without, withBacklog] = [[], []] as [Spent[], Spent[]];
    for (let turn = 0; turn < turns; turn += 1) {
      without.push(await spent(() => passThrough(empty)));
      withBacklog.push(await spent(() => passThrough(full)));
    }
    return {
      claim: median(claims),
      timeWithBacklog: ratio(withBacklog, without, 'ms'),
      cpuWithBacklog: ratio(withBacklog, without, 'cpu'),
      timeWhileForgetting: await whileForgetting(empty),
      ...(await oneKey(empty)),
    };
  } finally {
    await Promise.all([empty.close(), full.close()]);
    await rm(folder, { recursive: true });
  }
}

interface Spent {
  readonly ms: number;
  /** Of all threads, in microseconds. */
  readonly cpu: number;
}

async function spent(work: () => Promise<unknown>): Promise<Spent> {
  const cpu = process.cpuUsage();
  const start = performance.now();
  await work();
  const { user, system } = process.cpuUsage(cpu);
  return { ms: performance.now() - start, cpu: user + system };
}

function ratio(of: readonly Spent[], to: readonly Spent[], what: keyof Spent): number {
  return median(of.map((one) => one[what])) / median(to.map((one) => one[what]));
}

function open(path: string): Promise<Journal> {
  const context = { name: 'journal', log: silentLog, signal: new AbortController().signal, folder: '/' };
  return sqlite.open({ path, busyTimeout: 5_000 }, context);
}

function newLeg(orderKey?: string): Leg {
  const id = `leg-${++made}`;
  const message = { id, body, createdAt: 1_700_000_000_000, properties: {} };
  return { message, entry: 'erp', event: 'order.created', type: 'T@1', trace: id, businessKeys: { order: id }, orderKey };
}

async function publish(journal: Journal, count: number, orderKey?: string): Promise<void> {
  for (let left = count; left > 0; left -= 500)
    await journal.outbox.publish(Array.from({ length: Math.min(500, left) }, () => newLeg(orderKey)));
}

/** What a destination makes that answers 503 for long: every leg has failed once and waits for its next try. */
function postponeAll(path: string): void {
  const database = new DatabaseSync(path);
  database.exec(`UPDATE message SET attempts = 1, due_at = due_at + ${hour}, ready_at = ready_at + ${hour}`);
  database.close();
}

async function passThrough(journal: Journal): Promise<void> {
  await Promise.all(Array.from({ length: newLegs }, () => journal.outbox.publish([newLeg()])));
  await send(journal, newLegs, 1);
}

async function send(journal: Journal, count: number, run: number): Promise<void> {
  for (let left = count; left > 0; ) {
    const { jobs } = await journal.outbox.claim({ entry: 'erp', limit: 64, run });
    if (jobs.length === 0) throw new Error('The journal hands out nothing.');
    await Promise.all(jobs.map((job) => end(journal, job)));
    left -= jobs.length;
  }
}

async function end(journal: Journal, { leg, token }: OutboxJob): Promise<void> {
  const { outcome } = await journal.outbox.settle({ entry: 'erp', id: leg.message.id, token, ending: { outcome: 'sent', archive: false } });
  if (outcome !== 'recorded') throw new Error(`A leg that was handed out is ${outcome}.`);
}

async function oneKey(journal: Journal): Promise<Pick<JournalFigures, 'oneByOne' | 'inRuns'>> {
  await publish(journal, 6_000, 'one');
  const single = await spent(() => send(journal, 500, 1));
  const runs = await spent(() => send(journal, 5_500, 64));
  return { oneByOne: (500 / single.ms) * 1_000, inRuns: (5_500 / runs.ms) * 1_000 };
}

async function finishBatch(journal: Journal): Promise<void> {
  const finish = () => {
    const id = `message-${++made}`;
    return journal.inbox.settle({ entry: 'orders', id, digest: id, trace: id, type: 'T@1', ending: { outcome: 'done', legs: [] } });
  };
  await Promise.all(Array.from({ length: 64 }, finish));
}

/** As the kernel forgets: a portion, a pause of a few milliseconds, the next portion. */
async function whileForgetting(journal: Journal): Promise<number> {
  for (let batch = 0; batch < 500; batch += 1) await finishBatch(journal);
  const without: number[] = [];
  for (let batch = 0; batch < 100; batch += 1) without.push((await spent(() => finishBatch(journal))).ms);
  const end = new AbortController();
  const forgotten = (async () => {
    while ((await journal.desk.forget(1)).more) await new Promise((resolve) => void setTimeout(resolve, 5));
    end.abort();
  })();
  const meanwhile: number[] = [];
  while (!end.signal.aborted) meanwhile.push((await spent(() => finishBatch(journal))).ms);
  await forgotten;
  return median(meanwhile) / median(without);
}
