import type { InboundPlan, MessagePlan } from '../chance/scenario.ts';
import type { Actor, Bench } from './bench.ts';
import { Claims } from './claims.ts';

export type Result = 'done' | 'retryable' | 'final';

/** A message while it is in the hands of a process that got it from a far side. */
export interface HandOut {
  readonly actor: Actor;
  readonly at: number;
  /** Its transport has taken it back. */
  isLost: boolean;
}

/** One inbound message, as far as it is known. */
export class InboundRow {
  readonly plan: MessagePlan;
  readonly entry: InboundPlan;
  readonly claims: Claims;
  readonly handOuts = new Set<HandOut>();
  /** What the journal said last. */
  state: 'unknown' | 'waiting' | 'stored' | 'done' | 'parked' | 'dropped' = 'unknown';
  /** It has no place in the order (any more): what comes later does not wait for it. */
  isOutOfLine = false;
  /** Its sender was told that it is not taken, or has given up. */
  isRefused = false;
  doneAt = 0;
  /** Since the last replay. */
  timesHandedOut = 0;
  timesFailed = 0;
  /** How the last handler of each process ended. */
  readonly lastResults = new Map<Actor, Result>();
  successes = 0;
  wasDropped = false;

  constructor(plan: MessagePlan, entry: InboundPlan, bench: Bench) {
    this.plan = plan;
    this.entry = entry;
    this.claims = new Claims(plan.id, bench);
  }

  /** What comes later in its line may be worked on. */
  get isOver(): boolean {
    return this.isOutOfLine || this.isRefused || this.state === 'done' || this.state === 'dropped';
  }

  /** The earliest moment from which this process has had it in hand without a break; undefined when it has not got it. */
  heldSince(actor: Actor): number | undefined {
    const held = [...this.handOuts].filter((one) => one.actor === actor).map(({ at }) => at);
    const claim = this.claims.newest;
    if (claim?.actor === actor) held.push(claim.at);
    return held.length === 0 ? undefined : Math.min(...held);
  }

  /** Nobody knows it any more: when it comes again, it is another one, and its tokens begin anew. */
  drop(): void {
    this.state = 'dropped';
    this.wasDropped = true;
    this.isOutOfLine = true;
    this.claims.forget();
  }

  /** Attempts count from the beginning again. */
  startAnew(): void {
    this.timesHandedOut = 0;
    this.timesFailed = 0;
    this.lastResults.clear();
  }
}
