import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { temporaryFolder } from '@waybill/testing';
import { onTestFinished } from 'vitest';
import { linkTo, type TicketLink } from './tickets/tickets.ts';

/** The path of a file that does not exist yet. */
export async function newPath(): Promise<string> {
  return join(await temporaryFolder(), 'tickets.db');
}

/** A link that is closed when the test ends. */
export async function openTickets(...args: Parameters<typeof linkTo>): Promise<TicketLink> {
  const link = linkTo(...args);
  onTestFinished(() => link.close());
  await link.open();
  return link;
}

/** Another process, which keeps the file locked from now on. Resolves when it has got the lock. */
export async function locker(path: string): Promise<{ readonly unlock: () => Promise<void> }> {
  const child = fork(new URL('./tickets/lock.ts', import.meta.url), [path], { execArgv: [] });
  const ended = once(child, 'exit');
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child, 'message');
  const unlock = async (): Promise<void> => {
    child.send('unlock');
    await ended;
  };
  return { unlock };
}

export interface Claimant {
  readonly process: ChildProcess;
  /** The next thing that it says. */
  says(): Promise<string>;
  kill(): Promise<void>;
}

/** Another process, which has claimed a ticket and said which one when this resolves. */
export async function claimant(path: string, lease?: number): Promise<Claimant & { readonly claimed: string }> {
  const args = lease === undefined ? [path] : [path, String(lease)];
  const child = fork(new URL('./tickets/claim-and-tear.ts', import.meta.url), args, { execArgv: [] });
  const ended = once(child, 'exit');
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL');
    await ended;
  };
  onTestFinished(kill);
  const says = async (): Promise<string> => String((await once(child, 'message'))[0]);
  return { process: child, says, kill, claimed: await says() };
}
