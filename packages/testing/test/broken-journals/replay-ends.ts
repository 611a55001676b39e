import type { ReplayStep } from '@waybill/contract';
import { type Fault, fault } from './fault.ts';
import { asItIs } from './replays.ts';

const ended = 'replays nothing from when it is cancelled until it is resumed, and then what is left';
const over = 'is over when it is done: it can be neither cancelled nor resumed';
const kept = 'is forgotten when it ended long ago, or when nobody has worked on it for so long, and not before';
const marked = 'marks what it replays with who did it, when, in which replay, and how often';
const recorded = 'records each portion with whoever did it, and names all of its messages';
const listed = 'is listed, the newest first, a hundred or as many as are asked for, without a gap';

const ending: readonly Fault[] = [
  fault('cancels no replay', ended, ({ replays }) => ({ replays: { cancel: (id) => asItIs(replays, id) } })),
  fault('resumes no replay', ended, ({ replays }) => ({ replays: { resume: (id) => asItIs(replays, id) } })),
  fault('tells who cancelled a replay last', ended, ({ replays }) => ({
    replays: {
      async cancel(id, by) {
        const replay = await replays.cancel(id, by);
        return replay && { ...replay, cancelledBy: by };
      },
    },
  })),
  fault('cancels what is done', over, ({ replays }) => ({
    replays: {
      async cancel(id, by) {
        const replay = await replays.cancel(id, by);
        return replay && { ...replay, state: 'cancelled' };
      },
    },
  })),
  fault('knows replays that nobody has begun', over, ({ replays }) => ({
    replays: { resume: async (id) => (await replays.resume(id)) ?? (await replays.list())[0] },
  })),
  fault('forgets a replay too early', kept, ({ desk }) => ({ desk: { forget: (keep) => desk.forget(keep - 300) } })),
  fault('forgets no replay', kept, ({ replays }) => {
    const seen = new Map<number, ReplayStep>();
    return {
      replays: {
        async advance(id, by) {
          const step = (await replays.advance(id, by)) ?? seen.get(id);
          if (step) seen.set(id, step);
          return step;
        },
      },
    };
  }),
];

const telling: readonly Fault[] = [
  fault('does not count how often', marked, ({ desk }) => ({
    desk: {
      async show(key) {
        const shown = await desk.show(key);
        return shown && { ...shown, replayed: shown.replayed && { ...shown.replayed, times: 1 } };
      },
    },
  })),
  fault('marks nothing in which replay', marked, ({ desk }) => ({
    desk: {
      async show(key) {
        const shown = await desk.show(key);
        return shown && { ...shown, replayed: shown.replayed && { ...shown.replayed, replay: undefined } };
      },
    },
  })),
  fault('keeps the mark of a message that was dropped', 'forgets the mark of a message that is dropped', ({ desk }) => {
    let mark: Awaited<ReturnType<typeof desk.show>>;
    return {
      desk: {
        async drop(keys, by) {
          if (keys[0]) mark = await desk.show(keys[0]);
          return desk.drop(keys, by);
        },
        async show(key) {
          const shown = await desk.show(key);
          return shown && { ...shown, replayed: shown.replayed ?? mark?.replayed };
        },
      },
    };
  }),
  fault('records who began a replay instead of who works it off', recorded, ({ replays }) => ({
    replays: { advance: async (id) => replays.advance(id, (await asItIs(replays, id))?.by ?? { who: 'journal' }) },
  })),
  fault('does not record in which replay', recorded, ({ control }) => ({
    control: { records: async (query) => (await control.records(query)).map((record) => ({ ...record, replay: undefined })) },
  })),
  fault('lists the oldest replay first', listed, ({ replays }) => ({
    replays: { list: async (options) => (await replays.list(options)).toReversed() },
  })),
  fault('lists every replay', listed, ({ replays }) => ({ replays: { list: (options) => replays.list({ limit: 1_000, ...options }) } })),
  fault('lists no page but the first', listed, ({ replays }) => ({
    replays: { list: (options) => replays.list({ ...options, before: undefined }) },
  })),
];

export const replayEndFaults: readonly Fault[] = [...ending, ...telling];
