import { hash } from 'node:crypto';
import {
  type ClaimToken,
  type Delivery,
  type EntryKey,
  type InboxJob,
  type LeaseToken,
  type Message,
  newMessageId,
  newTraceId,
  type Principal,
  type ReceiveGuarantees,
} from '@waybill/contract';
import { inboxKey } from '@waybill/contract/host';
import type { Clock } from '@waybill/plugin-host';
import type { EntryTurn } from './listening/entry-state.ts';

/** A message that is being worked on: a delivery, or one that was claimed in the journal. */
export interface InHand {
  readonly key: EntryKey;
  readonly message: Message;
  readonly principal: Principal | undefined;
  readonly digest: string;
  /** The same over all attempts. */
  readonly trace: string;
  /** When it was handed out, on `performance.now()`. */
  readonly since: number;
  /** Attempts that failed before. */
  readonly failures: number;
  /** Hand-outs before this one of which no outcome is known. */
  readonly unresolved: number;
  /** Of a message that was claimed. */
  readonly token: ClaimToken | undefined;
  /** Of a delivery in an entry that one process receives at a time. */
  readonly lease: LeaseToken | undefined;
  readonly delivery: Delivery | undefined;
  /** How often the far side says that it handed the message out, this time included, where its transport promises to know. */
  readonly handedOut: number | undefined;
}

/** Where deliveries come from. */
export interface Source {
  readonly entry: string;
  readonly guarantees: ReceiveGuarantees;
  readonly clock: Clock;
  readonly turn: Pick<EntryTurn, 'lease'>;
}

/** The digest of a message that nobody can send again, because nobody but us knows its id. */
const neverAgain = 'fresh';

/** A delivery, with what a message needs and its wire may not have. Nothing is known of its past yet. */
export function handOf(delivery: Delivery, { entry, guarantees, clock, turn }: Source): InHand {
  const { message: given, principal } = delivery;
  const id = given.id ?? newMessageId();
  const isWhole = given.id !== undefined && given.createdAt !== undefined;
  const message = isWhole ? (given as Message) : { ...given, id, createdAt: given.createdAt ?? clock.now() };
  return {
    key: inboxKey(entry, id, principal),
    message,
    principal,
    digest: given.id === undefined ? neverAgain : hash('sha256', given.body, 'base64'),
    trace: newTraceId(),
    since: performance.now(),
    failures: 0,
    unresolved: 0,
    token: undefined,
    lease: turn.lease?.token,
    delivery,
    handedOut: guarantees.countsAttempts ? delivery.attempt : undefined,
  };
}

/** True where nobody but us can know the id, so that the journal need not be asked. */
export function isFresh({ digest }: InHand): boolean {
  return digest === neverAgain;
}

/** A claimed message. */
export function handOfJob({ entry, id, message, principal, digest, trace, attempts, unresolved, token }: InboxJob): InHand {
  const unclaimed = { lease: undefined, delivery: undefined, handedOut: undefined };
  return {
    key: { entry, id },
    message,
    principal,
    digest,
    trace,
    since: performance.now(),
    failures: attempts,
    unresolved,
    token,
    ...unclaimed,
  };
}
