import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { root } from '../../scripts/generate/workspace.ts';

const bin = join(root, 'packages', 'cli', 'bin', 'waybill.js');

/** `waybill messages replay …` in a process of its own, on the manifest of a folder. */
export class ReplayProgram {
  readonly #child: ChildProcess;
  readonly #ended: Promise<unknown>;
  #written = '';

  constructor(folder: string, args: readonly string[]) {
    const all = [bin, 'messages', 'replay', ...args, '--yes', '--by', 'rig', '--manifest', join(folder, 'manifest.json')];
    this.#child = spawn(process.execPath, all, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [this.#child.stdout, this.#child.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => (this.#written += text));
    this.#ended = once(this.#child, 'close');
  }

  get isRunning(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** Resolves at its end. Throws what it has written where its exit code is another one; null stands for being killed. */
  async endsWith(...codes: readonly (number | null)[]): Promise<void> {
    await this.#ended;
    const { exitCode } = this.#child;
    if (!codes.includes(exitCode)) throw new Error(`waybill messages replay ended with ${exitCode}: ${this.#written}`);
  }

  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#ended;
  }
}
