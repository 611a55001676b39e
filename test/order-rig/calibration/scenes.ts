import type { Fault } from '../faults/plan.ts';
import type { RigOptions, Source } from '../rig.ts';
import { httpSource, queueSource } from '../sources.ts';

/** A run of a few seconds; a bug that is planted in it has to show. */
export interface Scene extends Omit<RigOptions, 'folder' | 'source' | 'seed'> {
  readonly source: (folder: string) => Source;
  /** Messages of one object may be worked on in any order. Default false. */
  readonly isParallel?: boolean;
}

export type SceneName = 'queue' | 'killed' | 'sent twice' | 'parallel' | 'dead destination' | 'stored' | 'stored, killed' | 'stood still';

const byKey = { by: 'key' } as const;

/** Handlers refuse until everything else has come to rest: what comes behind a parked message has the time to overtake it. */
const wait: readonly Fault[] = [
  { kind: 'rest', after: 500, ms: 1_500 },
  { kind: 'cut', after: 0 },
];
const kills: readonly Fault[] = [700, 700, 700, 700].map((after) => ({ kind: 'kill', after, victim: 0 }));

/** Messages come one after the other, slowly enough that some are under way whenever a process is killed. */
const pace = 25;

const small = { keys: 6, perKey: 10, processes: 1, takes: 10, destination: true, patience: 4_000 } as const;

export const scenes: Readonly<Record<SceneName, Scene>> = {
  queue: { ...small, source: (folder) => queueSource(folder, byKey, 'processed'), faults: wait },
  killed: { ...small, takes: 100, source: (folder) => queueSource(folder, byKey, 'processed', pace), faults: kills },
  'sent twice': { ...small, source: (folder) => twice(queueSource(folder, byKey, 'processed')), faults: wait },
  parallel: { ...small, source: (folder) => queueSource(folder, 'parallel', 'processed'), faults: wait, isParallel: true },
  'dead destination': {
    ...small,
    source: (folder) => queueSource(folder, byKey, 'processed', pace),
    faults: [{ kind: 'dead', after: 500, ms: 1_000 }],
  },
  stored: { ...small, source: (folder) => queueSource(folder, byKey, 'stored'), faults: wait },
  'stored, killed': { ...small, source: (folder) => httpSource(folder, byKey), processes: 2, faults: kills },
  'stood still': {
    ...small,
    keys: 2,
    perKey: 1,
    processes: 2,
    takes: 7_000,
    patience: 12_000,
    source: (folder) => httpSource(folder, byKey),
    faults: [{ kind: 'suspend', after: 1_500, victim: 0, ms: 9_000 }],
  },
};

function twice(source: Source): Source {
  return {
    manifest: source.manifest,
    async feed(all, portOf) {
      await source.feed(all, portOf);
      await source.feed(all, portOf);
    },
  };
}
