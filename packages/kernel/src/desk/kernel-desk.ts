import type { Control, Desk, Journal, JournalDirection, JournalPage, JournalQuery, RowKey } from '@waybill/contract';
import { errors } from '../errors.ts';

/**
 * The desk of a running kernel: that of its journal and the control of its processes. This process hears at once of what was done
 * here, others within a second. Rejects with `WB_KERNEL_STATE` while the kernel is not running.
 */
export interface KernelDesk extends Omit<Desk, 'forget' | 'list'>, Omit<Control, 'present' | 'count' | 'started' | 'lastStarted'> {
  /** As the desk's `list`; everything, the newest first, where nothing is asked for. */
  list(query?: JournalQuery): Promise<JournalPage>;
}

export interface DeskHooks {
  /** Undefined while the kernel is not running. */
  readonly journal: () => Journal | undefined;
  /** Whoever works for the entry looks what there is to do. */
  readonly wake: (direction: JournalDirection, entry: string) => void;
  /** This process obeys what was paused and resumed. */
  readonly obey: () => Promise<void>;
}

export function kernelDesk({ journal, wake, obey }: DeskHooks): KernelDesk {
  const open = (): Journal => {
    const found = journal();
    if (found) return found;
    throw errors.WB_KERNEL_STATE('The journal is open only while the kernel is running.');
  };
  /** What is no longer in front lets others come forward, in the same entry. */
  const woken = (keys: readonly RowKey[], to?: string): readonly RowKey[] => {
    for (const { direction, entry } of keys) wake(direction, to ?? entry);
    return keys;
  };
  return {
    list: async (query = {}) => open().desk.list(query),
    show: async (key) => open().desk.show(key),
    reveal: async (key, by) => open().desk.reveal(key, by),
    replay: async (keys, by) => woken(await open().desk.replay(keys, by)),
    edit: async (key, body, by) => open().desk.edit(key, body, by),
    move: async (keys, entry, by) => woken(await open().desk.move(keys, entry, by), entry),
    drop: async (keys, by) => woken(await open().desk.drop(keys, by)),
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
