import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RigRun, runRig, type Source } from '../../../test/order-rig/rig.ts';
import { fileSource, httpSource, queueSource } from '../../../test/order-rig/sources.ts';
import { median } from '../median.ts';
import { atMost, type Bar, none } from './bar.ts';

interface Scene {
  readonly what: string;
  readonly source: (folder: string) => Source;
  readonly keys: number;
  readonly processes: number;
  /** The part of all messages that it has. */
  readonly share: number;
}

const byKey = { by: 'key' } as const;

const scenes: readonly Scene[] = [
  { what: 'queue, by key', source: (folder) => queueSource(folder, byKey, 'processed'), keys: 300, processes: 3, share: 0.4 },
  { what: 'queue, by key, stored', source: (folder) => queueSource(folder, byKey, 'stored'), keys: 300, processes: 3, share: 0.2 },
  { what: 'queue, serial', source: (folder) => queueSource(folder, 'serial', 'processed'), keys: 1, processes: 1, share: 0.1 },
  { what: 'files, serial', source: (folder) => fileSource(folder, 'serial'), keys: 1, processes: 3, share: 0.15 },
  { what: 'HTTP, serial, stored', source: (folder) => httpSource(folder, 'serial'), keys: 1, processes: 2, share: 0.15 },
];

/** Processes that are killed at any moment and started again. */
export async function kill({ messages, kills }: { readonly messages: number; readonly kills: number }): Promise<readonly Bar[]> {
  const bars: Bar[] = [];
  const readyAfter: number[] = [];
  for (const { what, source, keys, processes, share } of scenes) {
    const all = Math.round(messages * share);
    const run = await inFolder((folder) =>
      runRig({
        folder,
        source: source(folder),
        keys,
        perKey: Math.max(1, Math.round(all / keys)),
        processes,
        kills: Math.round(kills / scenes.length),
      }),
    );
    readyAfter.push(...run.readyAfter);
    bars.push(...harmless(`kill, ${what}, ${run.recorded} messages, ${processes} processes`, run));
  }
  return [
    ...bars,
    atMost('kill: ready again, median', median(readyAfter) / 1_000, 0.5, ' s'),
    atMost('kill: ready again, at most', Math.max(...readyAfter) / 1_000, 1, ' s'),
  ];
}

/** Milliseconds between messages while processes are suspended, eight seconds a round on average. */
const pace = 20;

const zombies: readonly Omit<Scene, 'processes' | 'share'>[] = [
  { what: 'queue, serial', source: (folder) => queueSource(folder, 'serial', 'processed', pace), keys: 1 },
  { what: 'queue, by key', source: (folder) => queueSource(folder, byKey, 'processed', pace), keys: 20 },
  { what: 'queue, by key, stored', source: (folder) => queueSource(folder, byKey, 'stored', pace), keys: 20 },
  { what: 'files, serial', source: (folder) => fileSource(folder, 'serial', pace), keys: 1 },
];

/** Processes that stand still for longer than their leases last, and go on as if nothing had happened. */
export async function zombie(rounds: number): Promise<readonly Bar[]> {
  const bars: Bar[] = [];
  for (const { what, source, keys } of zombies) {
    const suspensions = Math.round(rounds / zombies.length);
    const messages = Math.max(100, (suspensions * 8_000) / pace);
    const run = await inFolder((folder) =>
      runRig({ folder, source: source(folder), keys, perKey: Math.round(messages / keys), processes: 3, kills: 0, suspensions }),
    );
    bars.push(...harmless(`zombie, ${what}, ${suspensions} rounds, 3 processes`, run));
    bars.push(atMost(`zombie, ${what}: longest time without an effect`, run.longestPause / 1_000, 5, ' s'));
  }
  return bars;
}

function harmless(what: string, { lost, doubled, inversions, unfinished, finishedTwice }: RigRun): readonly Bar[] {
  return [
    none(`${what}: lost`, lost.length),
    none(`${what}: doubled`, doubled.length + finishedTwice.length),
    none(`${what}: inversions`, inversions.length),
    none(`${what}: unfinished`, unfinished),
  ];
}

/** In a folder of its own, from which the plugins of this repository are found. */
async function inFolder<Result>(use: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'waybill-bars-'));
  await symlink(join(import.meta.dirname, '../../../node_modules'), join(folder, 'node_modules'));
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
