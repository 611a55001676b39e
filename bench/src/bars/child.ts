import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const module = fileURLToPath(new URL('./kernel-child.ts', import.meta.url));

export interface Running {
  readonly process: ChildProcess;
  /** Of the connection that listens, where there is one. */
  readonly port: number;
}

interface StartOptions {
  /** The program that runs it, with its arguments. */
  readonly before?: readonly string[];
  /** The thing that ends the process. */
  readonly deadly?: number;
  /** How long handling a thing takes, in milliseconds. */
  readonly takes?: number;
}

/** Starts a kernel in a process of its own, in a folder that keeps its manifest. Undefined when it ended before it ran. */
export async function startKernel(
  folder: string,
  manifest: object,
  { before = [], deadly = -1, takes = 0 }: StartOptions = {},
): Promise<Running | undefined> {
  await writeFile(join(folder, 'manifest.json'), JSON.stringify({ plugins: [], ...manifest }));
  const [command = process.execPath, ...args] = [...before, process.execPath, module, folder, String(deadly), String(takes)];
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface(child.stdout);
  const first = await Promise.race([once(lines, 'line'), once(child, 'exit')]);
  const [line] = first as [unknown];
  if (typeof line !== 'string') return undefined;
  return { process: child, port: Number(line.slice('running '.length)) };
}

/** Lets it stop by itself. */
export async function stopKernel({ process: child }: Running): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.stdin?.end();
  await ended;
}
