import type { Tally } from '@waybill/contract';
import type { MemoryJournal } from '../../src/memory/journal/journal.ts';
import { type Change, type Fault, fault } from './fault.ts';
import { recordFaults } from './records.ts';

const onTallies =
  (change: (tallies: readonly Tally[]) => readonly Tally[]) =>
  ({ control }: MemoryJournal): Change => ({ control: { tallies: async (query) => change(await control.tallies(query)) } });

const told = 'is told with who paused it, why and since when, those that were paused the longest first';
const listed = 'is listed with what it said last, when, and since when it has the journal open';
const grow = 'grow by what is counted, apart for each entry, outcome and minute';
const answered = 'are answered from a time on, oldest first, of one entry or of all';
const forgotten = 'are forgotten after two days, those of hours after sixty';
const most = 'are at most ten thousand, the oldest of those that were asked for';

const pausing: readonly Fault[] = [
  fault('pauses nothing', told, () => ({ control: { pause: async () => undefined } })),
  fault('forgets why', told, ({ control }) => ({ control: { pause: (entry, { who }) => control.pause(entry, { who }) } })),
  fault('tells the newest pause first', told, ({ control }) => ({
    control: { paused: async () => (await control.paused()).toReversed() },
  })),
  fault('pauses both directions', 'is one of one direction', ({ control }) => ({
    control: {
      async pause(entry, by) {
        await control.pause({ ...entry, direction: 'in' }, by);
        await control.pause({ ...entry, direction: 'out' }, by);
      },
    },
  })),
  fault('pauses anew', 'keeps who paused it first when it is paused again, and nothing more is recorded', ({ control }) => ({
    control: {
      async pause(entry, by) {
        await control.resume(entry, by);
        await control.pause(entry, by);
      },
    },
  })),
  fault('resumes nothing', 'is like any other once it is resumed; nothing is recorded where nothing was paused', () => ({
    control: { resume: async () => undefined },
  })),
  fault(
    'hands out nothing of a paused entry',
    'is held to by those who receive and send, not by the journal: it still hands out',
    (sound) => ({
      inbox: {
        async claim(request) {
          const isPaused = (await sound.control.paused()).some(({ entry }) => entry === request.entry);
          return isPaused ? { jobs: [] } : sound.inbox.claim(request);
        },
      },
    }),
  ),
  fault('keeps pauses to itself', 'is paused for all who have the journal open, and stays so when all have closed it', ({ control }) => {
    const own = new Set<string>();
    return {
      control: {
        async pause(entry, by) {
          own.add(entry.entry);
          await control.pause(entry, by);
        },
        paused: async () => (await control.paused()).filter(({ entry }) => own.has(entry)),
      },
    };
  }),
  fault('wakes nobody for a pause', 'wakes those who watch, and so does its resumption', (sound) => ({
    itself: { watch: (wake) => sound.watch(() => void sound.control.paused().then((paused) => paused.length === 0 && wake())) },
  })),
];

const presence: readonly Fault[] = [
  fault('knows no processes', listed, () => ({ control: { processes: async () => [] } })),
  fault('keeps what a process said first', listed, ({ control }) => {
    let isTold = false;
    return {
      control: {
        async present(status) {
          if (!isTold) await control.present(status);
          isTold = true;
        },
      },
    };
  }),
  fault('does not know since when a process is there', listed, ({ control }) => ({
    control: { processes: async () => (await control.processes()).map((one) => ({ ...one, since: one.at })) },
  })),
  fault('takes a status of any length', 'can say as much as the contract allows, and is refused more', ({ control }) => ({
    control: { present: (status) => control.present(typeof status === 'string' ? status.slice(0, 20_000) : status) },
  })),
  fault(
    'lists a process that has closed',
    'is listed beside the others, those that have the journal open the longest first, until it closes',
    () => ({
      itself: { close: async () => undefined },
    }),
  ),
  fault(
    'lists the youngest process first',
    'is listed beside the others, those that have the journal open the longest first, until it closes',
    ({ control }) => ({
      control: { processes: async () => (await control.processes()).toReversed() },
    }),
  ),
  fault('lists the dead', 'is gone when it has crashed', () => ({ crash: () => undefined })),
  fault('lists the silent', 'is gone when it has not said so for three minutes, and there again when it does', ({ control }) => {
    let known: Awaited<ReturnType<typeof control.processes>> = [];
    return {
      control: {
        async processes() {
          const now = await control.processes();
          known = now.length === 0 ? known : now;
          return known;
        },
      },
    };
  }),
];

const tallies: readonly Fault[] = [
  fault(
    'counts nothing',
    grow,
    onTallies(() => []),
  ),
  fault('counts one at a time', grow, ({ control }) => ({
    control: { count: (all) => control.count(all.map((one) => ({ ...one, count: 1 }))) },
  })),
  fault('mixes outcomes', grow, ({ control }) => ({
    control: { count: (all) => control.count(all.map((one) => ({ ...one, outcome: 'done' }))) },
  })),
  fault('knows no hours', 'are those of hours, too', ({ control }) => ({
    control: { tallies: (query) => control.tallies({ ...query, by: 'minute' }) },
  })),
  fault(
    'tells the newest numbers first',
    answered,
    onTallies((found) => found.toReversed()),
  ),
  fault('tells the numbers of all times', answered, ({ control }) => ({
    control: { tallies: (query) => control.tallies({ ...query, since: 0 }) },
  })),
  fault('tells the numbers of all entries', answered, ({ control }) => ({
    control: { tallies: (query) => control.tallies({ ...query, entry: undefined }) },
  })),
  fault(
    'tells few numbers',
    most,
    onTallies((found) => found.slice(0, 1_000)),
  ),
  fault(
    'forgets minutes too early',
    forgotten,
    onTallies((found) => found.slice(-1)),
  ),
  fault('forgets no numbers', forgotten, () => ({ desk: { forget: async () => ({ rows: 0, more: false }) } })),
  fault('adds up its own only', 'are added up over all who count, and remembered', ({ control }) => {
    const own = new Map<string, number>();
    return {
      control: {
        async count(all) {
          for (const { outcome, count } of all) own.set(outcome, count);
          await control.count(all);
        },
        tallies: async (query) => (await control.tallies(query)).map((one) => ({ ...one, count: own.get(one.outcome) ?? 0 })),
      },
    };
  }),
];

const manifests: readonly Fault[] = [
  fault('keeps no manifest', 'is told as it was written, with when and by whom', () => ({ control: { started: async () => undefined } })),
  fault('keeps the manifest that was started first', 'takes the place of the one before', ({ control }) => ({
    control: {
      async started(name, manifest) {
        if ((await control.lastStarted(name)) === undefined) await control.started(name, manifest);
      },
    },
  })),
  fault('keeps one manifest for all names', 'is one of each name', ({ control }) => ({
    control: { started: (_, manifest) => control.started('any', manifest), lastStarted: () => control.lastStarted('any') },
  })),
  fault('forgets the manifest', 'is there when all have closed the journal', ({ control }) => {
    let isOwn = false;
    return {
      control: {
        async started(name, manifest) {
          isOwn = true;
          await control.started(name, manifest);
        },
        lastStarted: async (name) => (isOwn ? control.lastStarted(name) : undefined),
      },
    };
  }),
];

export const controlFaults: readonly Fault[] = [...pausing, ...recordFaults, ...presence, ...tallies, ...manifests];
