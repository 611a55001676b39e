import type { By } from './by.ts';
import type { Instant, JournalDirection } from './rows.ts';

/** An entry of the manifest, as the journal names it. */
export interface EntryName {
  readonly direction: JournalDirection;
  readonly entry: string;
}

export interface PausedEntry extends EntryName {
  readonly by: By;
  readonly since: Instant;
}

/**
 * Something that a person did and that had an effect, or was shown, written in the same step and never changed. What was done to messages of
 * several entries has one record for each entry.
 */
export interface ControlRecord {
  /** Grows with every record. */
  readonly seq: number;
  readonly at: Instant;
  readonly by: By;
  /** `salvage`: the journal was made from what could be read of a damaged one. */
  readonly did: 'reveal' | 'replay' | 'edit' | 'move' | 'drop' | 'pause' | 'resume' | 'salvage';
  readonly direction: JournalDirection;
  /** Empty for a salvage without doubtful messages. */
  readonly entry: string;
  /** The messages that it was done to, at most a hundred of them; none for a pause. */
  readonly ids: readonly string[];
  /** How many messages in all. */
  readonly rows: number;
  /** Of a move, or a replay at another entry: the entry that has them now. */
  readonly to?: string | undefined;
  /** Of which replay of a set it is a portion. */
  readonly replay?: number | undefined;
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

/** How often one outcome was seen at an entry in one minute, or hour. */
export interface Tally extends EntryName {
  /** Its beginning, in milliseconds since 1970. What lies within a minute counts for that minute. */
  readonly minute: Instant;
  readonly outcome: string;
  readonly count: number;
}

/** A manifest with which a kernel was started. */
export interface StartedManifest {
  readonly at: Instant;
  /** As `ownProcessIdentity` gives it. */
  readonly process: string;
  /** As it was written: a JSON value, with references to secrets and without the secrets themselves. */
  readonly manifest: unknown;
}

export interface RecordQuery {
  /** Continues a listing: the `seq` of the last one seen. */
  readonly before?: number | undefined;
  /** Default 100. */
  readonly limit?: number | undefined;
}

export interface TallyQuery {
  /** Everything that begins at this time or later. */
  readonly since: Instant;
  /** Default: all entries. */
  readonly entry?: EntryName | undefined;
  /** Default `minute`. */
  readonly by?: 'minute' | 'hour' | undefined;
}

/** The most that a status may take as JSON, in bytes. */
export const presentLimit = 65_536;

/** For how long a status counts, in milliseconds. A process without work writes its status once a minute and shows no beat for it. */
export const presentFor = 180_000;

/**
 * How people steer every process of a journal, by rows that each process reads, and how processes tell how they are. It needs no
 * port and no process in particular: a program works beside running kernels, and before they start.
 */
export interface Control {
  /**
   * Asks every process to receive, or send, nothing at the entry until it is resumed. Stays over restarts, and wakes those who
   * watch. When the entry is paused already, the first pause stays and nothing is recorded.
   */
  pause(entry: EntryName, by: By): Promise<void>;
  /** Ends a pause and wakes those who watch. Where there is none, nothing is recorded. */
  resume(entry: EntryName, by: By): Promise<void>;
  /** Asked by every process once a second. Those that were paused the longest come first. */
  paused(): Promise<readonly PausedEntry[]>;
  /** What people did, newest first. Kept as long as done messages. */
  records(query?: RecordQuery): Promise<readonly ControlRecord[]>;
  /**
   * Says how this process is: a JSON value of at most `presentLimit` bytes, in place of the one before. Throws a `RangeError` for
   * a larger one. It is gone when the journal is closed, when the process has ended, and after `presentFor`: tell it again each minute.
   */
  present(status: unknown): Promise<void>;
  /** Those that have said how they are, the ones that have the journal open the longest first. */
  processes(): Promise<readonly PresentProcess[]>;
  /**
   * Adds to the numbers of minutes and hours. The one call that is not idempotent: repeated after an unknown outcome, it may count
   * twice. Minutes are kept for two days, hours for sixty.
   */
  count(tallies: readonly Tally[]): Promise<void>;
  /** Keeps the manifest of this name with which a kernel has started now, in place of the one before. A JSON value. */
  started(name: string, manifest: unknown): Promise<void>;
  /** The manifest of this name that was started last. Kept until the next one starts. */
  lastStarted(name: string): Promise<StartedManifest | undefined>;
  /** The numbers of one entry or of all, oldest first; at most 10,000. */
  tallies(query: TallyQuery): Promise<readonly Tally[]>;
}
