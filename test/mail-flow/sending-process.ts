import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { Manifest } from '@waybill/kernel';
import { eventually } from '@waybill/testing';
import type { Leg, SendingNews, SendingOrder } from './sending-child.ts';

/** A process that sends notices. Whenever it is killed, another one goes on with what it had. */
export class SendingProcess {
  readonly #order: Omit<SendingOrder, 'published'>;
  #child: ChildProcess | undefined;
  #published = 0;
  #answers: Array<(news: SendingNews) => void> = [];
  /** What the processes called themselves that were killed. */
  readonly killed: string[] = [];

  constructor(order: Omit<SendingOrder, 'published'>) {
    this.#order = order;
  }

  async start(): Promise<void> {
    const child = fork(new URL('./sending-child.ts', import.meta.url), { execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    this.#child = child;
    const running = Promise.withResolvers<void>();
    child.on('message', (news: SendingNews) => {
      this.#published = news.published ?? this.#published;
      if (news.running) running.resolve();
      if (news.legs ?? news.open !== undefined) this.#answers.shift()?.(news);
    });
    child.once('exit', (code) => running.reject(new Error(`a process that sends mails ended with ${code}`)));
    child.send({ ...this.#order, published: this.#published });
    await running.promise;
  }

  /** Kills it as a power cut would. */
  async kill(): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    this.#answers = [];
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
    this.killed.push(`p${child.pid}.example.test`);
  }

  /** Everything that its journal has of what it sends, once nothing of it waits any more. */
  async legsInTheEnd(): Promise<readonly Leg[]> {
    const isOver = async () => this.#published === this.#order.notices.length && (await this.#ask('open')).open === 0;
    await eventually(isOver, { what: 'everything to be sent or parked', within: 120_000 });
    return (await this.#ask('legs')).legs ?? [];
  }

  #ask(question: 'legs' | 'open'): Promise<SendingNews> {
    return new Promise((resolve) => {
      this.#answers.push(resolve);
      this.#child?.send(question);
    });
  }
}

export interface PostOptions {
  /** The port of the mail server. */
  readonly port: number;
  readonly smtp?: object;
  readonly entry?: object;
}

/** A manifest that sends notices by mail. */
export function manifestOf({ port, smtp, entry }: PostOptions): Manifest {
  const relay = { host: '127.0.0.1', port, encryption: 'none', name: '${env:MAIL_FLOW_NAME}', ...smtp };
  const manifest = {
    name: 'mail-flow',
    plugins: ['@waybill/journal-sqlite', '@waybill/transport-email'],
    journal: { use: 'sqlite', path: './journal.db' },
    connections: { post: { transport: 'email', domain: 'shop.example.test', smtp: relay } },
    outbound: {
      people: {
        connection: 'post',
        from: 'shop@shop.example.test',
        retry: { attempts: 60, first: '10ms', most: '100ms' },
        ...entry,
      },
    },
    routes: [{ event: 'notice.given', message: 'Notice', to: ['people'] }],
  };
  return manifest as unknown as Manifest;
}
