import type { ClaimToken, EntryKey, Failure, Leg, Message, OutboxJob, OutboxStep, Recorded } from '@waybill/contract';
import type { OutboundPlan, Scenario } from '../chance/scenario.ts';
import type { Actor, Bench } from './bench.ts';
import { aboutOf, countIn, type Direct, isStale, type LegRow, legRowOf } from './leg-row.ts';

/** A send that has begun. */
export interface Sending {
  readonly row: LegRow;
  readonly actor: Actor;
}

/** What is known of messages that go out. */
export class OutboundBook {
  readonly rows = new Map<string, LegRow>();
  readonly #places: ReadonlyMap<string, OutboundPlan>;
  readonly #bench: Bench;
  readonly #lines = new Map<string, LegRow[]>();
  readonly #sendings = new Set<Sending>();
  /** By what it tells of: the ids under which it came. */
  readonly #told = new Map<string, Set<string>>();
  /** Replies that a process was given too late for their requests and has not recorded yet. */
  readonly #late = new Map<string, Actor>();

  constructor({ outbound }: Scenario, bench: Bench) {
    this.#bench = bench;
    this.#places = new Map(outbound.map((place) => [place.name, place]));
  }

  recorded(legs: readonly Leg[]): void {
    for (const leg of legs) {
      const id = keyOf(leg.entry, leg.message.id);
      if (this.rows.has(id)) continue;
      const row = legRowOf(leg, this.#places.get(leg.entry), this.#bench);
      this.rows.set(id, row);
      const line = lineOf(row);
      if (line !== undefined) this.#lines.set(line, [...(this.#lines.get(line) ?? []), row]);
    }
  }

  /** A process sends it at once, because its caller waits. It takes no part in the order. */
  begun(actor: Actor, leg: Leg, { token, at }: { readonly token: ClaimToken; readonly at: number }): void {
    const id = keyOf(leg.entry, leg.message.id);
    const row = this.rows.get(id) ?? legRowOf(leg, this.#places.get(leg.entry), this.#bench);
    if (row.state === 'done') this.#bench.violated('sent once', `${row.about} is sent and was begun again by ${actor.name}`);
    this.rows.set(id, row);
    row.claims.begin({ actor, token, at });
    row.state = 'waiting';
    row.isOutOfLine = true;
    row.direct = { actor, at, sends: 0, arrived: new Map(), isTaken: false, isStale: false };
  }

  claimed(actor: Actor, { leg, token }: OutboxJob, at: number): void {
    const row = this.rows.get(keyOf(leg.entry, leg.message.id));
    if (!row) return this.#bench.violated('nothing lost', `${actor.name} got a leg for ${leg.entry} that nobody has recorded`);
    if (row.direct) return this.#bench.violated('sent once', `${row.about} was sent at once, and was handed out to ${actor.name}`);
    if (row.state !== 'waiting')
      this.#bench.violated('nothing doubled', `${row.about} is ${row.state} and was handed out again to ${actor.name}`);
    row.claims.begin({ actor, token, at });
  }

  settledStep(actor: Actor, { entry, id, token, ending }: OutboxStep, { outcome }: Recorded<unknown>): void {
    const row = this.rows.get(keyOf(entry, id));
    if (!row || outcome !== 'recorded' || row.claims.end(token, ending.outcome, actor)) return;
    if (row.state === 'done')
      this.#bench.violated('nothing doubled', `${actor.name} recorded "${ending.outcome}" for ${row.about}, which is sent`);
    if (ending.outcome === 'sent') this.#sent(row, ending);
    if (ending.outcome === 'parked') {
      row.state = 'parked';
      if (!ending.blocks) row.isOutOfLine = true;
    }
    if (ending.outcome === 'failed') this.#failed(row, ending.failure);
  }

  replayed(entry: string, id: string): void {
    const row = this.rows.get(keyOf(entry, id));
    if (row?.state === 'parked') row.state = 'waiting';
  }

  dropped(entry: string, id: string): void {
    const row = this.rows.get(keyOf(entry, id));
    if (row) row.state = 'dropped';
  }

  sending(actor: Actor, entry: string, id: string): Sending | undefined {
    const row = this.rows.get(keyOf(entry, id));
    if (!row) {
      this.#bench.violated('nothing doubled', `${actor.name} sends to ${entry} under an id that the journal does not have`);
      return undefined;
    }
    const sending = { row, actor };
    if (row.direct) this.#judgeDirect(sending, row.direct);
    else if (actor.resumedAt <= (row.claims.newest?.at ?? 0) && row.claims.newest?.actor === actor) this.#judgeStart(sending);
    this.#sendings.add(sending);
    return sending;
  }

  over(sending: Sending): void {
    this.#sendings.delete(sending);
  }

  died(actor: Actor): void {
    for (const one of this.#sendings) if (one.actor === actor) this.#sendings.delete(one);
    for (const [reply, one] of this.#late) if (one === actor) this.#late.delete(reply);
  }

  /** The transport says that the far side has it. */
  taken({ row, actor }: Sending): void {
    if (row.direct?.actor === actor && actor.suspendedAt < row.direct.at) row.direct.isTaken = true;
  }

  /** The far side got it. */
  arrived(entry: string, recipient: string, id: string, body: Uint8Array): void {
    const about = aboutOf(entry, body);
    const ids = this.#told.get(about) ?? new Set();
    this.#told.set(about, ids.add(id));
    // A message that is refused again, as after a replay, is refused by another message.
    if (ids.size > 1 && !about.endsWith(':refusal')) this.#bench.violated('nothing doubled', `${about} came under ${ids.size} ids`);
    const row = this.rows.get(keyOf(entry, id));
    if (!row) return;
    countIn(row.arrived, recipient);
    if (row.direct && countIn(row.direct.arrived, recipient) > 1 && !row.direct.isStale)
      this.#bench.violated('sent once', `${about} was sent at once, and came to ${recipient} more than once`);
  }

  /** A process is given a reply whose request is over. */
  cameLate(actor: Actor, reply: string): void {
    this.#late.set(reply, actor);
  }

  /** The journal has recorded such a reply, or has one already. */
  answered({ entry, id }: EntryKey, reply: Message): void {
    this.#late.delete(reply.id);
    const row = this.rows.get(keyOf(entry, id));
    if (row) row.reply ??= reply.id;
  }

  /** The process has stopped in an orderly way. */
  stopped(actor: Actor): void {
    for (const [reply, one] of this.#late)
      if (one === actor) this.#bench.violated('nothing lost', `${actor.name} has stopped, and has not recorded the ${reply}`);
  }

  /** What is not recorded yet. */
  unfinished(): readonly string[] {
    return [...this.#late].map(([reply, { name }]) => `${name} has not recorded the ${reply}`);
  }

  rowOf({ entry, id }: EntryKey): LegRow | undefined {
    return this.rows.get(keyOf(entry, id));
  }

  /** Under how many ids the far side got this. */
  idsOf(about: string): number {
    return this.#told.get(about)?.size ?? 0;
  }

  #sent(row: LegRow, { recipients = [], reply }: Extract<OutboxStep['ending'], { readonly outcome: 'sent' }>): void {
    row.state = 'done';
    // What the caller was given stays, also where a second reply was recorded first.
    row.reply = reply?.id ?? row.reply;
    const wanted = row.place?.isSplit ? 2 : 1;
    // Whoever sends at once is told what became of each recipient, and nothing is tried again.
    const without = recipients.filter(({ outcome }) => outcome === 'refused' || (row.direct && outcome !== 'sent')).length;
    const { arrived } = row.direct ?? row;
    if (arrived.size + without < wanted)
      this.#bench.violated('nothing lost', `${row.about} was recorded as sent, and came to ${arrived.size} of ${wanted} recipients`);
  }

  #failed(row: LegRow, { code }: Failure): void {
    row.state = 'failed';
    if (row.direct?.isTaken && code !== 'WB_REQUEST_UNEXPECTED_REPLY')
      this.#bench.violated('told honestly', `${row.about} was recorded as failed (${code}), and its transport says that it is sent`);
  }

  #judgeDirect({ row, actor }: Sending, direct: Direct): void {
    if (isStale(actor, direct)) {
      direct.isStale = true;
      return;
    }
    if (actor !== direct.actor)
      this.#bench.violated('sent once', `${actor.name} sends ${row.about}, which ${direct.actor.name} was to send at once`);
    if (++direct.sends > 1) this.#bench.violated('sent once', `${actor.name} sends ${row.about} at once for the ${direct.sends}th time`);
  }

  #judgeStart({ row, actor }: Sending): void {
    const { place } = row;
    if (!place) return;
    const beside = [...this.#sendings].filter((one) => one.actor === actor && one.row.place === place && !one.row.direct);
    const most = place.order === 'serial' ? 1 : place.concurrency;
    if (beside.length >= most)
      this.#bench.violated('concurrency', `${actor.name} sends ${row.about} beside ${beside.length} others, at most ${most} may be`);
    const line = lineOf(row);
    if (line === undefined || row.isOutOfLine) return;
    for (const earlier of this.#lines.get(line) ?? []) {
      if (earlier === row) return;
      if (earlier.state === 'waiting' && !earlier.isOutOfLine)
        this.#bench.violated('order', `${actor.name} sends ${row.about} before ${earlier.about}`);
      if (earlier.state === 'parked' && !earlier.isOutOfLine)
        this.#bench.violated('order', `${actor.name} sends ${row.about} behind ${earlier.about}, which is parked and blocks`);
    }
  }
}

function lineOf({ leg }: LegRow): string | undefined {
  return leg.orderKey === undefined ? undefined : `${leg.entry}/${leg.orderKey}`;
}

function keyOf(entry: string, id: string): string {
  return `${entry} ${id}`;
}
