import type { By } from './by.ts';
import type { JournalQuery } from './desk.ts';
import type { Instant, JournalEntry, JournalRow, RowKey } from './rows.ts';

/**
 * - choosing: the set is being made, in portions; nothing is replayed yet.
 * - running: the set stays as it is, and is worked off in portions.
 * - cancelled: somebody ended it. What is left of its set stays parked, and it can be resumed.
 * - done: all of its set was replayed, or skipped. The end.
 */
export type ReplayState = 'choosing' | 'running' | 'cancelled' | 'done';

/** Of what is parked, that which answers. */
export type ReplayQuery = Omit<JournalQuery, 'state' | 'before' | 'limit'>;

/** Which messages are meant: everything that answers a query, or messages by name. */
export type ReplayChoice = { readonly query: ReplayQuery } | { readonly keys: readonly RowKey[] };

export interface ReplayPlan {
  /** Made up by the caller, and unique: begun once more under it, the replay that there is gets answered. */
  readonly request: string;
  readonly by: By;
  /** What is not parked when the replay begins is not in its set. */
  readonly of: ReplayChoice;
  /** How many messages a second at most, more than 0. Default: as many as can be. */
  readonly rate?: number | undefined;
  /** The entry, of the same direction, that each message is moved to when it is replayed. Default: its own. */
  readonly to?: string | undefined;
}

/** A set of parked messages that are made due again, one portion after the other. */
export interface Replay {
  /** Grows with every replay, from 1. */
  readonly id: number;
  readonly state: ReplayState;
  /** Who began it. */
  readonly by: By;
  readonly at: Instant;
  /** When a portion of it was done last, or its state changed. */
  readonly changedAt: Instant;
  /** Missing where messages were named. */
  readonly query?: ReplayQuery | undefined;
  readonly rate?: number | undefined;
  readonly to?: string | undefined;
  /** How many messages its set has, or has so far while it is chosen. */
  readonly chosen: number;
  readonly replayed: number;
  /** Those that were no longer parked in the same place, or that the other entry has already. */
  readonly skipped: number;
  /** Who ended it, while it is cancelled. */
  readonly cancelledBy?: By | undefined;
}

export interface ReplayStep {
  readonly replay: Replay;
  /** After how many milliseconds the next portion can be done; missing where nothing is left to do. */
  readonly dueIn?: number | undefined;
}

/**
 * Replays of sets. What is chosen is what was parked when the replay began and still is when the choice comes to it; what is parked
 * later, or changed meanwhile, is not in it. The set is kept with the messages: whoever calls `advance` works it off, also after
 * the program that began it has died. Several may do so at once: each message of the set is replayed once, at the rate of the replay in all.
 */
export interface Replays {
  /** Records a replay and replays nothing yet. Messages that are named are its set at once; those of a query are chosen by `advance`. */
  begin(plan: ReplayPlan): Promise<Replay>;
  /**
   * Does the next portion: chooses, or makes messages due again, the oldest first, and records who did so, in one step. It takes a few
   * milliseconds. Does nothing before its time, and nothing to a replay that is cancelled or done. Undefined where there is no such replay.
   */
  advance(id: number, by: By): Promise<ReplayStep | undefined>;
  /** Ends a replay that is not done: from then on nobody replays anything of it. Answers it as it is now. */
  cancel(id: number, by: By): Promise<Replay | undefined>;
  /** Lets a cancelled replay go on with what is left of its set. Answers it as it is now. */
  resume(id: number): Promise<Replay | undefined>;
  /** The newest first. `before` continues a listing: the `id` of the last one seen. Default limit 100. */
  list(options?: { readonly before?: number | undefined; readonly limit?: number | undefined }): Promise<readonly Replay[]>;
}

/** What earlier attempts at a parked message have left behind. */
export interface EarlierEffects {
  readonly row: JournalRow;
  /** How many attempts failed, all replays together. */
  readonly attempts: number;
  readonly replayed?: JournalEntry['replayed'];
  /** Of an inbound message: what it caused, at most a hundred legs of its trace. */
  readonly legs: readonly (Pick<JournalRow, 'entry' | 'id' | 'type' | 'event' | 'state'> & { readonly isAnswered: boolean })[];
  /** How many recipients have it, or may have it. */
  readonly recipients: readonly { readonly outcome: 'sent' | 'unknown' }[];
  readonly hasReply: boolean;
}

/** What would be replayed. */
export interface ReplayPreview {
  /** How many messages. */
  readonly planned: number;
  /** The oldest of them, at most a thousand. */
  readonly messages: readonly EarlierEffects[];
}

/** Replays of sets for a program that works them off itself. */
export interface ReplayDesk extends Replays {
  /** What would be replayed, and what happened already in earlier attempts. Changes nothing; reads all that answers. */
  dryRun(of: ReplayChoice): Promise<ReplayPreview>;
  /**
   * Works off a replay that was begun, resumed or listed, portion by portion at its rate. Answers it as it is when it is done, or when
   * somebody has cancelled it; undefined where the journal does not have it (any more). When `signal` aborts, the replay is cancelled. Rejects when the
   * journal fails, or is closed: the replay stays as it is, and whoever calls this again goes on with it.
   */
  workOff(replay: Replay, by: By, signal?: AbortSignal): Promise<Replay | undefined>;
}
