import { has, MQC, type Outcome } from '../mqi.ts';
import type { Attributes } from './attributes.ts';
import type { Message } from './message.ts';

/** A get that waits for a message. */
export interface Waiter {
  /** Looks at the queue again; undefined while there is still nothing for it. */
  readonly look: () => Outcome | undefined;
  readonly end: (outcome: Outcome) => void;
}

/** How a queue is open: the options of each handle. */
export interface Opening {
  readonly options: number;
}

/** A local queue. Messages of open units of work are not in `available`: neither those got nor those put. */
export class Queue {
  readonly name: string;
  attributes: Attributes;
  /** In the order in which they are got. */
  readonly available: Message[] = [];
  readonly waiters = new Set<Waiter>();
  readonly openings = new Set<Opening>();
  /** Messages put in open units; they count in the depth, nobody can see them. */
  uncommitted = 0;
  /** No message that can be got expires before, in milliseconds since 1970. */
  #earliestExpiry = Number.POSITIVE_INFINITY;
  /** Made from a model for one handle; no crash survives it. */
  readonly isTemporary: boolean;
  /** Whoever has it open still is told so. */
  isDeleted = false;

  constructor(name: string, attributes: Attributes, isTemporary = false) {
    this.name = name;
    this.isTemporary = isTemporary;
    this.attributes = attributes;
  }

  get depth(): number {
    return this.available.length + this.uncommitted;
  }

  /** Puts a message into its place, which is its old one when it was got and given back. */
  add(message: Message): void {
    let [low, high] = [0, this.available.length];
    // Most messages belong behind all others.
    const last = this.available[high - 1];
    if (last !== undefined && this.comesBefore(last, message)) low = high;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const other = this.available[middle];
      if (other !== undefined && this.comesBefore(other, message)) low = middle + 1;
      else high = middle;
    }
    this.available.splice(low, 0, message);
    this.#earliestExpiry = Math.min(this.#earliestExpiry, message.expiresAt ?? Number.POSITIVE_INFINITY);
  }

  /** Removes what has expired. Cheap while nothing has, since every look at the queue begins with it. */
  takeExpired(now: number): readonly Message[] {
    if (this.#earliestExpiry > now) return [];
    const expired = this.available.filter(({ expiresAt = Number.POSITIVE_INFINITY }) => expiresAt <= now);
    for (const message of expired) this.remove(message);
    this.#earliestExpiry = this.available.reduce((least, { expiresAt }) => Math.min(least, expiresAt ?? least), Number.POSITIVE_INFINITY);
    return expired;
  }

  remove(message: Message): void {
    const index = this.available.indexOf(message);
    if (index >= 0) this.available.splice(index, 1);
  }

  comesBefore(one: Message, other: Message): boolean {
    const byPriority = this.attributes.sequence === 'priority' ? other.descriptor.Priority - one.descriptor.Priority : 0;
    return byPriority === 0 ? one.order < other.order : byPriority < 0;
  }

  /** Lets those who wait look again, in the order in which they began to. */
  wake(): void {
    for (const waiter of this.waiters) {
      const outcome = waiter.look();
      if (outcome !== undefined) waiter.end(outcome);
    }
  }

  endWaits(outcome: Outcome): void {
    for (const waiter of this.waiters) waiter.end(outcome);
  }

  /** How many handles have it open for getting, or for putting. */
  openCount(kind: 'input' | 'output'): number {
    const flags = kind === 'input' ? inputFlags : MQC.MQOO_OUTPUT;
    return [...this.openings].filter(({ options }) => has(options, flags)).length;
  }
}

export const inputFlags = MQC.MQOO_INPUT_SHARED | MQC.MQOO_INPUT_EXCLUSIVE | MQC.MQOO_INPUT_AS_Q_DEF;
