import { journalErrors } from './errors.ts';
import type { Owner } from './owners.ts';
import type { SharedState } from './state.ts';

/** The answers that most calls get. */
export const recorded = { outcome: 'recorded' } as const;
export const notYours = { outcome: 'not-yours' } as const;

/** One opening of a journal. */
export class Opening {
  readonly state: SharedState;
  /** When it was opened. */
  readonly since: number;
  #owner: Owner;
  #isClosed = false;

  constructor(state: SharedState) {
    this.state = state;
    this.since = state.now();
    this.#owner = state.owners.add();
    state.openings += 1;
  }

  get owner(): Owner {
    return this.#owner;
  }

  /** Begins a call that only looks, and at nothing that depends on the time. Throws when the journal is closed. */
  look(): void {
    if (this.#isClosed) throw journalErrors.WB_MEMORY_JOURNAL_CLOSED('The journal is closed.');
  }

  /** Begins a call; answers its time. Throws when the journal is closed. */
  enter(): number {
    this.look();
    const now = this.state.now();
    if (this.#owner.gone) this.#owner = this.state.owners.add();
    return now;
  }

  /** Tells the others that there may be something to do. */
  changed(): void {
    if (this.state.openings > 1) this.state.wake(this);
  }

  /** Ends it; `counted`: its hand-outs are counted as unresolved. */
  end(counted: boolean): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.state.openings -= 1;
    this.state.control.present.delete(this);
    for (const watcher of this.state.watchers) if (watcher.by === this) this.state.watchers.delete(watcher);
    if (!this.#owner.gone) this.state.endOwner(this.#owner, { counted });
  }
}
