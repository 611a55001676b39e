import {
  type Journal,
  type JournalDirection,
  type JournalEntry,
  type JournalQuery,
  type JournalRow,
  type RowKey,
  WaybillError,
} from '@waybill/contract';
import type { Clock } from './clock.ts';
import { remedy } from './errors.ts';

/** What people do with messages that were given up. */
export class Parked {
  readonly #journal: () => Journal | undefined;
  readonly #clock: Clock;
  readonly #wake: (direction: JournalDirection, name: string) => void;

  /** `wake` tells whoever works for an entry or destination that something is due. */
  constructor(journal: () => Journal | undefined, clock: Clock, wake: (direction: JournalDirection, name: string) => void) {
    this.#journal = journal;
    this.#clock = clock;
    this.#wake = wake;
  }

  /** Newest first. */
  async list(query: Omit<JournalQuery, 'state'> = {}): Promise<readonly JournalRow[]> {
    return this.#open().list({ ...query, state: 'parked' });
  }

  /** The whole entry with the original bytes and every attempt; undefined when the journal does not know it. */
  async show(key: RowKey): Promise<JournalEntry | undefined> {
    return this.#open().show(key);
  }

  /** Makes a parked message due again, with another body where given. False when no such message is parked. */
  async replay(key: RowKey, options: { readonly body?: Uint8Array | undefined } = {}): Promise<boolean> {
    const replayed = await this.#open().replay(key, { at: this.#clock.now(), body: options.body });
    if (replayed) this.#wake(key.direction, key.name);
    return replayed;
  }

  /** Removes a parked message for good. False when no such message is parked. */
  async drop(key: RowKey): Promise<boolean> {
    return this.#open().drop(key);
  }

  #open(): Journal {
    const journal = this.#journal();
    if (journal) return journal;
    throw new WaybillError('WB_KERNEL_STATE', 'The journal is open only while the kernel is running.', { hint: remedy('WB_KERNEL_STATE') });
  }
}
