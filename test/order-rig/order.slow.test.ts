import { describe, expect, it } from 'vitest';
import { temporaryProjectFolder } from '../bad-messages/project-folder.ts';
import { repeatLine, seedOfRun } from './faults/plan.ts';
import { type RigOptions, type RigResult, runRig, type Source } from './rig.ts';
import { fileSource, httpSource, queueSource } from './sources.ts';

/** 1 in the checks; more for a long night: `WAYBILL_RIG=10` makes everything ten times as large. */
const scale = Number(process.env['WAYBILL_RIG'] ?? 1);
const byKey = { by: 'key' } as const;
const nothing: RigResult = { lost: [], doubled: [], reordered: [], stuck: [], wronglyParked: [] };

type Scene = readonly [string, (folder: string) => Source, { readonly keys: number; readonly processes: number }];

/** What the rig says, with how to have the same faults again, and what it has to say. */
async function saidOf(
  options: Omit<RigOptions, 'seed' | 'folder' | 'source'> & { readonly source: Scene[1] },
): Promise<readonly [said: object, wanted: object]> {
  const [folder, seed] = [await temporaryProjectFolder(), seedOfRun()];
  const { lost, doubled, reordered, stuck, wronglyParked, recorded } = await runRig({
    ...options,
    folder,
    seed,
    source: options.source(folder),
  });
  const again = repeatLine(seed, 'node_modules/.bin/vitest run --project slow test/order-rig');
  return [
    { again, lost, doubled, reordered, stuck, wronglyParked, recorded },
    { again, ...nothing, recorded: options.keys * options.perKey },
  ];
}

describe('messages that are to stay in order, while processes are killed', () => {
  it.each<Scene>([
    ['by key, worked on by whoever receives them', (folder) => queueSource(folder, byKey, 'processed'), { keys: 30, processes: 3 }],
    ['by key, stored and worked on by all processes', (folder) => queueSource(folder, byKey, 'stored'), { keys: 30, processes: 3 }],
    ['one after the other, from a queue', (folder) => queueSource(folder, 'serial', 'processed'), { keys: 1, processes: 2 }],
    ['one after the other, from files', (folder) => fileSource(folder, 'serial'), { keys: 1, processes: 2 }],
    ['one after the other, stored over HTTP by two processes', (folder) => httpSource(folder, 'serial'), { keys: 1, processes: 2 }],
  ])('%s: none is lost, doubled or out of order, and all are done', async (_, source, { keys, processes }) => {
    const perKey = (keys === 1 ? 120 : 10) * scale;
    const faults = { kill: 2 * scale, point: 2 * scale };
    const [said, wanted] = await saidOf({ source, keys: keys === 1 ? 1 : keys * scale, perKey, processes, faults });
    expect(said).toEqual(wanted);
  });
});

describe('messages with a destination, while everything goes wrong that can', () => {
  it.each<Scene>([
    ['from a queue', (folder) => queueSource(folder, byKey, 'processed'), { keys: 20, processes: 2 }],
    ['stored over HTTP', (folder) => httpSource(folder, byKey), { keys: 20, processes: 2 }],
  ])('%s: none is lost, doubled or out of order, and each is told of', async (_, source, { keys, processes }) => {
    const faults = { kill: 1, point: 3, suspend: 1, cut: 2, lock: 1, full: 1, slow: 1, hung: 1, dead: 1, clock: 2 };
    const [said, wanted] = await saidOf({ source, keys: keys * scale, perKey: 10, processes, faults, destination: true, takes: 5 });
    expect(said).toEqual(wanted);
  });
});
