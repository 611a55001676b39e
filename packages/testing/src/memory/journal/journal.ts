import { defineJournal, type EntryLease, type Journal, settings } from '@waybill/contract';
import type { Clock } from '../../tools/clock.ts';
import { MemoryControl } from './control.ts';
import { MemoryDesk } from './desk.ts';
import { MemoryInbox } from './inbox.ts';
import { MemoryOutbox } from './outbox.ts';
import { Session } from './session.ts';
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
}

/**
 * A journal that exists as long as its process: for tests, and for trying things out. It keeps every rule of the
 * contract but durability. Throws `WB_MEMORY_JOURNAL_CLOSED` after `close`.
 */
export function memoryJournal(options?: MemoryJournalOptions): MemoryJournal {
  return new MemoryJournalFile(options).open();
}

/** `"journal": { "use": "memory" }`. */
export const memoryJournalPlugin = defineJournal({
  name: 'memory',
  summary: 'Keeps the record of messages in memory and loses it with the process; for tests.',
  settings: settings({}),
  open: async () => memoryJournal(),
});

class OpenedJournal implements MemoryJournal {
  readonly #session: Session;
  readonly inbox: MemoryInbox;
  readonly outbox: MemoryOutbox;
  readonly desk: MemoryDesk;
  readonly control: MemoryControl;
  readonly followsCrash: boolean;

  constructor(state: SharedState) {
    state.now();
    this.followsCrash = state.owners.unclean;
    state.owners.unclean = false;
    this.#session = new Session(state);
    this.inbox = new MemoryInbox(this.#session);
    this.outbox = new MemoryOutbox(this.#session);
    this.desk = new MemoryDesk(this.#session);
    this.control = new MemoryControl(this.#session);
  }

  async lease(entry: string): Promise<EntryLease | undefined> {
    this.#session.enter();
    return this.#session.state.owners.lease(entry, this.#session.owner);
  }

  watch(wake: () => void): () => void {
    this.#session.enter();
    const { watchers } = this.#session.state;
    let isWoken = false;
    const watcher = {
      by: this.#session,
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
    this.#session.end(false);
  }

  crash(): void {
    this.#session.end(true);
  }

  suspend(): void {
    this.#session.state.owners.silence(this.#session.owner, this.#session.enter());
  }

  resume(): void {
    this.#session.state.owners.hear(this.#session.owner);
    this.#session.enter();
  }
}
