import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../dist/main.js', import.meta.url));

export interface Played {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
  readonly err: string;
}

/**
 * Plays the flow in processes of its own. `meanwhile` is called when the first line of the trace is there, and gets the means
 * to end them; without it the flow ends by itself. `env`: what the environment has beside that of the test.
 */
export function playFlow(
  args: readonly string[],
  meanwhile?: (kill: { store(): void; everybody(): void }) => void,
  env: Readonly<Record<string, string>> = {},
): Promise<Played> {
  const child = spawn(process.execPath, [main, ...args], {
    env: { ...process.env, ...env },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const { pid = 0 } = child;
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk) => (out += String(chunk)));
  child.stderr.on('data', (chunk) => (err += String(chunk)));
  child.stdout.once('data', () => meanwhile?.({ store: () => end(pid), everybody: () => end(-pid) }));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve({ code, signal, out, err }));
  });
}

/** A flow that goes on until it is ended. */
export interface Playing {
  /** What it has written so far. */
  readonly out: () => string;
  readonly end: () => void;
  readonly over: Promise<Played>;
}

export function startFlow(args: readonly string[]): Playing {
  const child = spawn(process.execPath, [main, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let [out, err] = ['', ''];
  child.stdout.on('data', (chunk) => (out += String(chunk)));
  child.stderr.on('data', (chunk) => (err += String(chunk)));
  const over = new Promise<Played>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve({ code, signal, out, err }));
  });
  return { out: () => out, end: () => child.kill('SIGTERM'), over };
}

/** Kills without a chance to settle anything. A process that has ended by itself meanwhile is no fault. */
function end(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
