import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { median } from '../median.ts';
import type { LoadOrder, LoadResult } from './load.ts';
import type { ServerFigures } from './serve.ts';

export type ServerName = 'bare' | 'waybill' | 'node-red';

const connections = 64;
/** How long one measurement lasts, in milliseconds. */
const duration = 5_000;
const warmUp = 3_000;
/** Servers are measured in turns, so that a machine that changes its speed treats them alike. */
const turns = 3;

export interface Measured {
  /** Median of the turns: answered requests a second at full load. */
  readonly rate: number;
  readonly loopDelayP99: number;
  readonly rss: number;
}

export interface HttpFigures {
  readonly servers: Readonly<Record<ServerName, Measured>>;
  /** The ratio of the rates, turn by turn, then the median. */
  readonly ratio: (of: ServerName, to: ServerName) => number;
  /** Latency of Waybill at half of its own full load, in milliseconds. */
  readonly halfLoad: { readonly p50: number; readonly p99: number };
}

/** Loads every server in turns, from a second process; with `ids`, every message has to be looked up in the journal. Throws when a server refuses a message. */
export async function measureHttp(names: readonly ServerName[], { ids }: { readonly ids: boolean }): Promise<HttpFigures> {
  const running = new Map<ServerName, { readonly child: ChildProcess; readonly url: string }>();
  const load = start('load');
  try {
    for (const name of names) running.set(name, await startServer(name));
    const rates = new Map<ServerName, number[]>(names.map((name) => [name, []]));
    const figures = new Map<ServerName, ServerFigures>();
    for (const { url } of running.values()) await loaded(load, { url, connections, duration: warmUp });
    for (let turn = 0; turn < turns; turn++) {
      for (const [name, { child, url }] of running) {
        child.send('reset');
        rates.get(name)?.push((await loaded(load, { url, connections, duration, ids })).rate);
        figures.set(name, await ask<ServerFigures>(child, 'figures'));
      }
    }
    const measured = (name: ServerName): Measured => ({
      rate: median(rates.get(name) ?? []),
      ...(figures.get(name) ?? { loopDelayP99: 0, rss: 0 }),
    });
    const waybill = running.get('waybill');
    const halfLoad = waybill
      ? await loaded(load, { url: waybill.url, connections, duration, ids, rate: measured('waybill').rate / 2 })
      : { p50: 0, p99: 0 };
    return {
      servers: Object.fromEntries(names.map((name) => [name, measured(name)])) as Record<ServerName, Measured>,
      ratio: (of, to) => median((rates.get(of) ?? []).map((rate, turn) => rate / (rates.get(to)?.[turn] ?? Number.NaN))),
      halfLoad,
    };
  } finally {
    for (const { child } of running.values()) child.disconnect();
    load.disconnect();
    load.kill();
  }
}

async function loaded(load: ChildProcess, order: LoadOrder): Promise<LoadResult> {
  const result = await ask<LoadResult>(load, order);
  if (result.failed > 0) throw new Error(`${order.url} did not take ${result.failed} messages`);
  return result;
}

function start(name: string): ChildProcess {
  return fork(fileURLToPath(new URL(`./${name}.ts`, import.meta.url)), { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
}

async function startServer(name: ServerName): Promise<{ readonly child: ChildProcess; readonly url: string }> {
  const child = start(`${name}-server`);
  const { url } = await next<{ url: string }>(child);
  return { child, url };
}

function ask<Answer>(child: ChildProcess, question: LoadOrder | string): Promise<Answer> {
  const answer = next<Answer>(child);
  child.send(question);
  return answer;
}

function next<Answer>(child: ChildProcess): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const ended = (code: number | null) => reject(new Error(`a measured process ended with ${code}`));
    child.once('exit', ended);
    child.once('message', (answer) => {
      child.off('exit', ended);
      resolve(answer as Answer);
    });
  });
}
