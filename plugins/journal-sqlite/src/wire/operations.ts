import type { OwnerFacts } from '@waybill/sqlite';
import type { ByRow, PausedRow, PresentRow, RecordRow, StartedRow, TallyRow } from './control.ts';
import type { BlockedRow, CountRow, ForgottenRow, KeyRow, ListedRow, PageRow, QueryRow, ShownRow } from './desk.ts';
import type { FailureRow, WireMessage } from './message.ts';
import type { ReplayPlanRow, ReplayRow, ReplayStepRow } from './replays.ts';

/**
 * What the threads of the journal can be asked. Arguments and answers cross a thread border: plain values in fixed
 * places, bodies as bytes. `null` stands for what is missing, as in the database.
 */
export interface Operations {
  find(entry: string, id: string, orderKey: string | null): readonly [known: FoundRow | null, blocked: boolean];
  begin(entry: string, id: string, facts: FactsRow): void;
  /** Answers 'lost' when the lease is. */
  store(entry: string, id: string, facts: FactsRow, kept: WireMessage, lease: LeaseRow | null): FoundRow | 'lost' | null;
  claimInbox(...request: ClaimArgs): ClaimedRows<InboxJobRow>;
  settleInbox(
    entry: string,
    id: string,
    facts: FactsRow,
    ending: InboxEndingRow,
    token: TokenRow | null,
    lease: LeaseRow | null,
  ): RecordedRow<FoundRow>;

  publish(legs: readonly LegRow[], id: string | null, raises: ReportKeyRow | null): boolean;
  /** `receipts` as JSON. */
  beginLeg(leg: LegRow, receipts: string | null): TokenRow | null;
  claimOutbox(...request: ClaimArgs): ClaimedRows<OutboxJobRow>;
  /** What is known of a leg is its state. */
  settleOutbox(entry: string, id: string, token: TokenRow, ending: OutboxEndingRow): RecordedRow<number> | 'reported';
  /** `news` of recipients as JSON. What is known of a leg is its state. */
  noteRecipients(entry: string, id: string, token: TokenRow, news: string): RecordedRow<number>;
  /** `report` as JSON. */
  report(about: string, id: string, report: string): ListedRow | null;
  unraised(limit: number): readonly UnraisedRow[];
  answered(entry: string, id: string, reply: WireMessage): void;

  list(query: QueryRow): PageRow;
  show(direction: number, entry: string, id: string): ShownRow | null;
  reveal(key: KeyRow, by: ByRow): ShownRow | null;
  replay(keys: readonly KeyRow[], by: ByRow): readonly KeyRow[];
  edit(key: KeyRow, body: Uint8Array, by: ByRow): boolean;
  move(keys: readonly KeyRow[], entry: string, by: ByRow): readonly KeyRow[];
  drop(keys: readonly KeyRow[], by: ByRow): readonly KeyRow[];
  counts(): readonly CountRow[];
  blocked(limit: number): readonly BlockedRow[];
  forget(keep: number): ForgottenRow;

  beginReplay(plan: ReplayPlanRow): ReplayRow;
  advanceReplay(id: number, by: ByRow): ReplayStepRow | null;
  cancelReplay(id: number, by: ByRow): ReplayRow | null;
  resumeReplay(id: number): ReplayRow | null;
  replays(before: number | null, limit: number): readonly ReplayRow[];

  pause(direction: number, entry: string, by: ByRow): void;
  resume(direction: number, entry: string, by: ByRow): void;
  paused(): readonly PausedRow[];
  records(before: number | null, limit: number): readonly RecordRow[];
  /** `status` as JSON; `keep`: for how long what a process says of itself counts, in milliseconds. */
  present(status: string, keep: number): void;
  processes(keep: number): readonly PresentRow[];
  /** `source` as JSON. */
  started(name: string, source: string): void;
  lastStarted(name: string): StartedRow | null;
  count(tallies: readonly TallyRow[]): void;
  /** `span`: of what length the numbers are, in milliseconds. `entry`: of one, or null for all. */
  tallies(span: number, since: number, entry: readonly [direction: number, entry: string] | null): readonly TallyRow[];

  takeLease(entry: string): LeaseRow | null;
  releaseLease(lease: LeaseRow): void;
  /** Answers when the lease is lost. */
  lost(lease: LeaseRow): true | undefined;
  /** Answers when another process has put work there, or claims of the dead came free. */
  changed(): true | undefined;
}

export type ClaimArgs = [entry: string, limit: number, run: number, bytes: number];
export type TokenRow = readonly [owner: number, version: number];
export type LeaseRow = readonly [entry: string, owner: number, version: number];

/** `keys`: the business keys as JSON, each with the list of its values. */
export type FactsRow = readonly [
  digest: string,
  trace: string,
  type: string | null,
  store: string | null,
  orderKey: string | null,
  keys: string | null,
];

export type InboxEndingRow =
  | readonly ['done', reply: WireMessage | null, legs: readonly LegRow[], archive: WireMessage | null]
  | readonly ['again', failure: FailureRow, attempts: number, dueIn: number, kept: WireMessage | null]
  | readonly ['parked', failure: FailureRow, attempts: number, kept: WireMessage, blocks: boolean, legs: readonly LegRow[]]
  | readonly ['released'];

/** `news` of recipients, and `receipts`, as JSON. */
export type OutboxEndingRow =
  | readonly ['sent', receipts: string | null, news: string | null, detail: string | null, reply: WireMessage | null, archive: boolean]
  | readonly ['again', receipts: string | null, news: string | null, dueIn: number, failure: FailureRow | null, attempts: number]
  | readonly ['parked', receipts: string | null, news: string | null, failure: FailureRow, attempts: number, blocks: boolean]
  | readonly ['failed', receipts: string | null, news: null, failure: FailureRow]
  | readonly ['released', receipts: null];

export type ReportKeyRow = readonly [entry: string, id: string, report: string];

/** `report` as JSON. */
export type UnraisedRow = readonly [leg: ListedRow, report: string, at: number];

/** `uncomposed`: the failure as JSON. */
export type LegRow = readonly [
  entry: string,
  id: string,
  event: string,
  type: string,
  store: string | null,
  cause: string | null,
  trace: string,
  orderKey: string | null,
  keys: string | null,
  uncomposed: string | null,
  meta: string,
  body: Uint8Array,
];

export interface FoundRow {
  readonly state: number;
  readonly attempts: number;
  readonly unresolved: number;
  readonly digest: string;
  readonly trace: string;
  readonly failure: FailureRow | null;
  readonly reply: WireMessage | null;
}

export type RecordedRow<Known> = 'recorded' | 'not-yours' | readonly ['known', Known];

export interface ClaimedRows<Row> {
  readonly rows: readonly Row[];
  readonly dueIn: number | null;
}

export interface InboxJobRow {
  readonly id: string;
  readonly facts: FactsRow;
  readonly token: TokenRow;
  readonly attempts: number;
  readonly unresolved: number;
  readonly message: WireMessage;
}

export interface OutboxJobRow {
  readonly leg: LegRow;
  readonly token: TokenRow;
  readonly attempts: number;
  readonly unresolved: number;
  readonly publishedAt: number;
  readonly recipients: string | null;
}

/** What a thread is started with. */
export interface ThreadData {
  readonly path: string;
  /** Milliseconds. */
  readonly busyTimeout: number;
  /** Bytes. */
  readonly maxSize: number | undefined;
  /** Missing in the thread that only reads. */
  readonly owner: OwnerFacts | undefined;
  /** The thread only sees whether the file can be opened. */
  readonly isProbe?: boolean | undefined;
  /** Opened for people: no file is made, and no opening is noted. */
  readonly isDesk?: boolean | undefined;
  /** Two numbers, the wall clock and the monotonic one in milliseconds, instead of the clocks of the machine. For tests. */
  readonly clocks?: SharedArrayBuffer | undefined;
}
