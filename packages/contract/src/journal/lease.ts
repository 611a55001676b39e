/** Proves that an entry lease is still the newest one. Opaque: only the journal that made it looks inside. */
export interface LeaseToken {
  readonly entry: string;
  readonly owner: number;
  readonly version: number;
}

/** The right to receive an entry alone. It lasts until it is released, or until its owner has ended. */
export interface EntryLease {
  readonly token: LeaseToken;
  /** Aborts when another owner may have it: this process was suspended, or cannot reach the journal. */
  readonly lost: AbortSignal;
  release(): Promise<void>;
}
