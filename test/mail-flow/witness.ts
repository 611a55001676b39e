import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { eventually } from '@waybill/testing';

/** That a mail was taken for a recipient. */
export interface Taken {
  /** Its Message-ID. */
  readonly id: string;
  readonly to: string;
  /** What the process called itself that has sent it. */
  readonly by: string;
}

export interface WitnessOrder {
  /** Where it writes down what it took. */
  readonly file: string;
  /** After so many milliseconds it says that a mail was taken. */
  readonly answersAfter?: number | undefined;
  /** Where it says nothing more, once: at the so manieth recipient, or when the so manieth mail is taken and nobody knows. */
  readonly holds?: { readonly at: 'recipient' | 'mail'; readonly count: number } | undefined;
}

export interface WitnessNews {
  readonly port?: number;
  readonly taken?: number;
  readonly held?: boolean;
}

/** A mail server in a process of its own. It refuses everybody whose name begins with `bad`, and puts off once whose name begins with `grey`. */
export class MailWitness {
  readonly port: number;
  readonly #process: ChildProcess;
  readonly #file: string;
  #mails = 0;
  #isHeld = false;

  private constructor(child: ChildProcess, port: number, file: string) {
    this.#process = child;
    this.#file = file;
    this.port = port;
    child.on('message', ({ taken = this.#mails, held = this.#isHeld }: WitnessNews) => {
      this.#mails = taken;
      this.#isHeld = held;
    });
  }

  static async start(order: WitnessOrder): Promise<MailWitness> {
    const child = fork(new URL('./witness-process.ts', import.meta.url), { execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    child.send(order);
    const [{ port = 0 }] = (await once(child, 'message')) as [WitnessNews];
    return new MailWitness(child, port, order.file);
  }

  /** Resolves when so many mails were taken, each attempt counted. */
  async hasTaken(mails: number): Promise<void> {
    await eventually(() => this.#mails >= mails, { what: `${mails} mails to be taken`, within: 120_000 });
  }

  /** Resolves when it says nothing more. */
  async holds(): Promise<void> {
    await eventually(() => this.#isHeld, { what: 'the mail server to hold', within: 60_000 });
  }

  /** What stands in its file. */
  get record(): readonly Taken[] {
    const lines = readFileSync(this.#file, 'utf8').trimEnd().split('\n');
    return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Taken);
  }

  async end(): Promise<void> {
    const ended = once(this.#process, 'exit');
    this.#process.disconnect();
    await ended;
  }
}
