import type { Control, Desk, Journal, JournalPage, JournalQuery, ReplayDesk } from '@waybill/contract';
import { advanceReplay, isOpenReplay, previewReplay } from '@waybill/contract/host';
import type { Clock } from '@waybill/plugin-host';
import { errors } from '../errors.ts';

/**
 * The desk of a running kernel: that of its journal and the control of its processes. This process hears at once of what was done
 * here, others within a second. Rejects with `WB_KERNEL_STATE` while the kernel is not running.
 */
export interface KernelDesk extends Omit<Desk, 'forget' | 'list'>, Omit<Control, 'present' | 'count' | 'started' | 'lastStarted'> {
  /** Sets of parked messages, replayed at a rate and, where it is said, to another entry. */
  readonly replays: ReplayDesk;
  /** As the desk's `list`; everything, the newest first, where nothing is asked for. */
  list(query?: JournalQuery): Promise<JournalPage>;
}

export interface DeskHooks {
  /** Undefined while the kernel is not running. */
  readonly journal: () => Journal | undefined;
  /** Everybody looks what there is to do: what is no longer in front lets others come forward. */
  readonly wake: () => void;
  /** This process obeys what was paused and resumed. */
  readonly obey: () => Promise<void>;
  readonly sleep: Clock['sleep'];
}

export function kernelDesk({ journal, wake, obey, sleep }: DeskHooks): KernelDesk {
  const open = (): Journal => {
    const found = journal();
    if (found) return found;
    throw errors.WB_KERNEL_STATE('The journal is open only while the kernel is running.');
  };
  const woken = <Done>(done: Done): Done => {
    wake();
    return done;
  };
  const replays: ReplayDesk = {
    begin: async (plan) => open().replays.begin(plan),
    advance: async (id, by) => woken(await open().replays.advance(id, by)),
    cancel: async (id, by) => open().replays.cancel(id, by),
    resume: async (id) => open().replays.resume(id),
    list: async (options) => open().replays.list(options),
    dryRun: async (of) => previewReplay(open().desk, of),
    workOff: (replay, by, signal) => advanceReplay(replays, replay, { by, signal, sleep, goesOn: isOpenReplay }),
  };
  return {
    list: async (query = {}) => open().desk.list(query),
    show: async (key) => open().desk.show(key),
    reveal: async (key, by) => open().desk.reveal(key, by),
    replay: async (keys, by) => woken(await open().desk.replay(keys, by)),
    edit: async (key, body, by) => open().desk.edit(key, body, by),
    move: async (keys, entry, by) => woken(await open().desk.move(keys, entry, by)),
    drop: async (keys, by) => woken(await open().desk.drop(keys, by)),
    replays,
    counts: async () => open().desk.counts(),
    blocked: async (options) => open().desk.blocked(options),
    pause: async (entry, by) => open().control.pause(entry, by).then(obey),
    resume: async (entry, by) => open().control.resume(entry, by).then(obey),
    paused: async () => open().control.paused(),
    records: async (query) => open().control.records(query),
    processes: async () => open().control.processes(),
    tallies: async (query) => open().control.tallies(query),
  };
}
