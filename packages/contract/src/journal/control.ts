import type { Instant, JournalDirection } from './rows.ts';

/** Who does something at the desk, kept with what was done. */
export interface By {
  /** A person, or a program on behalf of one: `anna`, `console:anna`. */
  readonly who: string;
  /** In words for whoever asks later. */
  readonly why?: string | undefined;
}

/** An entry of the manifest, as the journal names it. */
export interface EntryName {
  readonly direction: JournalDirection;
  readonly entry: string;
}

export interface PausedEntry extends EntryName {
  readonly by: By;
  readonly since: Instant;
}

/** Something that a person did: one line of the record, never changed. */
export interface ControlRecord {
  /** Grows with every record. */
  readonly seq: number;
  readonly at: Instant;
  readonly by: By;
  readonly did: 'replay' | 'edit' | 'move' | 'drop' | 'pause' | 'resume';
  readonly direction: JournalDirection;
  readonly entry: string;
  /** The messages that it was done to, at most a hundred of them; none for a pause. */
  readonly ids: readonly string[];
  /** How many messages in all. */
  readonly rows: number;
  /** Of a move: the entry that has them now. */
  readonly to?: string | undefined;
}

/** A process that has the journal open. */
export interface PresentProcess {
  /** As `ownProcessIdentity` gives it. */
  readonly process: string;
  readonly since: Instant;
  /** When its status was written. */
  readonly at: Instant;
  /** What it said of itself last: a JSON value. */
  readonly status: unknown;
}

/** How often one outcome was seen at an entry in one minute. */
export interface Tally extends EntryName {
  /** The minute, in milliseconds since 1970. */
  readonly minute: Instant;
  readonly outcome: string;
  readonly count: number;
}

/**
 * How people steer every process of a journal, by rows that each process reads, and how processes tell how they are. It needs no
 * port and no process in particular: a program works beside running kernels, and before they start.
 */
export interface Control {
  /** Asks every process to receive, or send, nothing at the entry until it is resumed. Stays over restarts. Paused again it keeps its first record. */
  pause(entry: EntryName, by: By): Promise<void>;
  resume(entry: EntryName, by: By): Promise<void>;
  paused(): Promise<readonly PausedEntry[]>;
  /** What people did, newest first; `before` continues a listing with the `seq` of the last one seen. Default limit 100. Kept as long as done messages. */
  records(query?: { readonly before?: number | undefined; readonly limit?: number | undefined }): Promise<readonly ControlRecord[]>;
  /** Says how this process is: a JSON value of at most 64 KB, in place of the one before. Gone when its owner is. */
  present(status: unknown): Promise<void>;
  processes(): Promise<readonly PresentProcess[]>;
  /** Adds to the numbers of minutes. Kept for two days by minute. */
  count(tallies: readonly Tally[]): Promise<void>;
  /** The numbers of all minutes from `since` on, oldest first, of one entry or of all; at most 10,000. */
  tallies(query: { readonly since: Instant; readonly entry?: EntryName | undefined }): Promise<readonly Tally[]>;
}
