import { cp, mkdir, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, inject, onTestFinished } from 'vitest';
import { Program, run } from '../house/commands.ts';

export const waybill = join('node_modules', '@waybill', 'cli', 'bin', 'waybill.js');

/** Where and how the first steps are taken. */
export interface Surroundings {
  /** The program that is started, with the arguments before those of waybill. Default: this Node. */
  readonly command?: readonly [string, ...string[]];
  readonly env?: object;
  /** Where the program is started. Default: in the folder. */
  readonly from?: string;
}

/** Puts what npm has installed into a folder that is not there yet, as somebody's project. */
export async function settleIn(folder: string): Promise<string> {
  await mkdir(dirname(folder), { recursive: true });
  // npm links its programs relatively.
  await cp(inject('ready'), folder, { recursive: true, verbatimSymlinks: true });
  return folder;
}

/** The first steps of the README in a folder: a check, a message that is handled, and an end. Nothing but the log is written. Answers the exit code. */
export async function takeFirstSteps(
  folder: string,
  { command = [process.execPath], env = {}, from = folder }: Surroundings = {},
): Promise<number | null> {
  const [program, ...before] = command;
  const manifest = from === folder ? [] : [join(folder, 'waybill.json')];
  const script = join(folder, waybill);
  expect(await run(program, [...before, script, 'check', ...manifest], { cwd: from, env })).toMatchObject({ code: 0, stderr: '' });
  const running = new Program(program, [...before, script, 'run', ...manifest], { cwd: from, env });
  onTestFinished(() => running.kill());
  await running.line('"running"');
  await mkdir(join(folder, 'exchange'), { recursive: true });
  await rename(join(folder, 'status-1.xml'), join(folder, 'exchange', 'status-1.xml'));
  expect(JSON.parse(await running.line('the order has a new status'))).toMatchObject({ order: '12007', status: 'S' });
  running.signal('SIGTERM');
  const code = await running.end();
  for (const line of running.written.trim().split('\n')) expect(() => JSON.parse(line) as unknown).not.toThrow();
  return code;
}
