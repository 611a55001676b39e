import type { Leg, OutboxJob, OutboxStep, Recorded } from '@waybill/contract';
import type { OutboundPlan, Scenario } from '../chance/scenario.ts';
import type { Actor, Bench } from './bench.ts';
import { Claims } from './claims.ts';

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
}

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

  constructor({ outbound }: Scenario, bench: Bench) {
    this.#bench = bench;
    this.#places = new Map(outbound.map((place) => [place.name, place]));
  }

  recorded(legs: readonly Leg[]): void {
    for (const leg of legs) {
      const id = keyOf(leg.entry, leg.message.id);
      if (this.rows.has(id)) continue;
      const claims = new Claims(leg.message.id, this.#bench);
      const place = this.#places.get(leg.entry);
      const row: LegRow = {
        leg,
        claims,
        place,
        about: aboutOf(leg.entry, leg.message.body),
        state: 'waiting',
        isOutOfLine: false,
        arrived: new Map(),
      };
      this.rows.set(id, row);
      const line = lineOf(row);
      if (line !== undefined) this.#lines.set(line, [...(this.#lines.get(line) ?? []), row]);
    }
  }

  claimed(actor: Actor, { leg, token }: OutboxJob, at: number): void {
    const row = this.rows.get(keyOf(leg.entry, leg.message.id));
    if (!row) return this.#bench.violated('nothing lost', `${actor.name} got a leg for ${leg.entry} that nobody has recorded`);
    if (row.state !== 'waiting')
      this.#bench.violated('nothing doubled', `${row.about} is ${row.state} and was handed out again to ${actor.name}`);
    row.claims.begin({ actor, token, at });
  }

  settledStep(actor: Actor, { entry, id, token, ending }: OutboxStep, { outcome }: Recorded<unknown>): void {
    const row = this.rows.get(keyOf(entry, id));
    if (!row || outcome !== 'recorded' || row.claims.end(token, ending.outcome, actor)) return;
    if (row.state === 'done')
      this.#bench.violated('nothing doubled', `${actor.name} recorded "${ending.outcome}" for ${row.about}, which is sent`);
    if (ending.outcome === 'sent') {
      row.state = 'done';
      const recipients = row.place?.isSplit ? 2 : 1;
      const refused = ending.recipients?.filter((one) => one.outcome === 'refused').length ?? 0;
      if (row.arrived.size + refused < recipients)
        this.#bench.violated(
          'nothing lost',
          `${row.about} was recorded as sent, and came to ${row.arrived.size} of ${recipients} recipients`,
        );
    }
    if (ending.outcome === 'parked') {
      row.state = 'parked';
      if (!ending.blocks) row.isOutOfLine = true;
    }
    if (ending.outcome === 'failed') row.state = 'failed';
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
    if (actor.resumedAt <= (row.claims.newest?.at ?? 0) && row.claims.newest?.actor === actor) this.#judgeStart(sending);
    this.#sendings.add(sending);
    return sending;
  }

  over(sending: Sending): void {
    this.#sendings.delete(sending);
  }

  died(actor: Actor): void {
    for (const one of this.#sendings) if (one.actor === actor) this.#sendings.delete(one);
  }

  /** The far side got it. */
  arrived(entry: string, recipient: string, id: string, body: Uint8Array): void {
    const about = aboutOf(entry, body);
    const ids = this.#told.get(about) ?? new Set();
    this.#told.set(about, ids.add(id));
    // A message that is refused again, as after a replay, is refused by another message.
    if (ids.size > 1 && !about.endsWith(':refusal')) this.#bench.violated('nothing doubled', `${about} came under ${ids.size} ids`);
    const row = this.rows.get(keyOf(entry, id));
    row?.arrived.set(recipient, (row.arrived.get(recipient) ?? 0) + 1);
  }

  /** Under how many ids the far side got this. */
  idsOf(about: string): number {
    return this.#told.get(about)?.size ?? 0;
  }

  #judgeStart({ row, actor }: Sending): void {
    const { place } = row;
    if (!place) return;
    const beside = [...this.#sendings].filter((one) => one.actor === actor && one.row.place === place);
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

/** What a message of ours tells of, in words that are the same in every run of a seed. */
export function aboutOf(entry: string, body: Uint8Array): string {
  const { cause, n, answer, failed } = JSON.parse(Buffer.from(body).toString()) as Readonly<Record<string, string | number>>;
  if (failed !== undefined) return `${entry}:${failed}:refusal`;
  return answer === undefined ? `${entry}:${cause}#${n}` : `${entry}:${answer}:answer`;
}
