import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { MailOrder } from './mail-child.ts';

/** Several processes that work on the mails of one mailbox. */
export class MailProcesses {
  readonly #children: ChildProcess[] = [];

  static async start(order: MailOrder, count: number): Promise<MailProcesses> {
    const processes = new MailProcesses();
    for (let index = 0; index < count; index++) await processes.#run(order);
    return processes;
  }

  async kill(pid: number): Promise<void> {
    const child = this.#children.find((each) => each.pid === pid);
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }

  async end(): Promise<void> {
    await Promise.all(this.#children.map((child) => this.kill(child.pid ?? 0)));
  }

  async #run(order: MailOrder): Promise<void> {
    const child = fork(new URL('./mail-child.ts', import.meta.url), { execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    this.#children.push(child);
    const news = Promise.race([once(child, 'message'), once(child, 'exit')]);
    child.send(order);
    await news;
  }
}
