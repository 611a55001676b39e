import type { JournalQuery } from '@waybill/contract';
import { type Fault, fault } from './fault.ts';

const filters = [
  'direction',
  'state',
  'entry',
  'id',
  'trace',
  'cause',
  'businessKey',
  'type',
  'store',
  'code',
] as const satisfies (keyof JournalQuery)[];

const times = 'holds to the time of recording, also of what was moved since';
const original = 'keeps the body that came, through further edits, its replay and its end';
const replayed = 'is due at once with all its attempts before it, and keeps the history of its failures';
const manyReplayed = 'is one of many that are replayed together; those that are not parked are not among the answers';
const pages = 'is read page by page without a gap or a repetition, to its end';

export const deskFaults: readonly Fault[] = [
  ...filters.map((filter) =>
    fault(`lists every ${filter}`, 'holds to each of its filters and to all of them together', ({ desk }) => ({
      desk: { list: (query) => desk.list({ ...query, [filter]: undefined }) },
    })),
  ),
  ...(['since', 'until'] as const).map((limit) =>
    fault(`lists what lies beyond ${limit}`, times, ({ desk }) => ({
      desk: { list: (query) => desk.list({ ...query, [limit]: undefined }) },
    })),
  ),
  fault('takes the place of a row for its time', times, ({ desk }) => ({
    desk: {
      async list({ since, ...query }) {
        const page = await desk.list(query);
        const older = page.rows.findIndex(({ recordedAt }) => since !== undefined && recordedAt < since);
        return older < 0 ? page : { ...page, rows: page.rows.slice(0, older), next: undefined };
      },
    },
  })),
  fault('forgets the body that came', original, ({ desk }) => ({
    desk: {
      async show(key) {
        const shown = await desk.show(key);
        return shown && { ...shown, original: undefined };
      },
    },
  })),
  fault('keeps the body of the last edit instead of the first', original, ({ desk }) => {
    let before: Uint8Array | undefined;
    return {
      desk: {
        async edit(key, body, by) {
          before = (await desk.show(key))?.message?.body;
          return desk.edit(key, body, by);
        },
        async show(key) {
          const shown = await desk.show(key);
          return shown && { ...shown, original: shown.original && before };
        },
      },
    };
  }),
  fault('keeps the first body of a message that was dropped', 'loses its first body with the row', ({ desk }) => {
    let first: Uint8Array | undefined;
    return {
      desk: {
        async show(key) {
          const shown = await desk.show(key);
          first = shown?.original ?? first;
          return shown && { ...shown, original: first };
        },
        async edit(key, body, by) {
          first = (await desk.show(key))?.message?.body;
          return desk.edit(key, body, by);
        },
      },
    };
  }),
  fault('lists the oldest first', 'shows the newest first, with all that is known of a row', ({ desk }) => ({
    desk: {
      async list(query) {
        const page = await desk.list(query);
        return { ...page, rows: page.rows.toReversed() };
      },
    },
  })),
  fault('knows no pages', pages, ({ desk }) => ({ desk: { list: (query) => desk.list({ ...query, before: undefined }) } })),
  fault('ends after one page', pages, ({ desk }) => ({
    desk: { list: async (query) => ({ ...(await desk.list(query)), next: undefined }) },
  })),
  fault('lists everything', 'holds a hundred rows where nothing else is asked for', ({ desk }) => ({
    desk: { list: (query) => desk.list({ limit: 1000, ...query }) },
  })),
  fault('shows bodies in listings', 'holds no bodies, and a row is shown with everything', ({ desk }) => ({
    desk: {
      async list(query) {
        const page = await desk.list(query);
        const shown = await Promise.all(page.rows.map(async (row) => (await desk.show(row)) ?? row));
        return { ...page, rows: shown };
      },
    },
  })),
  fault('replays with the old attempts', replayed, ({ desk, inbox }) => ({
    inbox: {
      async claim(request) {
        const { jobs, dueIn } = await inbox.claim(request);
        const before = await Promise.all(jobs.map((job) => desk.show({ direction: 'in', ...job })));
        return { jobs: jobs.map((job, index) => ({ ...job, attempts: before[index]?.failures.length ?? 0 })), dueIn };
      },
    },
  })),
  fault('says that it replayed everything', manyReplayed, ({ desk }) => ({
    desk: {
      async replay(keys, by) {
        await desk.replay(keys, by);
        return keys;
      },
    },
  })),
  fault('replays the first only', manyReplayed, ({ desk }) => ({ desk: { replay: (keys, by) => desk.replay(keys.slice(0, 1), by) } })),
  fault('edits nothing', 'has the new body from then on, and everything else as it was', ({ desk }) => ({
    desk: { edit: async (key) => (await desk.show(key))?.state === 'parked' },
  })),
  fault('says that it edited anything', 'can be a leg, and nothing else than what is parked', ({ desk }) => ({
    desk: {
      async edit(key, body, by) {
        await desk.edit(key, body, by);
        return true;
      },
    },
  })),
  fault('moves nothing', 'is handed out at its new entry, in its state, as the newest there', () => ({
    desk: { move: async (keys) => keys },
  })),
  fault(
    'says that it moved everything',
    'stays where it is when it is done, in somebody’s hands, kept by its transport, or known there',
    ({ desk }) => ({
      desk: {
        async move(keys, entry, by) {
          await desk.move(keys, entry, by);
          return keys;
        },
      },
    }),
  ),
  fault('drops nothing', 'is gone for good, and so is the memory of it', () => ({ desk: { drop: async (keys) => keys } })),
  fault('says that it dropped anything', 'is left alone when it is not parked', ({ desk }) => ({
    desk: {
      async drop(keys, by) {
        await desk.drop(keys, by);
        return keys;
      },
    },
  })),
  fault('counts too much', 'tell how much of each entry waits and is parked, and name no entry that has nothing', ({ desk }) => ({
    desk: { counts: async () => (await desk.counts()).map((one) => ({ ...one, waiting: one.waiting + 1 })) },
  })),
  fault('counts no parked ones', 'follow everything that happens to a message', ({ desk }) => ({
    desk: { counts: async () => (await desk.counts()).map((one) => ({ ...one, parked: 0 })) },
  })),
  fault(
    'names entries that have nothing',
    'tell how much of each entry waits and is parked, and name no entry that has nothing',
    ({ desk }) => ({
      desk: { counts: async () => [...(await desk.counts()), { direction: 'in', entry: 'empty', waiting: 0, parked: 0 }] },
    }),
  ),
  fault('does not know the oldest', 'tell when the oldest of those that wait was recorded', ({ desk }) => ({
    desk: { counts: async () => (await desk.counts()).map((one) => ({ ...one, oldest: undefined })) },
  })),
  fault('shows no blocked keys', 'can be those of a destination, and of messages that their transport has', () => ({
    desk: { blocked: async () => [] },
  })),
  fault(
    'shows the newest blocked key first',
    'are those with something behind a parked one, or one that waits for its retry, the longest first',
    ({ desk }) => ({ desk: { blocked: async (options) => (await desk.blocked(options)).toReversed() } }),
  ),
  fault(
    'shows every blocked key',
    'are those with something behind a parked one, or one that waits for its retry, the longest first',
    ({ desk }) => ({ desk: { blocked: () => desk.blocked() } }),
  ),
  fault('forgets too early', 'counts the time from when something was done, not from when it came', ({ desk }) => ({
    desk: { forget: (keep) => desk.forget(keep - 1_001) },
  })),
  fault('forgets nothing', 'removes what was done or failed long enough ago, and nothing else', () => ({
    desk: { forget: async () => ({ rows: 0, more: false }) },
  })),
  fault('forgets everything at once', 'takes what there is in portions, and says whether there is more', ({ desk }) => ({
    desk: {
      async forget(keep) {
        let rows = 0;
        for (let more = true; more; ) {
          const portion = await desk.forget(keep);
          rows += portion.rows;
          more = portion.more;
        }
        return { rows, more: false };
      },
    },
  })),
  fault('does not say that there is more to forget', 'takes what there is in portions, and says whether there is more', ({ desk }) => ({
    desk: { forget: async (keep) => ({ ...(await desk.forget(keep)), more: false }) },
  })),
];
