import type { Leg } from '@waybill/contract';
import type { OutboundPlan } from '../chance/scenario.ts';
import type { Actor, Bench } from './bench.ts';
import { Claims } from './claims.ts';

/** A leg whose caller waits for the result, since it was begun last. */
export interface Direct {
  readonly actor: Actor;
  readonly at: number;
  sends: number;
  /** By recipient, how often it came. */
  readonly arrived: Map<string, number>;
  /** Its transport said that it is sent. */
  isTaken: boolean;
  /** Somebody sent it who had begun it before its process was suspended: that is not judged. */
  isStale: boolean;
}

/** One message for one destination. */
export interface LegRow {
  readonly leg: Leg;
  readonly claims: Claims;
  readonly place: OutboundPlan | undefined;
  /** What it tells of: the message that caused it, and which of its events. */
  readonly about: string;
  state: 'waiting' | 'done' | 'parked' | 'failed' | 'dropped';
  /** What comes later in its line does not wait for it. */
  isOutOfLine: boolean;
  /** By recipient, how often it came. */
  readonly arrived: Map<string, number>;
  /** Missing where it was published. */
  direct: Direct | undefined;
  /** The id of the reply that the journal has. */
  reply: string | undefined;
}

export function legRowOf(leg: Leg, place: OutboundPlan | undefined, bench: Bench): LegRow {
  return {
    leg,
    claims: new Claims(leg.message.id, bench),
    place,
    about: aboutOf(leg.entry, leg.message.body),
    state: 'waiting',
    isOutOfLine: false,
    arrived: new Map(),
    direct: undefined,
    reply: undefined,
  };
}

/** Whether this process may have begun it before it stood still: then what it does is of no effect. */
export function isStale(actor: Actor, { actor: beginner, at }: Direct): boolean {
  return actor.resumedAt > (beginner === actor ? at : -1);
}

export function countIn(arrived: Map<string, number>, recipient: string): number {
  const times = (arrived.get(recipient) ?? 0) + 1;
  arrived.set(recipient, times);
  return times;
}

/** The id that the far side gives to what tells of this. */
export const receiptOf = (about: string): string => `receipt of ${about}`;

/** The id that its sender makes of it. */
export const referenceTo = (about: string): string => `reference to ${about}`;

/** What a message of ours tells of, in words that are the same in every run of a seed. */
export function aboutOf(entry: string, body: Uint8Array): string {
  const { cause, n, answer, failed } = JSON.parse(Buffer.from(body).toString()) as Readonly<Record<string, string | number>>;
  if (failed !== undefined) return `${entry}:${failed}:refusal`;
  return answer === undefined ? `${entry}:${cause}#${n}` : `${entry}:${answer}:answer`;
}
