import type {
  BlockedKey,
  By,
  Control,
  ControlRecord,
  Desk,
  EntryCounts,
  EntryName,
  Journal,
  JournalDirection,
  JournalEntry,
  JournalPage,
  JournalQuery,
  PausedEntry,
  PresentProcess,
  RecordQuery,
  RowKey,
  Tally,
  TallyQuery,
} from '@waybill/contract';
import { errors } from '../errors.ts';

export interface DeskHooks {
  /** Undefined while the kernel is not running. */
  readonly journal: () => Journal | undefined;
  /** Whoever works for the entry looks what there is to do. */
  readonly wake: (direction: JournalDirection, entry: string) => void;
  /** This process obeys what was paused and resumed. */
  readonly obey: () => Promise<void>;
}

/**
 * The desk of a running kernel: that of its journal and the control of its processes. This process hears at once of what was done
 * here, others within a second.
 */
export class KernelDesk implements Omit<Desk, 'forget'>, Omit<Control, 'present' | 'count'> {
  readonly #hooks: DeskHooks;

  constructor(hooks: DeskHooks) {
    this.#hooks = hooks;
  }

  async list(query: JournalQuery = {}): Promise<JournalPage> {
    return this.#journal.desk.list(query);
  }

  async show(key: RowKey): Promise<JournalEntry | undefined> {
    return this.#journal.desk.show(key);
  }

  async replay(keys: readonly RowKey[], by: By): Promise<readonly RowKey[]> {
    return this.#woken(await this.#journal.desk.replay(keys, by));
  }

  async edit(key: RowKey, body: Uint8Array, by: By): Promise<boolean> {
    return this.#journal.desk.edit(key, body, by);
  }

  async move(keys: readonly RowKey[], entry: string, by: By): Promise<readonly RowKey[]> {
    const moved = await this.#journal.desk.move(keys, entry, by);
    this.#woken(moved.map((key) => ({ ...key, entry })));
    return moved;
  }

  async drop(keys: readonly RowKey[], by: By): Promise<readonly RowKey[]> {
    return this.#woken(await this.#journal.desk.drop(keys, by));
  }

  async counts(): Promise<readonly EntryCounts[]> {
    return this.#journal.desk.counts();
  }

  async blocked(options?: { readonly limit?: number | undefined }): Promise<readonly BlockedKey[]> {
    return this.#journal.desk.blocked(options);
  }

  async pause(entry: EntryName, by: By): Promise<void> {
    await this.#journal.control.pause(entry, by);
    await this.#hooks.obey();
  }

  async resume(entry: EntryName, by: By): Promise<void> {
    await this.#journal.control.resume(entry, by);
    await this.#hooks.obey();
  }

  async paused(): Promise<readonly PausedEntry[]> {
    return this.#journal.control.paused();
  }

  async records(query?: RecordQuery): Promise<readonly ControlRecord[]> {
    return this.#journal.control.records(query);
  }

  async processes(): Promise<readonly PresentProcess[]> {
    return this.#journal.control.processes();
  }

  async tallies(query: TallyQuery): Promise<readonly Tally[]> {
    return this.#journal.control.tallies(query);
  }

  get #journal(): Journal {
    const journal = this.#hooks.journal();
    if (journal) return journal;
    throw errors.WB_KERNEL_STATE('The journal is open only while the kernel is running.');
  }

  /** What is no longer in front lets others come forward, in the same entry. */
  #woken(keys: readonly RowKey[]): readonly RowKey[] {
    for (const { direction, entry } of keys) this.#hooks.wake(direction, entry);
    return keys;
  }
}
