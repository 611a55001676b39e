import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { isWaybillError, type Message } from '@waybill/contract';
import { temporaryFolder } from '@waybill/testing';
import { onTestFinished } from 'vitest';
import { type OpenOptions, openQueues, type Queues } from '../src/index.ts';
import type { Order } from './child.ts';

let made = 0;

export function newMessage(text = '<Order/>', more: Partial<Message> = {}): Message {
  return { id: `message-${++made}`, body: Buffer.from(text), createdAt: 1_000_000 + made, properties: {}, ...more };
}

export const textOf = (message: Message | undefined): string | undefined => message && Buffer.from(message.body).toString();

/** The path of a file that does not exist yet. */
export async function newPath(): Promise<string> {
  return join(await temporaryFolder(), 'queues.db');
}

/** Queues that are closed when the test ends. */
export async function open(options: OpenOptions): Promise<Queues> {
  const queues = await openQueues(options);
  onTestFinished(() => queues.close());
  return queues;
}

/** Does to the file what somebody does who takes all others for dead: what they have in hand goes back. */
export function takeBackAll(path: string): void {
  const db = new DatabaseSync(path, { timeout: 10_000 });
  db.exec('BEGIN IMMEDIATE; UPDATE message SET state = 0, owner = NULL WHERE owner IS NOT NULL; DELETE FROM owner; COMMIT');
  db.close();
}

/** Keeps the file locked, as another program may. */
export function lock(path: string): { readonly unlock: () => void } {
  const db = new DatabaseSync(path, { timeout: 10_000 });
  db.exec('BEGIN IMMEDIATE');
  return { unlock: () => db.close() };
}

/** The code of the error that a promise rejects with, or "fulfilled". */
export async function codeOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
    return 'fulfilled';
  } catch (error) {
    return isWaybillError(error) ? error.code : String(error);
  }
}

export async function textsOn(queues: Queues, queue: string): Promise<readonly string[]> {
  return (await queues.browse(queue, { limit: 10_000 })).map(({ message }) => textOf(message) ?? '');
}

/** Another process that uses the same file. Killed when the test ends. */
export async function inChild(order: Order) {
  const child = fork(new URL('./child.ts', import.meta.url), { execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const ended = once(child, 'exit');
  const kill = async () => {
    child.kill('SIGKILL');
    await ended;
  };
  onTestFinished(kill);
  child.send(order);
  const news = async () => (await once(child, 'message'))[0] as string;
  return { child, kill, ended, news };
}
