import type {
  BusinessKeys,
  ClaimToken,
  FailedAttempt,
  Failure,
  InboundFacts,
  JournalDirection,
  JournalEntry,
  JournalRow,
  JournalState,
  KnownReport,
  Message,
  Principal,
  RecipientOutcome,
  ReplayedMark,
} from '@waybill/contract';
import type { Owner } from './owners.ts';

/** Where a row stands: the entry in one direction, as far as rows know it. */
export interface Place {
  readonly direction: JournalDirection;
  readonly entry: string;
  readonly rows: ReadonlyMap<string, Row>;
  /** How many rows are claimed, or begun. */
  inHand: number;
  setState(row: Row, state: JournalState): void;
  /** Gives an unfinished row its place in the line of its order key, and hands it out when it is at the front and due. */
  enter(row: Row, now: number): void;
  /** Makes a row known to those who claim, if it is theirs to claim. */
  offer(row: Row, now: number): void;
  /** Takes the row out of the line of its key; what stood behind it is due from now on. */
  leave(row: Row, now: number): void;
  remove(row: Row): void;
}

/** What every row has. A message that is finished at once has no more than this: a journal holds far more of these than of all others. */
export class Row {
  readonly seq: number;
  readonly lane: Place;
  readonly id: string;
  readonly recordedAt: number;
  changedAt: number;
  state: JournalState;
  /** It was dropped, moved away or forgotten. */
  gone = false;
  digest: string;
  readonly trace: string;
  type: string | undefined;
  store: string | undefined;
  orderKey: string | undefined;
  businessKeys: BusinessKeys | undefined;
  /** Missing where nothing is kept. */
  message: Message | undefined;
  reply: Message | undefined;
  /** Missing where nothing had to be tried. */
  work: Work | undefined;

  constructor(seq: number, lane: Place, id: string, at: number, state: JournalState, facts: InboundFacts) {
    this.seq = seq;
    this.lane = lane;
    this.id = id;
    this.recordedAt = at;
    this.changedAt = at;
    this.state = state;
    this.digest = facts.digest;
    this.trace = facts.trace;
    this.type = facts.type;
    this.store = facts.store;
    this.orderKey = facts.orderKey;
    this.businessKeys = facts.businessKeys;
    this.message = undefined;
    this.reply = undefined;
    this.work = undefined;
  }
}

const none: readonly never[] = [];

/** What is known of a row that has to be worked on. */
export class Work {
  /** Not handed out before. */
  due: number;
  attempts = 0;
  unresolved = 0;
  /** Who has claimed it. */
  owner: Owner | undefined = undefined;
  /** Grows with every claim, and when a claim ends without its owner. */
  version = 0;
  /** The claim that was ended last, and how. */
  endedBy: ClaimToken | undefined = undefined;
  endedAs = '';
  /** It stands in the line of its order key. */
  inLine = false;
  /** It was parked, and what follows under its key waits. */
  blocks = false;
  /** A leg that its caller sends; it takes no part in the order. */
  atOnce = false;
  /** Who works on it without a claim. */
  begunBy: readonly Owner[] = none;
  failures: readonly FailedAttempt[] = none;
  principal: Principal | undefined = undefined;
  /** The body as it came, of a message that was edited. */
  original: Uint8Array | undefined = undefined;
  replayed: ReplayedMark | undefined = undefined;
  leg: LegFacts | undefined = undefined;

  constructor(due: number) {
    this.due = due;
  }
}

/** What only a leg has. */
export interface LegFacts {
  readonly event: string;
  readonly cause: string | undefined;
  readonly uncomposed: (Failure & { readonly blocks?: boolean | undefined }) | undefined;
  /** The id it was published with. */
  readonly publication: string | undefined;
  detail: string | undefined;
  receipts: readonly string[];
  recipients: readonly RecipientOutcome[] | undefined;
  reports: readonly KnownReport[];
  /** Those of them that are not raised. */
  unraised: readonly KnownReport[];
}

/** The work of a row, which it gets when there is none yet. */
export function workOf(row: Row): Work {
  row.work ??= new Work(row.changedAt);
  return row.work;
}

export function addFailure(row: Row, { code, kind, reason }: Failure, at: number): void {
  const work = workOf(row);
  work.failures = [...work.failures, { code, kind, reason, at }];
}

/** Whether `token` is that of the newest claim of the row. */
export function isNewest(work: Work | undefined, token: ClaimToken): boolean {
  return work?.owner?.number === token.owner && work.version === token.version;
}

/** Whether an earlier call has told that this claim ended so. */
export function isRepeated(work: Work | undefined, token: ClaimToken, outcome: string): boolean {
  const { endedBy, endedAs } = work ?? {};
  return endedBy !== undefined && endedBy.owner === token.owner && endedBy.version === token.version && endedAs === outcome;
}

/** What a listing shows of a row. */
export function listed(row: Row): JournalRow {
  const { seq, lane, id, type, state, store, trace, orderKey, recordedAt, changedAt, work } = row;
  const { direction, entry } = lane;
  const { event, cause } = work?.leg ?? {};
  const last = state === 'done' ? undefined : work?.failures.at(-1);
  return {
    seq,
    direction,
    entry,
    id,
    type,
    event,
    state,
    store,
    cause,
    trace,
    orderKey,
    recordedAt,
    changedAt,
    attempts: work?.attempts ?? 0,
    code: last?.code,
    reason: last?.reason,
  };
}

/** What the desk shows of one row. */
export function shown(row: Row): JournalEntry {
  const { businessKeys = {}, message, reply, work } = row;
  const { detail, recipients, reports = [], uncomposed } = work?.leg ?? {};
  return {
    ...listed(row),
    businessKeys,
    message,
    reply,
    detail,
    recipients,
    reports,
    failures: work?.failures ?? [],
    original: work?.original,
    replayed: work?.replayed,
    uncomposed: uncomposed && true,
  };
}
