import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { everyKind, repeatLine, seedOfRun } from '../../../test/order-rig/faults/plan.ts';
import { type RigOptions, type RigRun, runRig, type Source } from '../../../test/order-rig/rig.ts';
import { fileSource, httpSource, queueSource } from '../../../test/order-rig/sources.ts';
import { median } from '../median.ts';
import { atMost, type Bar, none, notRun } from './bar.ts';

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
export async function kill(
  { messages, kills }: { readonly messages: number; readonly kills: number },
  scene?: string,
): Promise<readonly Bar[]> {
  const bars: Bar[] = [];
  const readyAfter: number[] = [];
  for (const { what, source, keys, processes, share } of scenes.filter(isChosen(scene))) {
    const all = Math.round(messages * share);
    const perKey = Math.max(1, Math.round(all / keys));
    const each = Math.round(kills / scenes.length);
    // Half of them at any moment, half at a point where much depends on what is recorded.
    const faults = { kill: Math.ceil(each / 2), point: Math.floor(each / 2) };
    const run = await seeded('kill', { source, keys, perKey, processes, faults });
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
export async function zombie(rounds: number, scene?: string): Promise<readonly Bar[]> {
  const bars: Bar[] = [];
  for (const { what, source, keys } of zombies.filter(isChosen(scene))) {
    const suspensions = Math.round(rounds / zombies.length);
    const messages = Math.max(100, (suspensions * 8_000) / pace);
    const perKey = Math.round(messages / keys);
    const run = await seeded('zombie', { source, keys, perKey, processes: 3, parks: false, faults: { suspend: suspensions } });
    bars.push(...harmless(`zombie, ${what}, ${suspensions} rounds, 3 processes`, run));
    const held = `zombie, ${what}: stood still in the middle of a step, and kept a file locked`;
    bars.push({ what: held, figure: String(run.heldFiles), limit: 'as it comes', kept: true });
    bars.push(atMost(`zombie, ${what}: longest time without an effect, but for those`, run.longestPause / 1_000, 5, ' s'));
  }
  return bars;
}

const withDestination: readonly Omit<Scene, 'share'>[] = [
  { what: 'queue, by key', source: (folder) => queueSource(folder, byKey, 'processed', pace), keys: 30, processes: 3 },
  { what: 'HTTP, by key, stored', source: (folder) => httpSource(folder, byKey), keys: 30, processes: 2 },
  { what: 'files, serial', source: (folder) => fileSource(folder, 'serial', pace), keys: 1, processes: 2 },
];

/** Every kind of fault there is, `rounds` of each, while handlers take time and tell a destination of what they did. */
export async function everything(rounds: number, scene?: string): Promise<readonly Bar[]> {
  const bars: Bar[] = [];
  for (const { what, source, keys, processes } of withDestination.filter(isChosen(scene))) {
    const faults = Object.fromEntries(everyKind.map((kind) => [kind, rounds]));
    const perKey = Math.round((rounds * 450) / keys);
    const run = await seeded('everything', { source, keys, perKey, processes, faults, destination: true, takes: 5 });
    const named = `everything, ${what}, ${rounds} of each kind of fault, ${run.recorded} messages`;
    bars.push(
      ...harmless(named, run),
      ...run.leftOut.map((kind) => notRun(`${named}: ${kind}`, 'needs Linux, and root to mount a small disk')),
    );
  }
  return bars;
}

/** All scenes, or those whose name begins so. */
export function isChosen(scene: string | undefined): (each: { readonly what: string }) => boolean {
  return ({ what }) => scene === undefined || what.startsWith(scene);
}

/** Runs it with the seed of this run. Where something was wrong it says what, and how to have the same faults again. */
export async function seeded(
  bar: string,
  {
    source,
    ...options
  }: Omit<RigOptions, 'folder' | 'source' | 'seed'> & { readonly source: (folder: string) => Source | Promise<Source> },
): Promise<RigRun> {
  const seed = seedOfRun();
  const run = await inFolder(async (folder) => runRig({ ...options, folder, source: await source(folder), seed }));
  const wrong = findingsOf(run).flatMap(([what, found]) => found.slice(0, 10).map((one) => `${what}: ${one}\n`));
  if (wrong.length > 0) process.stderr.write(`${wrong.join('')}${repeatLine(seed, `npm run bars -- --only ${bar}`)}\n`);
  return run;
}

function findingsOf({ lost, doubled, reordered, stuck, wronglyParked }: RigRun): readonly (readonly [string, readonly string[]])[] {
  return Object.entries({ lost, doubled, reordered, stuck, 'wrongly parked': wronglyParked });
}

export function harmless(what: string, run: RigRun): readonly Bar[] {
  return findingsOf(run).map(([how, found]) => none(`${what}: ${how}`, found.length));
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
