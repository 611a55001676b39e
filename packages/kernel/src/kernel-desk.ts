import type {
  BlockedKey,
  Desk,
  EntryCounts,
  Journal,
  JournalDirection,
  JournalEntry,
  JournalPage,
  JournalQuery,
  RowKey,
} from '@waybill/contract';
import { errors } from './errors.ts';

/** The desk of a running kernel: that of its journal, and whoever works for an entry hears at once of what was put there. */
export class KernelDesk implements Omit<Desk, 'forget'> {
  readonly #journal: () => Journal | undefined;
  readonly #wake: (direction: JournalDirection, entry: string) => void;

  /** `journal` is undefined while the kernel is not running. */
  constructor(journal: () => Journal | undefined, wake: (direction: JournalDirection, entry: string) => void) {
    this.#journal = journal;
    this.#wake = wake;
  }

  async list(query: JournalQuery = {}): Promise<JournalPage> {
    return this.#desk.list(query);
  }

  async show(key: RowKey): Promise<JournalEntry | undefined> {
    return this.#desk.show(key);
  }

  async replay(keys: readonly RowKey[]): Promise<readonly RowKey[]> {
    return this.#woken(await this.#desk.replay(keys));
  }

  async edit(key: RowKey, body: Uint8Array): Promise<boolean> {
    return this.#desk.edit(key, body);
  }

  async move(keys: readonly RowKey[], entry: string): Promise<readonly RowKey[]> {
    const moved = await this.#desk.move(keys, entry);
    this.#woken(moved.map((key) => ({ ...key, entry })));
    return moved;
  }

  async drop(keys: readonly RowKey[]): Promise<readonly RowKey[]> {
    return this.#woken(await this.#desk.drop(keys));
  }

  async counts(): Promise<readonly EntryCounts[]> {
    return this.#desk.counts();
  }

  async blocked(options?: { readonly limit?: number | undefined }): Promise<readonly BlockedKey[]> {
    return this.#desk.blocked(options);
  }

  get #desk(): Desk {
    const journal = this.#journal();
    if (journal) return journal.desk;
    throw errors.WB_KERNEL_STATE('The journal is open only while the kernel is running.');
  }

  /** What is no longer in front lets others come forward, in the same entry. */
  #woken(keys: readonly RowKey[]): readonly RowKey[] {
    for (const { direction, entry } of keys) this.#wake(direction, entry);
    return keys;
  }
}
