import type { Failure, InboundFacts, JournalDirection, JournalState, KnownReport, Leg } from '@waybill/contract';
import type { Clock } from '../../tools/clock.ts';
import { Ring } from '../lists/ring.ts';
import { Sequence } from '../lists/sequence.ts';
import { ControlState } from './control-state.ts';
import { ReplaySets } from './desk/replay-sets.ts';
import { journalErrors } from './errors.ts';
import { Lane } from './lane.ts';
import { type Owner, Owners } from './owners.ts';
import { addFailure, Row, type Work, workOf } from './row.ts';

interface Publication {
  readonly id: string;
  readonly at: number;
  legs: number;
  /** Only its legs keep it. */
  isOld: boolean;
}

interface Unchanged {
  readonly row: Row;
  readonly since: number;
}

const { code, kind = 'unavailable' } = journalErrors.WB_MEMORY_JOURNAL_SENDER_GONE;
const senderGone: Failure = { code, kind, reason: 'Whoever sent it ended before it was known how the send ended.' };

const none: readonly never[] = [];

/** What all who have the journal open share. */
export class SharedState {
  readonly lanes = { in: new Map<string, Lane>(), out: new Map<string, Lane>() };
  readonly rows = new Sequence<Row>((row) => !row.gone);
  readonly owners = new Owners();
  readonly control = new ControlState();
  readonly replays = new ReplaySets();
  readonly watchers = new Set<{ readonly by: unknown; readonly wake: () => void }>();
  readonly publications = new Map<string, Publication>();
  /** In the order of their recording: those that no leg needs go when they are old. */
  readonly oldPublications = new Ring<Publication>();
  /** Reports about messages that nobody knows, by their ids. */
  readonly reports = new Map<string, KnownReport>();
  /** Legs by the ids by which reports speak of them. */
  readonly receipts = new Map<string, Row>();
  /** Legs with reports that are not raised, in the order of their reports. */
  readonly unraised = new Set<Row>();
  /** Those of them that would have been forgotten. */
  readonly keptForReports = new Set<Row>();
  /** What is done, in the order of its end. */
  readonly done = new Ring<Row>();
  /** What may be forgotten when nothing becomes of it: failed legs, and counts of messages that their transport keeps. */
  readonly unchanged = new Ring<Unchanged>();
  openings = 0;
  readonly #clock: Pick<Clock, 'now'>;
  #now = 0;
  #lastSeq = 0;

  constructor(clock: Pick<Clock, 'now'>) {
    this.#clock = clock;
  }

  /** The journal's clock never goes back. Owners whose time is over lose what they have. */
  now(): number {
    const now = this.#clock.now();
    if (now > this.#now) this.#now = now;
    if (this.owners.isAnySilent) for (const owner of this.owners.overdue(this.#now)) this.endOwner(owner, { counted: true });
    return this.#now;
  }

  /** What the next row will have. */
  get nextSeq(): number {
    return this.#lastSeq + 1;
  }

  lane(direction: JournalDirection, entry: string): Lane {
    let lane = this.lanes[direction].get(entry);
    if (lane === undefined) {
      lane = new Lane(direction, entry);
      this.lanes[direction].set(entry, lane);
    }
    return lane;
  }

  find(direction: JournalDirection, { entry, id }: { readonly entry: string; readonly id: string }): Row | undefined {
    return this.lanes[direction].get(entry)?.rows.get(id);
  }

  /** Records a new row. One that is to be worked on enters its line when everything about it is set. */
  add(lane: Lane, id: string, at: number, state: JournalState, facts: InboundFacts): Row {
    const row = new Row(++this.#lastSeq, lane, id, at, state, facts);
    lane.add(row);
    this.rows.add(row);
    return row;
  }

  /** Records the legs that are not known yet; answers how many. */
  addLegs(legs: readonly Leg[], at: number, publication?: string): number {
    let added = 0;
    for (const leg of legs) {
      const lane = this.lane('out', leg.entry);
      if (lane.rows.has(leg.message.id)) continue;
      const row = this.newLeg(lane, leg, at, publication);
      if (leg.uncomposed) addFailure(row, leg.uncomposed, at);
      lane.enter(row, at);
      added += 1;
    }
    return added;
  }

  newLeg(lane: Lane, leg: Leg, at: number, publication?: string): Row {
    const { message, event, type, store, cause, trace, orderKey, businessKeys, uncomposed } = leg;
    const facts = { digest: '', trace, type, store, orderKey, businessKeys };
    const row = this.add(lane, message.id, at, uncomposed ? 'parked' : 'waiting', facts);
    row.message = message;
    const work = workOf(row);
    work.blocks = uncomposed?.blocks === true;
    const outcome = { detail: undefined, receipts: none, recipients: undefined, reports: none, unraised: none };
    work.leg = { event, cause, uncomposed, publication, ...outcome };
    return row;
  }

  /** Removes the row for good; what stood behind it goes on. */
  remove(row: Row, now: number): void {
    row.lane.leave(row, now);
    row.lane.remove(row);
    const { publication, receipts = [] } = row.work?.leg ?? {};
    for (const receipt of receipts) if (this.receipts.get(receipt) === row) this.receipts.delete(receipt);
    this.unraised.delete(row);
    this.keptForReports.delete(row);
    const published = publication === undefined ? undefined : this.publications.get(publication);
    if (published === undefined) return;
    published.legs -= 1;
    if (published.legs === 0 && published.isOld) this.publications.delete(published.id);
  }

  addPublication(id: string, at: number, legs: number): void {
    const publication = { id, at, legs, isOld: false };
    this.publications.set(id, publication);
    this.oldPublications.push(publication);
  }

  endClaim(row: Row, work: Work): void {
    if (work.owner === undefined) return;
    work.owner = undefined;
    row.lane.inHand -= 1;
  }

  /** Ends what the owner has begun without a claim; true when it had. */
  endBegun(row: Row, work: Work, owner: Owner): boolean {
    if (!work.begunBy.includes(owner)) return false;
    work.begunBy = work.begunBy.filter((one) => one !== owner);
    row.lane.inHand -= 1;
    return true;
  }

  /** Frees everything that the owner has claimed; `counted`: its hand-outs are counted as unresolved. */
  endOwner(owner: Owner, { counted }: { readonly counted: boolean }): void {
    if (counted) this.owners.unclean = true;
    this.owners.end(owner);
    for (const lane of [...this.lanes.in.values(), ...this.lanes.out.values()]) {
      if (lane.inHand === 0) continue;
      for (const row of lane.rows.values()) if (row.work) this.#free(row, row.work, owner, counted);
    }
    this.wake(undefined);
  }

  /** Wakes those who watch, but not the one by whom something has changed. */
  wake(by: unknown): void {
    for (const watcher of this.watchers) if (watcher.by !== by) watcher.wake();
  }

  #free(row: Row, work: Work, owner: Owner, counted: boolean): void {
    const hasBegun = this.endBegun(row, work, owner);
    const hasClaimed = work.owner === owner;
    if (counted && (hasBegun || hasClaimed)) work.unresolved += 1;
    if (!hasClaimed) return;
    this.endClaim(row, work);
    work.version += 1;
    if (work.atOnce) this.fail(row, this.#now, senderGone);
    else row.lane.offer(row, this.#now);
  }

  /** What is reported of a leg is reported of what it was moved to. */
  moveReports(from: Row, to: Row): void {
    for (const receipt of from.work?.leg?.receipts ?? []) if (this.receipts.get(receipt) === from) this.receipts.set(receipt, to);
    if (this.unraised.delete(from)) this.unraised.add(to);
  }

  /** Puts a row that has ended where it is forgotten some day. */
  mayGo(row: Row): void {
    if (row.state === 'done') this.done.push(row);
    else this.unchanged.push({ row, since: row.changedAt });
  }

  /** Ends a leg that its caller sent. */
  fail(row: Row, now: number, failure: Failure): void {
    addFailure(row, failure, now);
    workOf(row).attempts += 1;
    row.changedAt = now;
    row.lane.setState(row, 'failed');
    this.unchanged.push({ row, since: now });
  }
}
