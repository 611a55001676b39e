import type { Message } from '../message/message.ts';
import type { Principal } from '../transport/delivery.ts';
import type { LeaseToken } from './lease.ts';
import type { Leg } from './outbox.ts';
import type { BusinessKeys, Claimed, ClaimRequest, ClaimToken, EntryKey, Failure, Recorded } from './rows.ts';

/**
 * What the journal knows of an inbound message. `digest` is that of the body that was recorded under the id. `attempts` are
 * those that failed; `unresolved` are hand-outs that were recorded and of which no outcome is known, because the process ended.
 * `trace` is that of the first attempt, and stays the same over all of them.
 */
export type InboxState =
  | { readonly state: 'unknown' }
  | {
      readonly state: 'waiting' | 'stored';
      readonly attempts: number;
      readonly unresolved: number;
      readonly digest: string;
      readonly trace: string;
    }
  | { readonly state: 'done'; readonly digest: string; readonly reply?: Message | undefined }
  | ({ readonly state: 'parked'; readonly digest: string; readonly trace: string } & Failure);

/** What is recorded of an inbound message beside its body. */
export interface InboundFacts {
  readonly digest: string;
  readonly trace: string;
  /** `Name@version`, where it was recognised. */
  readonly type?: string | undefined;
  readonly store?: string | undefined;
  /**
   * Messages of one entry with the same key are handed out in the order of their recording, each when the one before it has
   * ended. It stays the one that was recorded first.
   */
  readonly orderKey?: string | undefined;
  readonly businessKeys?: BusinessKeys | undefined;
}

/** What is needed to work on a message later. */
export interface KeptMessage {
  readonly message: Message;
  readonly principal?: Principal | undefined;
}

/** A message that was handed out by `claim`. */
export interface InboxJob extends EntryKey, InboundFacts, KeptMessage {
  readonly token: ClaimToken;
  readonly attempts: number;
  /** Hand-outs before this one of which no outcome is known. */
  readonly unresolved: number;
}

/**
 * How an attempt at an inbound message ended.
 *
 * - done: done mark, reply and everything that the handler published, in one step. `archive`: the message is kept.
 * - again: the failure is counted as number `attempts`, and the message comes again. With `kept` the journal keeps it and hands it
 *   out when `dueIn` milliseconds have passed; without, its transport does, and only the count is recorded. A row that is kept
 *   already (it was claimed) stays kept.
 * - parked: given up on, with the failure as the last one, whether it was that of an attempt or not. `blocks`: what follows under
 *   its order key waits for a person. `legs`: the
 *   messages that tell the sender of it, where its transport no longer has the message in hand; recorded in the same step.
 * - released: a message that was claimed or begun is given back untried, due at once, and the hand-out is not counted.
 */
export type InboxEnding =
  | {
      readonly outcome: 'done';
      readonly reply?: Message | undefined;
      readonly legs: readonly Leg[];
      readonly archive?: KeptMessage | undefined;
    }
  | {
      readonly outcome: 'again';
      readonly failure: Failure;
      readonly attempts: number;
      readonly dueIn: number;
      readonly kept?: KeptMessage | undefined;
    }
  | {
      readonly outcome: 'parked';
      readonly failure: Failure;
      readonly attempts: number;
      readonly kept: KeptMessage;
      readonly blocks: boolean;
      readonly legs?: readonly Leg[] | undefined;
    }
  | { readonly outcome: 'released' };

export interface InboxStep extends EntryKey, InboundFacts {
  readonly ending: InboxEnding;
  /** Of a claimed message. */
  readonly token?: ClaimToken | undefined;
  /** Of an entry that one process receives at a time: an owner that has lost it records nothing. */
  readonly lease?: LeaseToken | undefined;
}

/**
 * The inbound half of the journal. The id of a key is that of the message, preceded by the sender where a transport
 * authenticated one; only the kernel makes it.
 */
export interface Inbox {
  /**
   * What is known of a message. With an `orderKey` also whether an older message with that key is unfinished in the entry
   * (stored, waiting for a retry, or parked and blocking): then this one has to be stored behind it. Reads only.
   */
  find(key: EntryKey, orderKey?: string): Promise<{ readonly known: InboxState; readonly blocked: boolean }>;
  /**
   * Records that a message is about to be worked on, so that it is known when the process ends meanwhile: `unresolved` grows
   * by one until this owner settles the attempt. Told again before that, it counts nothing; what the journal keeps already (stored,
   * done, parked) stays as it is.
   */
  begin(key: EntryKey, facts: InboundFacts): Promise<void>;
  /**
   * Keeps a message to work on it later, behind those with its order key. Answers what was known before; where that is more
   * than attempts (stored, done, parked), nothing is written. With a `lease` that is lost, nothing is written and the answer is undefined.
   */
  store(message: EntryKey & InboundFacts & KeptMessage, lease?: LeaseToken): Promise<InboxState | undefined>;
  /**
   * Hands out stored messages that are due: the oldest unfinished one of every order key (its head), and those without a key.
   * Each hand-out is counted as unresolved until it is settled.
   */
  claim(request: ClaimRequest): Promise<Claimed<InboxJob>>;
  /**
   * Ends an attempt in one step; what waits behind the message becomes claimable with it. A message that is done, or parked,
   * already is `known`; for `done` without a token also one that is recorded with another digest. The same step told again is
   * counted once: with a token it is `recorded` again, unless somebody else has ended a claim of the message since; without one,
   * a message that it has ended is `known`, and an attempt is counted where `attempts` is more than the journal has. Without a
   * token, a message that somebody has claimed is `not-yours`, and so is one that is stored, for `done` and `parked`: its transport was told
   * that it is kept, so that nobody would hear the reply of this attempt.
   */
  settle(step: InboxStep): Promise<Recorded<InboxState>>;
}
