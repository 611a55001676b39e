import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { resolveSettings } from '@waybill/contract/host';
import { silentLog } from '@waybill/testing';
import amqp from '@waybill/transport-amqp';
import mq from '@waybill/transport-mq';
import { startQueueManager } from '../../../plugins/transport-mq/test/stand-in/queue-manager.ts';
import { Artemis } from '../../../test/vehicles/artemis.ts';
import { median } from '../median.ts';
import type { KernelTask } from './kernel-child.ts';

/** Messages a second that came through, and which part of the bare loop that is, as the median of the turns. */
export interface Shares {
  readonly bare: number;
  /** With a journal in memory: what transport and kernel cost. */
  readonly kernel: number;
  /** With the journal on the disk. */
  readonly durable: number;
  readonly share: number;
  readonly durableShare: number;
}

const turns = 3;
const lanes = 4;
const body = Buffer.alloc(1_000, 'x');

type Measured = () => Promise<number>;

/** The three in turns, each on a queue that was filled before. */
async function inTurns(fill: () => Promise<void>, ways: Readonly<Record<'bare' | 'kernel' | 'durable', Measured>>): Promise<Shares> {
  const rates = { bare: [] as number[], kernel: [] as number[], durable: [] as number[] };
  for (let turn = 0; turn < turns; turn++) {
    for (const [name, measure] of Object.entries(ways)) {
      await fill();
      rates[name as keyof typeof rates].push(await measure());
    }
  }
  const shareOf = (of: readonly number[]) => median(of.map((rate, turn) => rate / (rates.bare[turn] ?? Number.NaN)));
  return {
    bare: median(rates.bare),
    kernel: median(rates.kernel),
    durable: median(rates.durable),
    share: shareOf(rates.kernel),
    durableShare: shareOf(rates.durable),
  };
}

/** IBM MQ, by the real package, with the stand-in for its client and a queue manager of ours. */
export async function measureMq(messages: number): Promise<Shares> {
  const manager = await startQueueManager({ queues: { BENCH: { type: 'local', maxDepth: 2 * messages } } });
  const task = {
    plugin: '@waybill/transport-mq',
    connection: { queueManager: manager.name, server: 'bindings' },
    entry: { queue: 'BENCH' },
  };
  try {
    return await inTurns(
      async () =>
        void (await manager.putAll(
          'BENCH',
          Array.from({ length: messages }, () => ({ body })),
        )),
      { bare: () => bareMq(manager.name, messages, manager.env), ...kernels({ ...task, messages }, manager.env) },
    );
  } finally {
    await manager.close();
  }
}

/** What one host of the transport for IBM MQ costs: from the start of its process until it has a queue open, and its part of the memory. */
export interface HostCost {
  /** In milliseconds; the median. */
  readonly start: number;
  /** In bytes: what it has alone, and its part of what processes share. The mean. */
  readonly memory: number;
}

/** Six side by side, started one after the other. */
export async function measureHosts(): Promise<HostCost> {
  const manager = await startQueueManager({ queues: { BENCH: { type: 'local' } } });
  Object.assign(process.env, manager.env);
  const folder = tmpdir();
  const context = { name: 'bench', log: silentLog, folder, signal: new AbortController().signal };
  const settings = { queueManager: manager.name, server: 'bindings' };
  const { receive } = mq;
  if (!receive) throw new Error('the transport does not receive');
  const connection = await mq.connect(resolveSettings(mq.connection, settings, { folder }), context);
  const source = resolveSettings(receive.endpoint, { queue: 'BENCH' }, { folder }) as never;
  const nobody = async () => undefined;
  const receiving = {
    ...context,
    concurrency: 1,
    order: 'parallel',
    stateOf: nobody,
    tell: () => undefined,
    report: nobody,
    undeliverable: nobody,
  } as const;
  const times = [];
  try {
    for (let host = 0; host < 6; host++) {
      const since = performance.now();
      await receive.open(connection, source, receiving);
      times.push(performance.now() - since);
    }
    const children = (await readFile(`/proc/self/task/${process.pid}/children`, 'utf8')).trim().split(' ').map(Number);
    const sizes = await Promise.all(children.filter((pid) => pid !== manager.pid).map(proportionalSize));
    return { start: median(times), memory: sizes.reduce((sum, size) => sum + size, 0) / sizes.length };
  } finally {
    await mq.disconnect?.(connection);
    await manager.close();
  }
}

async function proportionalSize(pid: number): Promise<number> {
  const [, kilobytes] = /^Pss: +([0-9]+) kB/m.exec(await readFile(`/proc/${pid}/smaps_rollup`, 'utf8')) ?? [];
  return Number(kilobytes) * 1024;
}

async function bareMq(queueManager: string, messages: number, env: object): Promise<number> {
  const children = Array.from({ length: lanes }, () => start('./bare-mq-child.mjs', [queueManager, 'BENCH'], env));
  await Promise.all(children.map((child) => once(child, 'message')));
  const ended = children.map((child) => once(child, 'message') as Promise<[[number, number]]>);
  for (const child of children) child.send('go');
  const times = (await Promise.all(ended)).map(([time]) => time);
  return (messages / (Math.max(...times.map(([, last]) => last)) - Math.min(...times.map(([first]) => first)))) * 1000;
}

/** AMQP 1.0, with ActiveMQ Artemis. */
export async function measureAmqp(messages: number): Promise<Shares> {
  const artemis = await Artemis.start();
  const connection = { broker: 'artemis', hosts: [`127.0.0.1:${artemis.port}`], auth: 'anonymous' };
  const task = { plugin: '@waybill/transport-amqp', connection, entry: { queue: 'BENCH' } };
  try {
    return await inTurns(() => fillAmqp(connection, messages), {
      bare: () => told(start('./bare-amqp-child.mjs', [String(artemis.port), 'BENCH', String(messages), String(lanes)])),
      ...kernels({ ...task, messages }),
    });
  } finally {
    await artemis.end();
  }
}

export async function fillAmqp(settings: object, messages: number): Promise<void> {
  const folder = tmpdir();
  const context = { name: 'bench', log: silentLog, folder, signal: new AbortController().signal };
  const connection = await amqp.connect(resolveSettings(amqp.connection, settings, { folder }) as never, context);
  const target = resolveSettings(amqp.send?.endpoint ?? {}, { queue: 'BENCH' }, { folder }) as never;
  const sender = await amqp.send?.open(connection, target, { ...context, concurrency: 500, late: () => undefined });
  if (!sender) throw new Error('the transport does not send');
  const { signal } = new AbortController();
  for (let sent = 0; sent < messages; sent += 500) {
    const ids = Array.from({ length: Math.min(500, messages - sent) }, () => crypto.randomUUID());
    await Promise.all(ids.map((id) => sender.send({ id, body, createdAt: Date.now(), properties: {} }, { signal })));
  }
  await sender.close();
  await amqp.disconnect?.(connection);
}

function kernels(task: KernelTask, env?: object): Readonly<Record<'kernel' | 'durable', Measured>> {
  const run = (journal?: string) => {
    const whole = { ...task, entry: { ...task.entry, concurrency: lanes }, journal };
    return told(start('./kernel-child.ts', [JSON.stringify(whole)], env));
  };
  return {
    kernel: () => run(),
    durable: async () => {
      const folder = await mkdtemp(join(tmpdir(), 'waybill-bench-'));
      try {
        return await run(join(folder, 'journal.db'));
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
  };
}

function start(module: string, args: readonly string[], env: object = {}): ChildProcess {
  const file = fileURLToPath(new URL(module, import.meta.url));
  return fork(file, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
}

async function told(child: ChildProcess): Promise<number> {
  const ended = once(child, 'exit');
  const [rate] = (await Promise.race([
    once(child, 'message'),
    ended.then(([code]) => Promise.reject(new Error(`a process ended with ${code}`))),
  ])) as [number];
  await ended;
  return rate;
}
