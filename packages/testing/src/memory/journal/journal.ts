import { defineJournal, type EntryLease, type Journal, settings } from '@waybill/contract';
import type { Clock } from '../../tools/clock.ts';
import { MemoryControl } from './control.ts';
import { MemoryDesk } from './desk/desk.ts';
import { MemoryReplays } from './desk/replays.ts';
import { MemoryInbox } from './inbox.ts';
import { Opening } from './opening.ts';
import { MemoryOutbox } from './outbox.ts';
import { SharedState } from './state.ts';

export interface MemoryJournalOptions {
  /** What times are taken from: when something is due, and how long an owner was silent. Default: the time of the system. */
  readonly clock?: Pick<Clock, 'now'> | undefined;
}

/** An opened in-memory journal, with what else can happen to the process that has it. */
export interface MemoryJournal extends Journal {
  /** Ends it without closing, as a process ends that is killed: what it had in hand stays counted. */
  crash(): void;
  /** The beat of its owner stands still from now on, as that of a suspended process. After three seconds others take over. */
  suspend(): void;
  resume(): void;
}

/**
 * A journal in memory that several can open, one after the other or at the same time, as processes open the same file.
 * It remembers as long as this object exists.
 */
export class MemoryJournalFile {
  readonly #state: SharedState;

  constructor({ clock = { now: () => Date.now() } }: MemoryJournalOptions = {}) {
    this.#state = new SharedState(clock);
  }

  open(): MemoryJournal {
    return new OpenedJournal(this.#state);
  }

  /** `"journal": { "use": "memory" }` of kernels that open this very journal, one after the other or side by side, on its clock. */
  get plugin(): typeof memoryJournalPlugin {
    return defineMemory(async () => this.open());
  }
}

/**
 * A journal that exists as long as its process: for tests, and for trying things out. It keeps every rule of the
 * contract but durability. Throws `WB_MEMORY_JOURNAL_CLOSED` after `close`.
 */
export function memoryJournal(options?: MemoryJournalOptions): MemoryJournal {
  return new MemoryJournalFile(options).open();
}

const defineMemory = (open: () => Promise<Journal>) =>
  defineJournal({
    name: 'memory',
    summary: 'Keeps the record of messages in memory and loses it with the process; for tests.',
    settings: settings({}),
    open,
  });

/** `"journal": { "use": "memory" }`: each kernel has a journal of its own, on the time of the system. */
export const memoryJournalPlugin = defineMemory(async () => memoryJournal());

class OpenedJournal implements MemoryJournal {
  readonly #opening: Opening;
  readonly inbox: MemoryInbox;
  readonly outbox: MemoryOutbox;
  readonly desk: MemoryDesk;
  readonly replays: MemoryReplays;
  readonly control: MemoryControl;
  readonly followsCrash: boolean;

  constructor(state: SharedState) {
    state.now();
    this.followsCrash = state.owners.unclean;
    state.owners.unclean = false;
    this.#opening = new Opening(state);
    this.inbox = new MemoryInbox(this.#opening);
    this.outbox = new MemoryOutbox(this.#opening);
    this.desk = new MemoryDesk(this.#opening);
    this.replays = new MemoryReplays(this.#opening);
    this.control = new MemoryControl(this.#opening);
  }

  async lease(entry: string): Promise<EntryLease | undefined> {
    this.#opening.enter();
    return this.#opening.state.owners.lease(entry, this.#opening.owner);
  }

  watch(wake: () => void): () => void {
    this.#opening.enter();
    const { watchers } = this.#opening.state;
    let isWoken = false;
    const watcher = {
      by: this.#opening,
      wake: () => {
        if (isWoken) return;
        isWoken = true;
        queueMicrotask(() => {
          isWoken = false;
          if (watchers.has(watcher)) wake();
        });
      },
    };
    watchers.add(watcher);
    return () => watchers.delete(watcher);
  }

  async close(): Promise<void> {
    this.#opening.end(false);
  }

  crash(): void {
    this.#opening.end(true);
  }

  suspend(): void {
    this.#opening.state.owners.silence(this.#opening.owner, this.#opening.enter());
  }

  resume(): void {
    this.#opening.state.owners.hear(this.#opening.owner);
    this.#opening.enter();
  }
}
