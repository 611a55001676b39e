import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';
import type { LoadOrder, LoadResult } from '../http/load.ts';
import { atMost, type Bar } from './bar.ts';
import { FarSide } from './far-side.ts';
import type { SoakSample } from './soak-child.ts';

/** How often the process is killed. */
const kills = 5;

const connections = 16;

/** How long the capacity is measured, in milliseconds. */
const capacityFor = 8_000;

/** Of one process: when its heap was looked at, in minutes, and how large it was after a collection, in bytes. */
type Life = readonly (readonly [minute: number, bytes: number])[];

/** What was seen of the whole run. */
interface Seen {
  readonly lives: Life[];
  readonly forgetting: number[];
  readonly otherwise: number[];
  /** By table, the most rows that it had. */
  readonly rows: Map<string, number>;
}

/** A kernel at half of what it can do, for `seconds`, which is killed five times: nothing grows, and nothing becomes slow. */
export async function soak(seconds: number): Promise<readonly Bar[]> {
  // Short, so that what is remembered and what is forgotten are in balance soon.
  const keep = Math.max(5, Math.round(seconds / 40));
  const folder = await mkdtemp(join(tmpdir(), 'waybill-bars-'));
  const far = new FarSide();
  await far.start();
  try {
    const folders = ['measured', 'soaked'].map((name) => join(folder, name));
    for (const one of folders) await mkdir(one);
    for (const one of folders) await writeFile(join(one, 'manifest.json'), JSON.stringify(manifestOf(keep, far.url)));
    const [measured = '', soaked = ''] = folders;
    const rate = (await capacityIn(measured)) / 2;
    return barsOf(await run(soaked, seconds, rate), { seconds, keep, rate });
  } finally {
    await far.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

function manifestOf(keep: number, far: string): object {
  return {
    plugins: [],
    journal: { use: 'sqlite', path: './journal.db', keep: `${keep}s` },
    connections: { web: { transport: 'http', listen: { port: 0 } }, far: { transport: 'http', url: far } },
    inbound: { in: { connection: 'web', path: '/in', auth: 'none', credentials: 'ignore', concurrency: connections } },
    outbound: { out: { connection: 'far', path: '/things', method: 'POST', unknown: 'retry', concurrency: connections } },
    routes: [{ event: 'bars.done', message: 'Done', to: ['out'] }],
  };
}

interface Child {
  readonly process: ChildProcess;
  readonly port: number;
}

async function start(folder: string): Promise<Child> {
  const module = new URL('./soak-child.ts', import.meta.url);
  const child = fork(module, [folder], { execArgv: ['--expose-gc'], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const [{ port }] = (await once(child, 'message')) as [{ readonly port: number }];
  return { process: child, port };
}

async function kill({ process: child }: Child): Promise<void> {
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

async function sampleOf({ process: child }: Child): Promise<SoakSample> {
  const told = once(child, 'message');
  child.send('sample');
  return ((await told) as [SoakSample])[0];
}

/** Messages a second that come in and go out again, when it has run for a while: the time until all are sent counts. */
async function capacityIn(folder: string): Promise<number> {
  const child = await start(folder);
  await loadOf(child, 4_000).result;
  await allSent(folder);
  const since = performance.now();
  const { rate } = await loadOf(child, capacityFor).result;
  await allSent(folder);
  const messages = (rate * capacityFor) / 1_000;
  await kill(child);
  return (messages / (performance.now() - since)) * 1_000;
}

async function allSent(folder: string): Promise<void> {
  const database = new DatabaseSync(join(folder, 'journal.db'), { readOnly: true });
  const waiting = database.prepare('SELECT sum(waiting) AS n FROM entry');
  while (Number(waiting.get()?.['n']) > 0) await pause(20);
  database.close();
}

interface Load {
  readonly result: Promise<LoadResult>;
  readonly end: () => void;
}

/** The load comes from a process of its own, each message with an id. */
function loadOf({ port }: Child, duration: number, rate?: number): Load {
  const child = fork(new URL('../http/load.ts', import.meta.url), { execArgv: [] });
  const order: LoadOrder = { url: `http://127.0.0.1:${port}/in`, connections, duration, rate, ids: true };
  child.send(order);
  const result = once(child, 'message').then(([told]) => told as LoadResult);
  void result.then(() => child.kill());
  return { result, end: () => void child.kill() };
}

/** Five processes that are killed under their load share the first quarter; the last one has the rest, in which a heap that grows shows best. */
async function run(folder: string, seconds: number, rate: number): Promise<Seen> {
  const seen: Seen = { lives: [], forgetting: [], otherwise: [], rows: new Map() };
  for (let life = 0; life <= kills; life++) {
    const ms = (life < kills ? 0.25 / kills : 0.75) * seconds * 1_000;
    const child = await start(folder);
    const load = loadOf(child, 2 * ms, rate);
    seen.lives.push(await watch(child, ms, folder, seen));
    await kill(child);
    load.end();
  }
  return seen;
}

/** Looks so often at each process. */
const looks = 20;

/** How long a process takes until its heap has its size, in milliseconds. */
const warmUp = 15_000;

async function watch(child: Child, ms: number, folder: string, seen: Seen): Promise<Life> {
  const database = new DatabaseSync(join(folder, 'journal.db'), { readOnly: true });
  const life: (readonly [number, number])[] = [];
  const since = performance.now();
  for (let look = 1; look <= looks; look++) {
    await pause(Math.max(0, since + (look * ms) / looks - performance.now()));
    const { heap, forgetting, otherwise } = await sampleOf(child);
    // What is compiled and cached at first is no growth.
    if (performance.now() - since > warmUp) {
      life.push([(performance.now() - since) / 60_000, heap]);
      seen.forgetting.push(...forgetting);
      seen.otherwise.push(...otherwise);
    }
    for (const [table, count] of rowsIn(database)) seen.rows.set(table, Math.max(seen.rows.get(table) ?? 0, count));
  }
  database.close();
  return life;
}

function rowsIn(database: DatabaseSync): readonly (readonly [string, number])[] {
  const tables = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'").all();
  return tables.map(({ name }) => [String(name), Number(database.prepare(`SELECT count(*) AS n FROM "${String(name)}"`).get()?.['n'])]);
}

/** The heap's growth in percent of its size a minute: one slope over all processes, each with a level of its own. */
function slopeOf(lives: readonly Life[]): number {
  let [up, over, all, count] = [0, 0, 0, 0];
  for (const life of lives) {
    const minute = mean(life.map(([at]) => at));
    const heap = mean(life.map(([, bytes]) => bytes));
    for (const [at, bytes] of life) {
      up += (at - minute) * (bytes - heap);
      over += (at - minute) ** 2;
      all += bytes;
      count += 1;
    }
  }
  return ((up / over) * 100) / (all / count);
}

function percentile(values: readonly number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length * share)] ?? Number.NaN;
}

const mean = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0) / values.length;

interface Run {
  readonly seconds: number;
  readonly keep: number;
  readonly rate: number;
}

function barsOf({ lives, forgetting, otherwise, rows }: Seen, { seconds, keep, rate }: Run): readonly Bar[] {
  const what = `soak, ${seconds} s at ${Math.round(rate)} messages/s, ${kills} kills`;
  const kept = `kept for ${keep} s`;
  const ratio = (share: number): number => percentile(forgetting, share) / percentile(otherwise, share);
  return [
    atMost(`${what}: growth of the heap a minute`, slopeOf(lives), 1, ' %'),
    ...Array.from(rows, ([table, most]) => atMost(`${what}, ${kept}: rows of ${table}`, most, boundOf(table, { seconds, keep, rate }))),
    atMost(`${what}: steps while forgetting, beside others, median`, ratio(0.5), 2, ' times'),
    atMost(`${what}: the same, 99th percentile`, ratio(0.99), 2, ' times'),
  ];
}

/** What a table may hold, by what its rows belong to. What is done is forgotten within twenty seconds after its time. */
function boundOf(table: string, { seconds, keep, rate }: Run): number {
  const remembered = Math.ceil(rate * (keep + 20));
  switch (table) {
    // A message and its leg.
    case 'message':
      return 2 * remembered;
    // Bodies of what is under way: legs of the last five seconds, which is how long it may take to go on after a kill.
    case 'body':
      return Math.ceil(rate * 5);
    // By entry, outcome and minute.
    case 'tally':
      return 2 * 4 * Math.ceil(seconds / 60 + 2);
    default:
      return 50;
  }
}
