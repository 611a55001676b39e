import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { eventually } from '@waybill/testing';
import { onTestFinished } from 'vitest';
import type { ChildNews, ChildOrder } from './child.ts';

export interface RunningChild {
  readonly port: number;
  /** Every outcome so far. */
  readonly outcomes: readonly { readonly id: string; readonly outcome: string }[];
  /** As a power cut would. */
  kill(): Promise<void>;
}

/** A kernel in a process of its own, once it runs. Killed when the test ends. */
export async function runningChild(order: ChildOrder): Promise<RunningChild> {
  const child = fork(new URL('./child.ts', import.meta.url), { execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const ended = once(child, 'exit');
  const kill = async () => {
    child.kill('SIGKILL');
    await ended;
  };
  onTestFinished(kill);
  const outcomes: { readonly id: string; readonly outcome: string }[] = [];
  let port: number | undefined;
  child.on('message', (news: ChildNews) => {
    if ('running' in news) port = news.port;
    else outcomes.push(news);
  });
  child.send(order);
  await eventually(() => port !== undefined || child.exitCode !== null, { what: 'the child to run', within: 30_000 });
  if (port === undefined) throw new Error(`the child ended with ${String(child.exitCode)}`);
  return { port, outcomes, kill };
}

/** The ids of the messages whose handlers have ended well, over all processes. */
export async function diaryOf(folder: string): Promise<readonly string[]> {
  const text = await readFile(join(folder, 'diary.txt'), 'utf8').catch(() => '');
  return text.split('\n').filter((line) => line !== '');
}
