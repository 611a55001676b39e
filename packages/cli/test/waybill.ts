import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { temporaryFolder } from '@waybill/testing';
import { onTestFinished } from 'vitest';
import { type Ended, Program, type RunOptions, run } from '../../../test/house/commands.ts';
import { runProgram } from '../src/program.ts';
import { plain } from '../src/run/paint.ts';
import type { Terminal } from '../src/terminal.ts';

export const root = fileURLToPath(new URL('../../..', import.meta.url));
export const bin = join(root, 'packages', 'cli', 'bin', 'waybill.js');
export const guides = join(root, 'test', 'guides');
export const samples = join(root, 'plugins', 'pack-fulfillment', 'test', 'samples');

/** Runs the program to its end, in the root folder unless told otherwise. */
export function waybill(args: readonly string[], options: RunOptions = {}): Promise<Ended> {
  return run(process.execPath, [bin, ...args], options);
}

/** As `waybill`, but in the process of the test: for many calls, where how the program starts and ends is not what is asked. */
export async function waybillHere(args: readonly string[]): Promise<Ended> {
  const written: Written = { out: '', err: '', bytes: new Uint8Array() };
  const code = await runProgram(args, '1.0.0', terminalInto(written));
  return { code, stdout: written.out, stderr: written.err };
}

/** What the program has written. */
export interface Written {
  out: string;
  err: string;
  bytes: Uint8Array;
}

/** A terminal at which nobody sits and that shows no colours. */
export function terminalInto(written: Written): Terminal {
  return {
    out: (text) => void (written.out += `${text}\n`),
    err: (text) => void (written.err += `${text}\n`),
    bytes: (bytes) => void (written.bytes = bytes),
    errIsWatched: false,
    paint: plain,
    loud: (text) => text,
    loudResult: (text) => text,
    flushed: () => Promise.resolve(true),
  };
}

/** Starts the program and leaves it running; it is killed at the end of the test if it still does. */
export function start(args: readonly string[], cwd: string): Program {
  const program = new Program(process.execPath, [bin, ...args], { cwd });
  onTestFinished(() => program.kill());
  return program;
}

/** As `start`, with a terminal for everything that it writes: `script` gives it one, of Linux as of BSD. */
export function startAtTerminal(args: readonly string[], cwd: string, env: object = {}): Program {
  const line = [process.execPath, bin, ...args];
  const quoted = line.map((part) => `'${part}'`).join(' ');
  const given = process.platform === 'linux' ? ['-qefc', `exec ${quoted}`, '/dev/null'] : ['-q', '/dev/null', ...line];
  const program = new Program('script', given, { cwd, env: { NO_COLOR: undefined, CI: undefined, TERM: 'xterm-256color', ...env } });
  onTestFinished(() => program.kill());
  return program;
}

/** A fresh folder with these files, JSON for values that are no text. Removed at the end of the test. */
export async function folderWith(files: Readonly<Record<string, unknown>>): Promise<string> {
  const folder = await temporaryFolder();
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content, undefined, 2));
  }
  return folder;
}

/** The places of plugins of this repository, for manifests that lie elsewhere. */
export function plugins(...rooms: readonly string[]): readonly string[] {
  return rooms.map((room) => join(root, 'plugins', room));
}
