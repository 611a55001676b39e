import { describe, expect, it } from 'vitest';
import { temporaryProjectFolder } from '../bad-messages/project-folder.ts';
import { runRig, type Source } from './rig.ts';
import { fileSource, httpSource, queueSource } from './sources.ts';

/** 1 in the checks; more for a long night: `WAYBILL_RIG=10` makes everything ten times as large. */
const scale = Number(process.env['WAYBILL_RIG'] ?? 1);
const byKey = { by: 'key' } as const;

describe('messages that are to stay in order, while processes are killed', () => {
  it.each<readonly [string, (folder: string) => Source, { readonly keys: number; readonly processes: number }]>([
    ['by key, worked on by whoever receives them', (folder) => queueSource(folder, byKey, 'processed'), { keys: 30, processes: 3 }],
    ['by key, stored and worked on by all processes', (folder) => queueSource(folder, byKey, 'stored'), { keys: 30, processes: 3 }],
    ['one after the other, from a queue', (folder) => queueSource(folder, 'serial', 'processed'), { keys: 1, processes: 2 }],
    ['one after the other, from files', (folder) => fileSource(folder, 'serial'), { keys: 1, processes: 2 }],
    ['one after the other, stored over HTTP by two processes', (folder) => httpSource(folder, 'serial'), { keys: 1, processes: 2 }],
  ])('%s: none is lost, doubled or out of order, and all are done', async (_, source, { keys, processes }) => {
    const folder = await temporaryProjectFolder();
    const perKey = (keys === 1 ? 120 : 10) * scale;
    const result = await runRig({
      folder,
      source: source(folder),
      keys: keys === 1 ? 1 : keys * scale,
      perKey,
      processes,
      kills: 4 * scale,
    });
    expect(result).toMatchObject({
      lost: [],
      doubled: [],
      inversions: [],
      recorded: (keys === 1 ? 1 : keys * scale) * perKey,
      unfinished: 0,
      finishedTwice: [],
    });
  });
});
