import type { ControlRecord } from '@waybill/contract';
import type { MemoryJournal } from '../../src/memory/journal/journal.ts';
import { type Change, type Fault, fault } from './fault.ts';

const onRecords =
  (change: (records: readonly ControlRecord[]) => readonly ControlRecord[]) =>
  ({ control }: MemoryJournal): Change => ({ control: { records: async (query) => change(await control.records(query)) } });

const recorded = 'tells who did what to which messages, why and when';
const revealed = 'tells who has seen what is secret or personal in a message, and shows it';
const effective = 'holds only what had an effect';
const byEntry = 'has a line for each entry, which names at most a hundred messages and counts all';
const read = 'is read newest first, a hundred at a time or as many as are asked for, without a gap';
const nothing = [{ direction: 'in', entry: 'orders', ids: [], rows: 0, did: 'replay', by: { who: 'anna' }, at: 0, seq: 1 }] as const;

export const recordFaults: readonly Fault[] = [
  fault(
    'records nothing',
    recorded,
    onRecords(() => []),
  ),
  fault('records nobody who has seen a message', revealed, ({ desk }) => ({ desk: { reveal: (key) => desk.show(key) } })),
  fault('shows nothing to whoever is recorded', revealed, ({ desk }) => ({
    desk: {
      async reveal(key, by) {
        await desk.reveal(key, by);
        return undefined;
      },
    },
  })),
  fault(
    'does not record what became of it',
    recorded,
    onRecords((records) => records.map(({ to: _to, ...record }) => record)),
  ),
  fault(
    'records somebody else',
    recorded,
    onRecords((records) => records.map((record) => ({ ...record, by: { who: 'journal' } }))),
  ),
  fault(
    'records another time',
    recorded,
    onRecords((records) => records.map((record) => ({ ...record, at: 0 }))),
  ),
  fault(
    'records what had no effect',
    effective,
    onRecords((records) => (records.length === 0 ? nothing : records)),
  ),
  fault('records what was asked for', effective, ({ desk, control }) => {
    let asked: readonly string[] = [];
    return {
      desk: {
        replay(keys, by) {
          asked = keys.map(({ id }) => id);
          return desk.replay(keys, by);
        },
      },
      control: { records: async (query) => (await control.records(query)).map((record) => ({ ...record, ids: asked })) },
    };
  }),
  fault('names every message', byEntry, ({ desk, control }) => {
    const ids: string[] = [];
    return {
      desk: {
        async replay(keys, by) {
          const done = await desk.replay(keys, by);
          ids.push(...done.map(({ id }) => id));
          return done;
        },
      },
      control: { records: async (query) => (await control.records(query)).map((record) => ({ ...record, ids })) },
    };
  }),
  fault(
    'counts those that it names',
    byEntry,
    onRecords((records) => records.map((record) => ({ ...record, rows: record.ids.length }))),
  ),
  fault(
    'reads the oldest record first',
    read,
    onRecords((records) => records.toReversed()),
  ),
  fault('reads every record', read, ({ control }) => ({ control: { records: (query) => control.records({ limit: 1_000, ...query }) } })),
  fault('knows no later records', read, ({ control }) => ({
    control: { records: (query) => control.records({ ...query, before: undefined }) },
  })),
  fault('forgets pauses with their record', 'is forgotten with what was done, and no sooner', ({ control }) => ({
    control: {
      async paused() {
        const known = new Set((await control.records()).map(({ entry }) => entry));
        return (await control.paused()).filter(({ entry }) => known.has(entry));
      },
    },
  })),
  fault('keeps its record to itself', 'is the same for all who have the journal open, and goes on when it is opened again', (sound) => ({
    desk: { drop: (keys, by) => sound.desk.drop(keys, { ...by, why: undefined }) },
  })),
];
