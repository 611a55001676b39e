import type { InboundFacts, InboxStep, LeaseToken, Recorded, Settlement } from '@waybill/contract';
import type { InboundPlan, Scenario } from '../chance/scenario.ts';
import type { Actor, Bench } from './bench.ts';
import type { Claim } from './claims.ts';
import { type HandOut, InboundRow, type Result } from './inbound-row.ts';

/** A handler at work. */
export interface Run {
  readonly row: InboundRow;
  readonly actor: Actor;
  readonly line: string | undefined;
  readonly at: number;
  /** It has what it works on since before its process was suspended: what it does is of no effect. */
  readonly isStale: boolean;
}

/** What is known of inbound messages. */
export class InboundBook {
  readonly rows = new Map<string, InboundRow>();
  /** Settlements that are on their way. */
  readonly late = new Set<{ readonly actor: Actor }>();
  readonly #entries: ReadonlyMap<string, InboundPlan>;
  readonly #bench: Bench;
  readonly #lines = new Map<string, InboundRow[]>();
  readonly #runs = new Set<Run>();
  readonly #leases = new Map<string, LeaseToken>();

  constructor({ inbound }: Scenario, bench: Bench) {
    this.#bench = bench;
    this.#entries = new Map(inbound.map((entry) => [entry.name, entry]));
  }

  /** A far side hands a message over for the first time. */
  sent(plan: InboundRow['plan']): InboundRow {
    const entry = this.#entries.get(plan.entry) as InboundPlan;
    const row = new InboundRow(plan, entry, this.#bench);
    this.rows.set(plan.id, row);
    const line = lineOf(row);
    if (line !== undefined) this.#lines.set(line, [...(this.#lines.get(line) ?? []), row]);
    return row;
  }

  /** A transport hands it to a process; `at`: the step at which it did, also when the process was suspended then. */
  handedOut(actor: Actor, id: string, at: number): HandOut | undefined {
    const row = this.rows.get(id);
    if (!row) return undefined;
    const handOut: HandOut = { actor, at, isLost: false };
    row.handOuts.add(handOut);
    row.timesHandedOut++;
    row.lastResults.delete(actor);
    return handOut;
  }

  /**
   * Its transport has taken it back, and hands it out again. Where every process stores, another one may have stored meanwhile what came
   * behind it: the order is that of the commits, and the message has lost its place.
   */
  takenBack(handOut: HandOut, id: string): void {
    handOut.isLost = true;
    const row = this.rows.get(id);
    if (row?.entry.accept === 'stored' && handOut.actor.state !== 'dead') row.isOutOfLine = true;
  }

  /** What the kernel tells the transport about it. */
  settled(actor: Actor, id: string, handOut: HandOut | undefined, { outcome }: Settlement): void {
    const row = this.rows.get(id);
    if (!row || !handOut) return;
    row.handOuts.delete(handOut);
    const isKept = row.state === 'stored' || row.state === 'done' || row.state === 'parked' || row.wasDropped;
    const isTold = outcome === 'rejected' && row.entry.transport === 'waiting';
    if ((outcome === 'accepted' || outcome === 'rejected') && !isKept && !isTold)
      this.#bench.violated('nothing lost', `${actor.name} told that ${id} is ${outcome}, and the journal has it as ${row.state}`);
  }

  /** The application could not tell its order key, so that it has none. */
  withoutKey(id: string): void {
    const row = this.rows.get(id);
    if (row) row.isOutOfLine = true;
  }

  started(actor: Actor, id: string): Run | undefined {
    const row = this.rows.get(id);
    if (!row) return undefined;
    const since = row.heldSince(actor) ?? 0;
    const isStale = actor.resumedAt > since;
    const run = { row, actor, line: row.isOutOfLine ? undefined : lineOf(row), at: this.#bench.next(), isStale };
    if (!isStale) this.#judgeStart(run, since);
    this.#runs.add(run);
    return run;
  }

  ended(run: Run, result: Result): void {
    // Also the work of a handler whose signal aborted may count: the kernel that stops records it while it can.
    if (result === 'done') run.row.successes++;
    if (this.#runs.delete(run)) run.row.lastResults.set(run.actor, result);
  }

  /** The process is no more, or nobody waits for the handler any more. */
  over(run: Run): void {
    this.#runs.delete(run);
  }

  /** The process is no more: nothing that it had in hand is. */
  died(actor: Actor): void {
    for (const run of this.#runs) if (run.actor === actor) this.#runs.delete(run);
    for (const row of this.rows.values()) for (const one of row.handOuts) if (one.actor === actor) row.handOuts.delete(one);
  }

  leased(entry: string, token: LeaseToken): void {
    this.#leases.set(entry, token);
  }

  stored(id: string, facts: Pick<InboundFacts, 'orderKey'>): void {
    const row = this.rows.get(id);
    if (!row) return;
    row.state = 'stored';
    if (facts.orderKey === undefined) row.isOutOfLine = true;
  }

  claimed(actor: Actor, id: string, claim: Omit<Claim, 'actor'>): void {
    const row = this.rows.get(id);
    if (!row) return;
    if (row.state === 'done') this.#bench.violated('nothing doubled', `${id} is done and was handed out again to ${actor.name}`);
    row.claims.begin({ actor, ...claim });
    row.timesHandedOut++;
    row.lastResults.delete(actor);
  }

  /** The journal has answered a step that ends an attempt. */
  settledStep(actor: Actor, step: InboxStep, { outcome }: Recorded<unknown>): void {
    const row = this.rows.get(step.id);
    if (!row || outcome !== 'recorded') return;
    if (step.lease) this.#judgeLease(actor, step, step.lease);
    const { token, ending } = step;
    if (token ? row.claims.end(token, ending.outcome, actor) : this.#isRepeated(row, ending)) return;
    if (!token && ending.outcome !== 'again') row.claims.close();
    if (row.state === 'done')
      this.#bench.violated('nothing doubled', `${actor.name} recorded "${ending.outcome}" for ${step.id}, which is done`);
    switch (ending.outcome) {
      case 'done':
        if (row.successes === 0) this.#bench.violated('nothing lost', `${step.id} was recorded as done, and no handler has succeeded`);
        row.state = 'done';
        row.doneAt = this.#bench.next();
        return;
      case 'again':
        return this.#again(row, ending.kept !== undefined, row.lastResults.get(actor));
      case 'parked':
        return this.#parked(row, ending.blocks && step.orderKey !== undefined, ending.failure.code, row.lastResults.get(actor));
      case 'released':
    }
  }

  replayed(id: string): void {
    const row = this.rows.get(id);
    if (row?.state !== 'parked') return;
    row.state = 'stored';
    row.startAnew();
  }

  dropped(id: string): void {
    this.rows.get(id)?.drop();
  }

  /** Messages of which it is not known what becomes of them. */
  unfinished(): readonly string[] {
    const open = [...this.rows.values()].filter(({ state, isRefused }) => state !== 'done' && state !== 'dropped' && !isRefused);
    const late = [...this.late].some(({ actor }) => actor.state !== 'dead') ? ['a settlement is on its way'] : [];
    return [...open.map(({ plan, state }) => `the journal has ${plan.id} as ${state}`), ...late];
  }

  #judgeStart({ row, actor, line }: Run, since: number): void {
    const { plan, entry } = row;
    if (row.state === 'done' && since > row.doneAt)
      this.#bench.violated('nothing doubled', `${plan.id} is done, came to ${actor.name} after that, and is worked on again`);
    const beside = [...this.#runs].filter((one) => one.actor === actor && one.row.entry === entry && !one.isStale);
    const most = entry.order === 'serial' ? 1 : entry.concurrency;
    if (beside.length >= most)
      this.#bench.violated(
        'concurrency',
        `${actor.name} works on ${[plan, ...beside.map((one) => one.row.plan)].map(({ id }) => id).join(', ')} of ${entry.name}, at most ${most} may be`,
      );
    if (line === undefined) return;
    // A handler at work while its process stood still goes on when that goes on; others may have taken over its message meanwhile.
    const isWell = ({ actor: one, at, isStale }: Run): boolean => !isStale && one.state === 'running' && one.resumedAt < at;
    const same = [...this.#runs].find((one) => one.line === line && one.row !== row && isWell(one));
    if (same)
      this.#bench.violated('order', `${actor.name} works on ${plan.id} while ${same.actor.name} works on ${same.row.plan.id}, of one key`);
    for (const earlier of this.#lines.get(line) ?? []) {
      if (earlier === row) return;
      if (!earlier.isOver)
        this.#bench.violated('order', `${actor.name} works on ${plan.id} before ${earlier.plan.id}, which is ${earlier.state}`);
    }
  }

  #judgeLease(actor: Actor, { id, entry, ending }: InboxStep, { owner, version }: LeaseToken): void {
    const newest = this.#leases.get(entry);
    if (newest && (newest.owner !== owner || newest.version !== version))
      this.#bench.violated('fencing', `${actor.name} recorded "${ending.outcome}" for ${id} without the newest lease of ${entry}`);
  }

  #isRepeated(row: InboundRow, ending: InboxStep['ending']): boolean {
    return ending.outcome === 'parked' && row.state === 'parked';
  }

  #again(row: InboundRow, isKept: boolean, result: Result | undefined): void {
    row.timesFailed++;
    if (isKept || row.state === 'stored') row.state = 'stored';
    else row.state = 'waiting';
    const { attempts, transport } = row.entry;
    if (result === 'final') this.#bench.violated('attempts', `${row.plan.id} failed for good and is to be tried again`);
    // Two processes may have it at the same time, and count each failure of the other one as their own.
    if (transport !== 'waiting' && row.timesFailed > 2 * attempts + 2)
      this.#bench.violated('attempts', `${row.plan.id} failed ${row.timesFailed} times, ${attempts} are allowed`);
  }

  #parked(row: InboundRow, blocks: boolean, code: string, result: Result | undefined): void {
    row.state = 'parked';
    if (!blocks) row.isOutOfLine = true;
    if (result === 'retryable' && code !== 'WB_ATTEMPTS_SPENT' && row.timesHandedOut < row.entry.attempts)
      this.#bench.violated('attempts', `${row.plan.id} was parked (${code}) after ${row.timesHandedOut} of ${row.entry.attempts} attempts`);
  }
}

function lineOf({ plan, entry }: InboundRow): string | undefined {
  if (entry.order === 'parallel') return undefined;
  return entry.order === 'serial' ? entry.name : `${entry.name}/${plan.key}`;
}
