import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';
import { clockFile, type Herd } from '../herd.ts';
import type { Broker } from '../rig.ts';
import { journalFile, queueFile } from '../sources.ts';
import type { Witness } from '../witness.ts';
import type { Fault } from './plan.ts';
import type { Proxy } from './proxy.ts';

/** How long a process has to come to the point where it ends itself, in milliseconds. */
const patience = 2_000;

export interface Stage {
  readonly folder: string;
  readonly herd: Herd;
  readonly witness: Witness;
  /** The way to the destination. */
  readonly far: Proxy;
  /** The ways to the processes, where their messages come over a network. */
  readonly near: readonly Proxy[];
  readonly broker: Broker | undefined;
}

/** Makes a fault happen. Resolves when it is over, and whoever was killed runs again. */
export async function happen(fault: Fault, { folder, herd, witness, far, near, broker }: Stage): Promise<void> {
  switch (fault.kind) {
    case 'kill':
      return herd.kill(fault.victim);
    case 'point':
      return herd.endAt(fault.victim, fault, patience);
    case 'suspend':
      await herd.suspend(fault.victim, fault.ms, () => [journalFile, queueFile].some((file) => isHeld(join(folder, file))));
      // Else the one that has just taken over could be the next to stand still, and two pauses would look like one.
      return pause(2_000);
    case 'cut':
      for (const proxy of [far, ...near]) proxy.cut();
      return undefined;
    case 'lock':
      return locked(folder, fault.ms);
    case 'full':
      return full(folder, fault.ms);
    case 'slow':
    case 'hung':
    case 'dead':
      await far.fail(fault.kind);
      await pause(fault.ms);
      return far.recover();
    case 'rest':
      return rested(witness, fault.ms);
    case 'sever':
      return cutOff(witness, () => broker?.cut());
    case 'crash':
      return cutOff(witness, () => broker?.crash(fault.ms));
    case 'part':
      return cutOff(witness, () => herd.killPart(fault.victim));
    case 'clock':
      return writeFile(join(folder, clockFile), String(fault.ms));
  }
}

/** The witness hears of it before and afterwards: messages are begun meanwhile. */
async function cutOff(witness: Witness, cut: () => Promise<void> | undefined): Promise<void> {
  await witness.note('cut-off', 0);
  await cut();
  await witness.note('cut-off', 0);
}

async function rested(witness: Witness, ms: number): Promise<void> {
  let last = -1;
  for (let quiet = 0; quiet < ms; quiet += 100) {
    const { effects, arrived } = await witness.counts();
    if (effects + arrived !== last) quiet = 0;
    last = effects + arrived;
    await pause(100);
  }
}

/** The rig is a process beside those that work with the journal. */
async function locked(folder: string, ms: number): Promise<void> {
  const other = new DatabaseSync(join(folder, journalFile), { timeout: 10_000 });
  other.exec('PRAGMA busy_timeout = 5000; BEGIN IMMEDIATE');
  await pause(ms);
  other.close();
}

/** Whether somebody keeps a file locked for longer than a step takes. */
function isHeld(path: string): boolean {
  if (!existsSync(path)) return false;
  const database = new DatabaseSync(path, { timeout: 10_000 });
  try {
    database.exec('PRAGMA busy_timeout = 300; BEGIN IMMEDIATE; ROLLBACK');
    return false;
  } catch {
    return true;
  } finally {
    database.close();
  }
}

async function full(folder: string, ms: number): Promise<void> {
  const filler = join(folder, dirname(journalFile), 'filler');
  for (let size = 2 ** 22; size > 0; size = Math.floor(size / 2)) while (await grows(filler, size));
  await pause(ms);
  await rm(filler);
}

function grows(file: string, size: number): Promise<boolean> {
  return writeFile(file, Buffer.alloc(size), { flag: 'a' }).then(
    () => true,
    () => false,
  );
}

/** Whether a disk of its own can be made for a folder: on Linux, by root. */
export const hasSmallDisks = process.platform === 'linux' && process.getuid?.() === 0;

/** A folder on a disk so small that it can be filled. Answers how it is taken away. */
export function onSmallDisk(folder: string): () => void {
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64m', 'tmpfs', folder]);
  return () => void execFileSync('umount', ['-l', folder]);
}
