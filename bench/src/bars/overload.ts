import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import journalPlugin from '@waybill/journal-sqlite';
import { silentLog } from '@waybill/testing';
import { atLeast, atMost, type Bar, none } from './bar.ts';
import { type Running, startKernel, stopKernel } from './child.ts';

/** What handling takes, in milliseconds, and how many are handled at a time: together the capacity. */
const takes = 50;
const concurrency = 8;
const capacity = (concurrency * 1_000) / takes;

const manifest = {
  journal: { use: 'sqlite', path: './journal.db' },
  connections: { web: { transport: 'http', listen: { port: 0 } } },
  inbound: { in: { connection: 'web', path: '/in', auth: 'none', credentials: 'ignore', concurrency } },
};

interface Answer {
  readonly status: number;
  readonly hasRetryAfter: boolean;
  readonly took: number;
}

/** Ten times as many messages as can be handled: the excess is told to come again, what is accepted is done soon. */
export async function overload(seconds: number): Promise<readonly Bar[]> {
  const folder = await mkdtemp(join(tmpdir(), 'waybill-bars-'));
  try {
    const running = await startKernel(folder, manifest, { takes });
    if (!running) throw new Error('The kernel did not start.');
    const { answers, mostMemory } = await load(running, seconds);
    await stopKernel(running);
    const accepted = answers.filter(({ status }) => status >= 200 && status < 300);
    const refused = answers.filter(({ status }) => status === 429 || status === 503);
    const done = await doneIn(folder);
    const times = accepted.map(({ took }) => took).toSorted((a, b) => a - b);
    const what = `overload, ${10 * capacity} messages/s on a capacity of ${capacity}/s for ${seconds} s`;
    return [
      atMost(`${what}: resident memory`, mostMemory / 1024 ** 2, 250, ' MB'),
      none(`${what}: answers other than accepted, 429 and 503`, answers.length - accepted.length - refused.length),
      none(`${what}: refusals without Retry-After`, refused.filter(({ hasRetryAfter }) => !hasRetryAfter).length),
      none(`${what}: accepted and not done`, accepted.length - done),
      atLeast(`${what}: accepted, of what can be handled`, accepted.length / (capacity * seconds), 0.8),
      atMost(`${what}: p99 of the accepted`, (times[Math.floor(times.length * 0.99)] ?? 0) / 1_000, 1, ' s'),
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function load(
  { process: child, port }: Running,
  seconds: number,
): Promise<{ readonly answers: readonly Answer[]; readonly mostMemory: number }> {
  const agent = new Agent({ keepAlive: true, maxSockets: 4_000 });
  const answers: Promise<Answer>[] = [];
  let mostMemory = 0;
  const since = performance.now();
  while (performance.now() - since < seconds * 1_000) {
    const due = Math.floor(((performance.now() - since) / 1_000) * 10 * capacity);
    while (answers.length < due) answers.push(post(port, answers.length, agent));
    mostMemory = Math.max(mostMemory, await memoryOf(child.pid));
    await pause(5);
  }
  const all = await Promise.all(answers);
  agent.destroy();
  return { answers: all, mostMemory };
}

/** Of a process, in bytes; 0 where the system does not tell. */
async function memoryOf(pid: number | undefined): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) * 1024;
}

function post(port: number, number: number, agent: Agent): Promise<Answer> {
  const since = performance.now();
  return new Promise((resolve) => {
    const headers = { 'content-type': 'application/json', 'idempotency-key': `m-${number}` };
    const sent = request({ host: '127.0.0.1', port, path: '/in', method: 'POST', agent, headers }, (answer) => {
      const { statusCode: status = 0, headers: told } = answer;
      answer
        .resume()
        .once('end', () => resolve({ status, hasRetryAfter: told['retry-after'] !== undefined, took: performance.now() - since }));
    });
    sent.once('error', () => resolve({ status: 0, hasRetryAfter: false, took: 0 }));
    sent.end(JSON.stringify({ number }));
  });
}

async function doneIn(folder: string): Promise<number> {
  const settings = { path: join(folder, 'journal.db'), busyTimeout: 20_000, maxSize: undefined };
  const journal = await journalPlugin.open(settings as never, {
    name: 'journal',
    log: silentLog,
    folder,
    signal: new AbortController().signal,
  });
  let [done, before] = [0, undefined as number | undefined];
  do {
    const page = await journal.desk.list({ direction: 'in', state: 'done', limit: 1_000, before });
    done += page.rows.length;
    before = page.next;
  } while (before !== undefined);
  await journal.close();
  return done;
}
