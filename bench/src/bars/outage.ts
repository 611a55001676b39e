import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import sqliteJournal from '@waybill/journal-sqlite';
import { createKernel, type Kernel } from '@waybill/kernel';
import { MemoryJournalFile, memoryTransport, silentLog, testClock } from '@waybill/testing';
import http from '@waybill/transport-http';
import { atLeast, atMost, type Bar, none } from './bar.ts';
import { FarSide, type Trouble } from './far-side.ts';
import { thingDone, thingPack } from './thing.ts';

/** Events a second. */
const rate = 300;

const routes = [{ event: thingDone.name, message: 'Done', to: ['far'] }];

/** A destination that is away for a minute, in each of the ways in which one can be. */
export async function outage(seconds: number): Promise<readonly Bar[]> {
  const bars: Bar[] = [];
  for (const trouble of ['refused', 'reset', '503', 'hung'] as const) bars.push(...(await oneOutage(trouble, seconds)));
  return [...bars, ...(await longOutage())];
}

async function oneOutage(trouble: Trouble, seconds: number): Promise<readonly Bar[]> {
  const folder = await mkdtemp(join(tmpdir(), 'waybill-bars-'));
  const far = new FarSide();
  await far.start();
  const kernel = createKernel({
    manifest: {
      plugins: [],
      journal: { use: 'sqlite', path: './journal.db' },
      connections: { far: { transport: 'http', url: far.url, connectTimeout: '5s', answerTimeout: '10s' } },
      // The far side knows a message again by its id. Where it does not, what was under way when it went away is parked: nobody knows whether it arrived.
      outbound: { far: { connection: 'far', path: '/things', method: 'POST', timeout: '10s', unknown: 'retry' } },
      routes,
    },
    folder,
    plugins: [sqliteJournal, http, thingPack],
    handlers: [],
    log: silentLog,
  });
  try {
    await kernel.start();
    return await watchOutage(trouble, seconds, kernel, far);
  } finally {
    await kernel.stop();
    await far.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function watchOutage(trouble: Trouble, seconds: number, kernel: Kernel, far: FarSide): Promise<readonly Bar[]> {
  const feed = new Feed(kernel);
  await pause(3_000);
  await far.fail(trouble);
  const failedAt = performance.now();
  await pause(seconds * 1_000);
  const recoveredAt = performance.now();
  await far.recover();
  const before = far.taken.size;
  await until(() => far.taken.size > before, 120_000);
  const firstAfter = ([...far.taken.values()].at(before) ?? Number.POSITIVE_INFINITY) - recoveredAt;
  await until(() => feed.published - far.taken.size < rate, 300_000);
  const drained = performance.now();
  const arrived = ((drained - recoveredAt) / 1_000) * rate;
  const speed = (far.taken.size - before) / arrived;
  await feed.end();
  await until(() => far.taken.size >= feed.published, 60_000);
  const parked = (await kernel.desk.counts()).reduce((sum, one) => sum + one.parked, 0);
  // The first ones find out that it is away; from then on it is only probed.
  const probes = far.triedAt.filter((at) => at > failedAt + 10_000).length / Math.max(1, seconds - 10);
  const what = `outage, ${trouble}, ${seconds} s at ${rate} events/s`;
  return [
    none(`${what}: parked`, parked),
    none(`${what}: lost`, feed.published - far.taken.size),
    ...(trouble === 'refused' ? [] : [atMost(`${what}: probes a second`, probes, 1)]),
    atMost(`${what}: first delivery after recovery`, firstAfter / 1_000, 5, ' s'),
    atLeast(`${what}: drained at so many times the rate of arrival`, speed, 2),
  ];
}

/** Ten minutes on a virtual clock. */
async function longOutage(): Promise<readonly Bar[]> {
  const clock = testClock();
  const memory = memoryTransport();
  const journal = new MemoryJournalFile({ clock });
  const kernel = createKernel({
    manifest: {
      plugins: [],
      journal: { use: 'memory' },
      connections: { far: { transport: 'memory' } },
      outbound: { far: { connection: 'far', queue: 'OUT' } },
      routes,
    },
    plugins: [memory.transport, journal.plugin, thingPack],
    handlers: [],
    log: silentLog,
    clock,
  });
  await kernel.start();
  memory.trouble('OUT', 'not-sent');
  let published = 0;
  for (let second = 0; second < 600; second++) {
    for (let event = 0; event < rate; event++) await kernel.publish(thingDone, { number: published++ });
    await clock.advance(1_000);
  }
  const parked = (await kernel.desk.counts()).reduce((sum, one) => sum + one.parked, 0);
  memory.trouble('OUT', undefined);
  let waited = 0;
  for (; memory.size('OUT') === 0 && waited < 60; waited++) await clock.advance(1_000);
  for (let step = 0; memory.size('OUT') < published && step < 600; step++) await clock.advance(1_000);
  const arrived = memory.size('OUT');
  await kernel.stop();
  const what = `outage, 10 minutes (virtual) at ${rate} events/s`;
  return [
    none(`${what}: parked`, parked),
    none(`${what}: lost`, published - arrived),
    atMost(`${what}: first delivery after recovery`, waited, 5, ' s'),
  ];
}

/** Publishes at the rate until it is ended. */
class Feed {
  published = 0;
  readonly #kernel: Kernel;
  readonly #stop = new AbortController();
  readonly #over: Promise<void>;

  constructor(kernel: Kernel) {
    this.#kernel = kernel;
    this.#over = this.#run();
  }

  async end(): Promise<void> {
    this.#stop.abort();
    await this.#over;
  }

  async #run(): Promise<void> {
    const since = performance.now();
    let begun = 0;
    while (!this.#stop.signal.aborted) {
      const due = Math.floor(((performance.now() - since) / 1_000) * rate);
      const batch: Promise<void>[] = [];
      for (; begun < due; begun++) batch.push(this.#kernel.publish(thingDone, { number: begun }).then(() => void this.published++));
      await Promise.all(batch);
      await pause(10);
    }
  }
}

/** Waits until it holds, or the time is over. */
async function until(holds: () => boolean, within: number): Promise<void> {
  const end = performance.now() + within;
  while (!holds() && performance.now() < end) await pause(20);
}
