import type { Journal } from '@waybill/contract';

/** A journal to ask questions of. */
export interface JournalSubject {
  /** Empty at first. The suite closes it. */
  readonly journal: Journal;
  /** Lets so many milliseconds pass on the journal's clock. Nothing else may make it pass, or only little. */
  readonly advance: (ms: number) => Promise<void>;
  /**
   * Opens the same journal once more, as a second process or the next start would: also while `journal` is open. The
   * suite closes what it gets. A journal without it does not outlive its process, and is not asked what it remembers.
   */
  readonly reopen?: (() => Promise<Journal>) | undefined;
  /** Ends what was opened without closing it, as when its process is killed. */
  readonly crash?: ((opened: Journal) => Promise<void>) | undefined;
  /** Stops the beat of what was opened, as a suspended process does; `resume` lets it go on. */
  readonly suspend?: ((opened: Journal) => Promise<void>) | undefined;
  readonly resume?: ((opened: Journal) => Promise<void>) | undefined;
  /** Removes what is left behind. Called after everything was closed. */
  readonly dispose: () => Promise<void>;
}
