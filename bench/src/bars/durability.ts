import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { atLeast, type Bar, none, notRun } from './bar.ts';
import { startKernel, stopKernel } from './child.ts';

const calls = 'read,recvfrom,write,writev,sendto,pwrite64,fdatasync,fsync';
const entry = { connection: 'web', auth: 'none', credentials: 'ignore' } as const;
const manifest = {
  journal: { use: 'sqlite', path: './journal.db' },
  connections: { web: { transport: 'http', listen: { port: 0 } } },
  inbound: { handled: { ...entry, path: '/handled' }, stored: { ...entry, path: '/stored', accept: 'stored' } },
};

/**
 * What the kernel asks of the operating system while messages come over HTTP, as strace sees it: the journal is written and synced
 * before the answer goes out. Killing the process does not show this, since the system keeps what was written.
 */
export async function durability(messages: number): Promise<readonly Bar[]> {
  if (!hasStrace()) return [notRun('durability', 'needs strace')];
  const folder = await mkdtemp(join(tmpdir(), 'waybill-bars-'));
  try {
    const traced = join(folder, 'strace');
    const answered = await run(folder, traced, messages);
    const { early, seen } = judge(await readFile(traced, 'latin1'));
    return [
      none('durability: positive answers that came before the sync of what they stand for', early.length),
      atLeast('durability: positive answers whose write and sync were seen', seen, answered),
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function hasStrace(): boolean {
  try {
    execFileSync('strace', ['-V'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Sends them over eight connections, every second one to an entry that stores. Answers how many were accepted. */
async function run(folder: string, traced: string, messages: number): Promise<number> {
  const before = ['strace', '-f', '-y', '-s', '9000', '-e', `trace=${calls}`, '-o', traced];
  const kernel = await startKernel(folder, manifest, { before });
  if (!kernel) throw new Error('The kernel did not start under strace.');
  const agent = new Agent({ keepAlive: true, maxSockets: 8 });
  const url = `http://127.0.0.1:${kernel.port}`;
  const numbers = Array.from({ length: messages }, (_, number) => number);
  const statuses = await Promise.all(numbers.map((number) => post(`${url}/${number % 2 === 0 ? 'handled' : 'stored'}`, number, agent)));
  agent.destroy();
  await stopKernel(kernel);
  return statuses.filter((status) => status >= 200 && status < 300).length;
}

function post(url: string, number: number, agent: Agent): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'idempotency-key': idOf(number) };
    const sent = request(url, { method: 'POST', agent, headers }, (answer) => {
      answer.resume().once('end', () => resolve(answer.statusCode ?? 0));
    });
    sent.once('error', reject).end(JSON.stringify({ number }));
  });
}

const idOf = (number: number): string => `durable-${String(number).padStart(6, '0')}-x`;

interface Judged {
  /** Ids of messages that were answered too early. */
  readonly early: readonly string[];
  readonly seen: number;
}

/** Reads the calls in the order in which they began and ended. */
function judge(trace: string): Judged {
  const begun = new Map<string, string>();
  /** By connection: the message whose answer is awaited. */
  const asked = new Map<string, string>();
  const written = new Set<string>();
  /** By thread: what had been written when its sync began. */
  const syncing = new Map<string, readonly string[]>();
  const synced = new Set<string>();
  const early: string[] = [];
  let seen = 0;
  for (const line of trace.split('\n')) {
    const [, thread = '', rest = ''] = /^(\d+) +(.*)$/s.exec(line) ?? [];
    const isUnfinished = rest.endsWith('<unfinished ...>');
    const isResumed = /^<\.\.\. \w+ resumed>/.test(rest);
    const call = isResumed ? `${begun.get(thread) ?? ''}${rest}` : rest;
    if (isUnfinished) begun.set(thread, rest);
    const isSync = /^(?:fdatasync|fsync)\(\d+<[^>]*journal\.db-wal>/.test(call);
    // A sync covers what was written before it began; a write is told when it has ended.
    if (isSync && !isResumed) syncing.set(thread, [...written]);
    if (isUnfinished) {
      // An answer is on its way as soon as its write has begun.
      if (!isAnswer(call)) continue;
    } else if (isSync && / = 0\s*$/.test(call)) {
      for (const id of syncing.get(thread) ?? []) synced.add(id);
      continue;
    }
    if (isResumed && isAnswer(call)) continue;
    const ids = call.match(/durable-\d{6}-x/g) ?? [];
    if (/^pwrite64\(\d+<[^>]*journal\.db-wal>/.test(call)) for (const id of ids) written.add(id);
    const socket = /^\w+\((\d+<(?:TCP|socket)[^>]*>)/.exec(call)?.[1]?.split('<')[0];
    if (socket === undefined) continue;
    if (/^(?:read|recvfrom)\(/.test(call) && ids[0] !== undefined) asked.set(socket, ids[0]);
    if (!isAnswer(call)) continue;
    const id = asked.get(socket);
    if (id === undefined) continue;
    if (synced.has(id)) seen += 1;
    else early.push(id);
  }
  return { early, seen };
}

function isAnswer(call: string): boolean {
  return /^(?:write|writev|sendto)\(\d+<(?:TCP|socket)[^>]*>.*HTTP\/1\.1 2\d\d /s.test(call);
}
