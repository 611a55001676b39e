import type { PunchoutSession, Returned, SessionState } from './session.ts';

/** SHA-256 of a key. Keys themselves are kept nowhere. */
export type Digest = Uint8Array;

/** A session that an address of the store leads into. */
export interface KeptSession {
  readonly session: PunchoutSession;
  readonly state: SessionState;
  /** Language of the pages, as the browser asked for it. */
  readonly language: string;
  /** The digest of the cookie that the browser was given. */
  readonly cookie: Digest;
  /** Whether the browser has brought the cookie back once: from then on it has to. */
  readonly bound: boolean;
  readonly returned?: Returned;
}

/** What a browser is given when a session begins for it. */
export interface Entrance {
  readonly key: Digest;
  readonly cookie: Digest;
  readonly language: string;
  /** When the session ends if nobody returns a cart. Times are milliseconds since 1970. */
  readonly until: number;
}

/** What became of a start address: only the first use of it opens the session. */
export type Start = { readonly outcome: 'opened'; readonly session: PunchoutSession } | { readonly outcome: 'refused' };

/**
 * Where sessions are kept. Every method that changes something has it on the disk when it resolves, so that a process may die at
 * any time; several processes share one store. An application that has a database of its own can implement this on it.
 */
export interface SessionStore {
  /** Takes in a session that waits for the use of its start address. */
  addWaiting(session: PunchoutSession, start: { readonly key: Digest; readonly until: number }, now: number): Promise<void>;
  /** Takes in a session that is open at once: an OCI call is its own start. */
  addOpen(session: PunchoutSession, entrance: Entrance, now: number): Promise<void>;
  /** What a start address would open at this time, without using it up. */
  waiting(start: Digest, now: number): Promise<PunchoutSession | undefined>;
  /** Uses up a start address. Of several calls at the same time, in whatever processes, one is told `opened`. */
  open(start: Digest, entrance: Entrance, now: number): Promise<Start>;
  /** The session behind a key: open and within its time, or returned and still kept. */
  find(key: Digest, now: number): Promise<KeptSession | undefined>;
  /** Notes that the browser has brought its cookie back. */
  bind(id: string): Promise<void>;
  /**
   * Ends an open session with what its browser carries to the buyer, and notes the auxiliary ids of the lines. The first call wins, and
   * later ones get what the first has written. Undefined: the session is over or unknown.
   */
  finish(id: string, returned: Returned, auxiliaryIds: readonly string[], now: number, keep: Keep): Promise<Returned | undefined>;
  /** Counts a look at the page that brings the cart back. 1: nobody has seen it before. */
  countLook(id: string): Promise<number>;
  /** Those of the auxiliary ids that came with a cart of this buyer, each with the session of that cart. */
  sessionsOf(buyer: string, auxiliaryIds: readonly string[]): Promise<ReadonlyMap<string, string>>;
  close(): Promise<void>;
}

/** Until when what is left of a session is kept, in milliseconds since 1970. */
export interface Keep {
  /** The document, for a reload of the page. */
  readonly document: number;
  /** The auxiliary ids: buyers edit carts that are months old. */
  readonly lines: number;
}
