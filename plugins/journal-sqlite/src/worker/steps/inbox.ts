import type { Owners } from '@waybill/sqlite/thread';
import type { WireMessage } from '../../wire/message.ts';
import type { FactsRow, FoundRow, InboxEndingRow, LeaseRow, Operations, RecordedRow, TokenRow } from '../../wire/operations.ts';
import { counted, done, inbound, kept, parked } from '../../wire/states.ts';
import type { Begun } from '../owners/begun.ts';
import type { Leases } from '../owners/leases.ts';
import { asDamaged } from '../rows/damage.ts';
import { type Changeable, endOfClaim, isNewest, isRepeated, type MessageRow } from '../rows/message-row.ts';
import type { Messages } from '../rows/messages.ts';
import type { Legs } from './legs.ts';

type Ending<Outcome extends InboxEndingRow[0]> = Extract<InboxEndingRow, readonly [Outcome, ...(readonly unknown[])]>;

export interface InboxStep {
  readonly entry: string;
  readonly id: string;
  readonly facts: FactsRow;
  readonly token: TokenRow | null;
}

const recorded = 'recorded';
const notYours = 'not-yours';

/** The steps of inbound messages. */
export class InboxSteps {
  readonly #messages: Messages;
  readonly #legs: Legs;
  readonly #begun: Begun;
  readonly #leases: Leases;
  readonly #owners: Owners;

  constructor(parts: { messages: Messages; legs: Legs; begun: Begun; leases: Leases; owners: Owners }) {
    this.#messages = parts.messages;
    this.#legs = parts.legs;
    this.#begun = parts.begun;
    this.#leases = parts.leases;
    this.#owners = parts.owners;
  }

  find(entry: string, id: string, orderKey: string | null): readonly [FoundRow | null, boolean] {
    const row = this.#messages.find(inbound, entry, id);
    return [this.#found(row), this.#messages.isBlocked(entry, orderKey, row?.seq)];
  }

  begin(entry: string, id: string, facts: FactsRow): void {
    const now = this.#messages.clock.now();
    const row = this.#messages.find(inbound, entry, id) ?? this.#add({ entry, id, facts }, counted, now);
    if (row.state !== counted || !this.#begun.add(row.seq, this.#owners)) return;
    this.#messages.change(row, { ...noted(row, facts), changed_at: now }, now);
  }

  store(entry: string, id: string, facts: FactsRow, message: WireMessage, lease: LeaseRow | null): FoundRow | 'lost' | null {
    if (lease !== null && !this.#leases.holds(lease, this.#owners)) return 'lost';
    const now = this.#messages.clock.now();
    const known = this.#messages.find(inbound, entry, id);
    if (known && known.state !== counted) return this.#found(known);
    const row = known ?? this.#add({ entry, id, facts }, kept, now);
    this.#messages.bodies.putMessage(row.seq, message);
    if (known) {
      const changes = { ...noted(known, facts), digest: facts[0], state: kept, due_at: now, changed_at: now };
      this.#messages.change(known, changes, now);
    }
    return this.#found(known);
  }

  settle(step: InboxStep, ending: InboxEndingRow, lease: LeaseRow | null): RecordedRow<FoundRow> {
    if (lease !== null && !this.#leases.holds(lease, this.#owners)) return notYours;
    if (ending[0] === 'done' && step.token === null && this.#recordNew(step, ending)) return recorded;
    const row = this.#messages.find(inbound, step.entry, step.id);
    const refusal = this.#refusal(row, step, ending[0]);
    if (refusal) return refusal;
    this.#record(row, step, ending, this.#messages.clock.now());
    return recorded;
  }

  /** Most messages are new when they are done: the insert alone tells. */
  #recordNew(step: InboxStep, [, reply, legs, archive]: Ending<'done'>): boolean {
    const now = this.#messages.clock.now();
    const seq = this.#insert(step, done, now);
    if (seq === undefined) return false;
    this.#keepOutcome(seq, reply, archive);
    this.#legs.add(legs, now, null);
    return true;
  }

  /** What a step is answered that is not to be recorded. */
  #refusal(row: MessageRow | undefined, { token, facts }: InboxStep, outcome: string): RecordedRow<FoundRow> | undefined {
    if (row === undefined) return token === null ? undefined : notYours;
    if (token !== null && isRepeated(row, token, outcome)) return recorded;
    if (row.state === done || row.state === parked) return this.#known(row);
    if (token !== null) return isNewest(row, token, this.#owners) ? undefined : notYours;
    if (outcome === 'done' && row.digest !== facts[0]) return this.#known(row);
    const isKept = row.state === kept && (outcome === 'done' || outcome === 'parked');
    return isKept || row.owner !== null ? notYours : undefined;
  }

  #record(known: MessageRow | undefined, step: InboxStep, ending: InboxEndingRow, now: number): void {
    if (ending[0] === 'released' && known === undefined) return;
    const row = known ?? this.#add(step, counted, now);
    // Without a claim, what this opening has begun is over with the attempt.
    if (step.token === null && row.state === counted) this.#begun.end(row.seq, this.#owners);
    const changes: Partial<Changeable> = { ...noted(row, step.facts), ...endOfClaim(step.token, ending[0]) };
    switch (ending[0]) {
      case 'done':
        return this.#done(row, changes, ending, now);
      case 'again':
        return this.#again(row, step, changes, ending, now);
      case 'parked':
        return this.#parked(row, step, changes, ending, now);
      case 'released':
        this.#messages.change(row, { ...changes, due_at: now }, now);
    }
  }

  #done(row: MessageRow, changes: Partial<Changeable>, [, reply, legs, archive]: Ending<'done'>, now: number): void {
    if (archive === null) this.#messages.bodies.removeMessage(row.seq);
    this.#messages.change(row, { ...changes, state: done, changed_at: now, code: null, fault: null, reason: null }, now);
    this.#keepOutcome(row.seq, reply, archive);
    this.#legs.add(legs, now, null);
  }

  #again(row: MessageRow, step: InboxStep, changes: Partial<Changeable>, ending: Ending<'again'>, now: number): void {
    const [, failure, attempts, dueIn, message] = ending;
    // Without a claim, an attempt that is counted already was told of before.
    const isNews = step.token !== null || attempts > row.attempts;
    const failed = isNews ? { ...this.#messages.fail(row, failure, now), attempts, due_at: now + dueIn, changed_at: now } : {};
    const isKept = message !== null && row.state === counted;
    if (isKept) this.#messages.bodies.putMessage(row.seq, message);
    this.#messages.change(row, { ...changes, ...failed, ...(isKept ? { state: kept, digest: step.facts[0] } : {}) }, now);
  }

  #parked(row: MessageRow, step: InboxStep, changes: Partial<Changeable>, ending: Ending<'parked'>, now: number): void {
    const [, failure, attempts, message, blocks, legs] = ending;
    const failed = this.#messages.fail(row, failure, now);
    this.#messages.bodies.putMessage(row.seq, message);
    const parking = { state: parked, digest: step.facts[0], attempts, blocks: Number(blocks), changed_at: now };
    this.#messages.change(row, { ...changes, ...failed, ...parking }, now);
    this.#legs.add(legs, now, null);
  }

  #keepOutcome(seq: number, reply: WireMessage | null, archive: WireMessage | null): void {
    if (reply !== null) this.#messages.bodies.putReply(seq, reply);
    if (archive !== null) this.#messages.bodies.putMessage(seq, archive);
  }

  #insert({ entry, id, facts }: Pick<InboxStep, 'entry' | 'id' | 'facts'>, state: number, now: number): number | undefined {
    const [digest, trace, type, store, order_key, keys] = facts;
    return this.#messages.add({ direction: inbound, entry, id, state, trace, digest, type, store, order_key, keys }, now);
  }

  #add(step: Pick<InboxStep, 'entry' | 'id' | 'facts'>, state: number, now: number): MessageRow {
    const seq = this.#insert(step, state, now);
    const row = seq === undefined ? undefined : this.#messages.bySeq(seq);
    if (row === undefined) throw new TypeError(`The message ${step.entry}/${step.id} was recorded and is not there.`);
    return row;
  }

  #known(row: MessageRow): RecordedRow<FoundRow> {
    return ['known', this.#found(row) as FoundRow];
  }

  #found(row: MessageRow | undefined): FoundRow | null {
    if (row === undefined) return null;
    const { seq, state, attempts, unresolved, digest, trace, code, fault, reason } = row;
    const failure = code === null ? null : ([code, fault ?? 'invalid', reason ?? ''] as const);
    const reply = state === done ? this.#messages.bodies.reply(seq) : null;
    // Answering with something else than the reply would be worse than answering that it is gone.
    if (reply?.isWhole === false) return this.#found(asDamaged(row));
    return { state, attempts, unresolved, digest, trace, failure, reply: reply?.wire ?? null };
  }
}

/** What a later step knows better; the order key stays the one that came first. */
function noted(row: MessageRow, [, , type, store, orderKey, keys]: FactsRow): Partial<Changeable> {
  return { type: type ?? row.type, store: store ?? row.store, order_key: row.order_key ?? orderKey, keys: keys ?? row.keys };
}

export function inboxOperations(inbox: InboxSteps): Pick<Operations, 'find' | 'begin' | 'store' | 'settleInbox'> {
  return {
    find: (entry, id, orderKey) => inbox.find(entry, id, orderKey),
    begin: (entry, id, facts) => inbox.begin(entry, id, facts),
    store: (entry, id, facts, message, lease) => inbox.store(entry, id, facts, message, lease),
    settleInbox: (entry, id, facts, ending, token, lease) => inbox.settle({ entry, id, facts, token }, ending, lease),
  };
}
