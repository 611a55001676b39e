import { once } from 'node:events';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Journal } from '@waybill/contract';
import { resolveSettings } from '@waybill/contract/host';
import journalPlugin from '@waybill/journal-sqlite';
import { silentLog } from '@waybill/testing';
import queuePlugin from '@waybill/transport-queue';
import { atMost, type Bar, none } from './bar.ts';
import { type Running, startKernel, stopKernel } from './child.ts';

interface Way {
  readonly what: string;
  readonly manifest: object;
  /** Hands the things in; called again after each death, with those that were not taken. */
  readonly put: (folder: string, numbers: readonly number[], running: Running) => Promise<void>;
}

const attempts = 3;
const retry = { attempts, first: '10ms', most: '50ms' };
const journal = { use: 'sqlite', path: './journal.db' };
const numbers = Array.from({ length: 30 }, (_, number) => number);

const ways: readonly Way[] = [
  {
    what: 'files',
    manifest: {
      journal,
      connections: { near: { transport: 'file', path: './in' } },
      inbound: { in: { connection: 'near', pattern: '*.json', every: '20ms', settle: '0ms', retry, credentials: 'ignore' } },
    },
    put: async (folder, all) => {
      await mkdir(join(folder, 'in'), { recursive: true });
      for (const number of all) {
        await writeFile(join(folder, `${number}.part`), JSON.stringify({ number }));
        await rename(join(folder, `${number}.part`), join(folder, 'in', `${number}.json`));
      }
    },
  },
  {
    what: 'queue',
    manifest: {
      journal,
      connections: { near: { transport: 'queue', path: './queues.db' } },
      inbound: { in: { connection: 'near', queue: 'IN', retry, credentials: 'ignore' } },
    },
    put: putOnQueue,
  },
  {
    what: 'stored over HTTP',
    manifest: {
      journal,
      connections: { near: { transport: 'http', listen: { port: 0 } } },
      inbound: { in: { connection: 'near', path: '/in', auth: 'none', accept: 'stored', retry, credentials: 'ignore' } },
    },
    put: async (_, all, { port }) => {
      const headers = { 'content-type': 'application/json' };
      for (const number of all) {
        const body = JSON.stringify({ number });
        const send = () =>
          fetch(`http://127.0.0.1:${port}/in`, { method: 'POST', body, headers: { ...headers, 'idempotency-key': `n-${number}` } });
        await send().then(
          (answer) => answer.arrayBuffer(),
          () => undefined,
        );
      }
    },
  },
];

/** A message that ends the process while it is handled is given up on after its attempts; the others are all done. */
export async function deadly(): Promise<readonly Bar[]> {
  const bars: Bar[] = [];
  for (const way of ways) bars.push(...(await oneWay(way)));
  return bars;
}

async function oneWay({ what, manifest, put }: Way): Promise<readonly Bar[]> {
  const folder = await mkdtemp(join(tmpdir(), 'waybill-bars-'));
  const desk = await openJournal(folder);
  let deaths = 0;
  try {
    let left = numbers;
    for (let round = 0; round < 30; round++) {
      const running = await startKernel(folder, manifest, { deadly: 13 });
      if (!running) {
        deaths += 1;
        continue;
      }
      const ended = once(running.process, 'exit');
      await put(folder, left, running);
      left = what.includes('HTTP') ? left : [];
      const isOver = await Promise.race([ended.then(() => false), settled(desk)]);
      if (isOver) {
        await stopKernel(running);
        break;
      }
      deaths += 1;
    }
    const { rows } = await desk.desk.list({ direction: 'in', limit: 1_000 });
    const of = (state: string) => rows.filter((row) => row.state === state).length;
    return [
      none(`deadly, ${what}: others that are not done`, numbers.length - 1 - of('done')),
      none(`deadly, ${what}: parked, beside the one that ends the process`, Math.abs(of('parked') - 1)),
      // Files count nothing: nobody knows of the first death.
      atMost(`deadly, ${what}: deaths, with ${attempts} attempts`, deaths, what === 'files' ? attempts + 1 : attempts),
    ];
  } finally {
    await desk.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Resolves when every thing is done or parked. */
async function settled({ desk }: Journal): Promise<boolean> {
  for (let wait = 0; wait < 300; wait++) {
    const { rows } = await desk.list({ direction: 'in', limit: 1_000 });
    const over = rows.filter(({ state }) => state === 'done' || state === 'parked').length;
    if (over >= numbers.length) return true;
    await pause(100);
  }
  return true;
}

async function openJournal(folder: string): Promise<Journal> {
  const settings = { path: join(folder, 'journal.db'), busyTimeout: 20_000, maxSize: undefined };
  return journalPlugin.open(settings as never, { name: 'journal', log: silentLog, folder, signal: new AbortController().signal });
}

async function putOnQueue(folder: string, all: readonly number[]): Promise<void> {
  const signal = new AbortController().signal;
  const context = { name: 'bars', log: silentLog, folder, signal, concurrency: 1, late: () => undefined };
  const connection = await queuePlugin.connect(
    resolveSettings(queuePlugin.connection, { path: './queues.db' }, { folder }) as never,
    context,
  );
  const endpoint = resolveSettings(queuePlugin.send?.endpoint as never, { queue: 'IN' }, { folder });
  const sender = await queuePlugin.send?.open(connection, endpoint as never, context);
  for (const number of all) {
    const body = new TextEncoder().encode(JSON.stringify({ number }));
    await sender?.send({ id: `n-${number}`, body, createdAt: Date.now(), properties: {} }, { signal });
  }
  await sender?.close();
  await queuePlugin.disconnect?.(connection);
}
