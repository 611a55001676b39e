import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventually, settled } from '@waybill/testing';
import { root } from '../../scripts/generate/workspace.ts';

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  /** Default: the root folder. */
  readonly cwd?: string;
  readonly env?: object;
  /** What it reads from standard input. Default: nothing. */
  readonly input?: string;
}

/** Runs a program to its end, without a terminal. */
export function run(command: string, args: readonly string[], options: RunOptions = {}): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined, NODE_PATH: undefined, ...options.env };
    const child = spawn(command, args, { cwd: options.cwd ?? root, env, stdio: 'pipe' });
    // A program that ends early does not read what is left for it.
    child.stdin.on('error', () => undefined).end(options.input);
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}

/** As `run`; throws everything that was written when the program fails. */
export async function runWell(command: string, args: readonly string[], options: { readonly cwd?: string } = {}): Promise<string> {
  const { code, stdout, stderr } = await run(command, args, options);
  if (code === 0) return stdout;
  throw new Error(`${command} ${args.join(' ')} ended with ${code}:\n${stdout}\n${stderr}`);
}

/** The script behind a program of a root devDependency, to be run with this Node. */
export function program(packageName: string, name = packageName): string {
  const folder = join(root, 'node_modules', packageName);
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { bin: string | Record<string, string> };
  return join(folder, typeof bin === 'string' ? bin : (bin[name] ?? ''));
}

/** A program that goes on until it is told to stop. */
export class Program {
  readonly #child: ChildProcess;
  readonly #ended: Promise<number | null>;
  #isOver = false;
  #written = '';

  constructor(command: string, args: readonly string[], options: { readonly cwd: string; readonly env?: object }) {
    const env = { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined, NODE_PATH: undefined, ...options.env };
    this.#child = spawn(command, args, { cwd: options.cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => (this.#written += text));
    }
    this.#ended = new Promise((resolve, reject) => {
      this.#child.on('error', reject).on('close', (code) => {
        this.#isOver = true;
        resolve(code);
      });
    });
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** Everything it has written so far, to both streams. */
  get written(): string {
    return this.#written;
  }

  /** Waits until it has written a line that holds `text`, and answers that line. */
  async line(text: string): Promise<string> {
    const find = () =>
      this.#written
        .split('\n')
        .slice(0, -1)
        .find((line) => line.includes(text));
    const over = () => this.#isOver && 'it has ended';
    const found = await eventually(() => find() ?? over(), { what: 'a line', within: 30_000 }).catch(String);
    if (found.includes(text)) return found;
    throw new Error(`There was no line with "${text}" (${found}), only:\n${this.#written}`);
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** Its exit code, once it has ended. */
  end(): Promise<number | null> {
    return settled(this.#ended, { what: 'the program to end', within: 30_000 });
  }

  /** Ends it the hard way, if it still runs. */
  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#ended;
  }
}
