import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

export interface ChildOptions {
  readonly uid?: number;
  readonly gid?: number;
  /** What the shell does first. */
  readonly before?: string;
}

/** A process of its own that runs a file of `children/` and says something line by line. Killed when the test ends. */
export class Child {
  readonly process: ChildProcess;
  readonly lines: string[] = [];
  readonly #ended: Promise<unknown>;
  #waiting: { readonly count: number; readonly resolve: () => void } | undefined;

  constructor(file: string, args: readonly string[], options: ChildOptions = {}) {
    const { before, ...user } = options;
    const command = [process.execPath, fileURLToPath(new URL(`./children/${file}`, import.meta.url)), ...args];
    const [program = '', ...rest] = before === undefined ? command : ['sh', '-c', `${before}; exec "$@"`, 'sh', ...command];
    this.process = spawn(program, rest, { ...user, stdio: ['pipe', 'pipe', 'inherit'] });
    this.#ended = once(this.process, 'close');
    if (this.process.stdout) createInterface(this.process.stdout).on('line', (line) => this.#said(line));
    onTestFinished(async () => void (await this.kill()));
  }

  /** Resolves when it has said so many lines, or has ended. */
  async says(count: number): Promise<readonly string[]> {
    const enough = new Promise<void>((resolve) => {
      this.#waiting = { count, resolve };
    });
    if (this.lines.length < count) await Promise.race([enough, this.#ended]);
    return this.lines;
  }

  /** Lets it go on: it waits for a line. */
  tell(line: string): void {
    this.process.stdin?.write(`${line}\n`);
  }

  /** Resolves with all it said. */
  async ends(): Promise<readonly string[]> {
    await this.#ended;
    return this.lines;
  }

  async kill(): Promise<readonly string[]> {
    this.process.kill('SIGKILL');
    return await this.ends();
  }

  #said(line: string): void {
    this.lines.push(line);
    if (this.#waiting && this.lines.length >= this.#waiting.count) this.#waiting.resolve();
  }
}
