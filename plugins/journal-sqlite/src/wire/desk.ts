import type { FailureRow, WireMessage } from './message.ts';

export type KeyRow = readonly [direction: number, entry: string, id: string];

export interface QueryRow {
  readonly direction: number | null;
  /** Its place in the list of states of the contract. */
  readonly state: string | null;
  readonly entry: string | null;
  readonly id: string | null;
  readonly trace: string | null;
  readonly cause: string | null;
  readonly key: readonly [name: string, value: string] | null;
  readonly type: string | null;
  readonly store: string | null;
  readonly code: string | null;
  readonly since: number | null;
  readonly until: number | null;
  readonly before: number | null;
  readonly limit: number;
}

export interface ListedRow {
  readonly seq: number;
  readonly direction: number;
  readonly entry: string;
  readonly id: string;
  readonly state: number;
  readonly type: string | null;
  readonly event: string | null;
  readonly store: string | null;
  readonly cause: string | null;
  readonly trace: string;
  readonly order_key: string | null;
  readonly attempts: number;
  readonly recorded_at: number;
  readonly changed_at: number;
  readonly code: string | null;
  readonly reason: string | null;
}

export interface PageRow {
  readonly rows: readonly ListedRow[];
  readonly next: number | null;
  readonly lookedBackTo: number | null;
}

export interface ReplayedRow {
  readonly times: number;
  readonly at: number;
  readonly who: string;
  readonly why: string | null;
  readonly replay: number | null;
}

export interface ShownRow {
  readonly row: ListedRow;
  readonly keys: string | null;
  readonly failures: readonly (readonly [...FailureRow, at: number])[];
  readonly message: WireMessage | null;
  /** The body as it came, of a message that was edited. */
  readonly original: Uint8Array | null;
  readonly isUncomposed: boolean;
  readonly replayed: ReplayedRow | null;
  readonly reply: WireMessage | null;
  readonly detail: string | null;
  readonly recipients: string | null;
  readonly reports: readonly (readonly [report: string, at: number])[];
}

export type CountRow = readonly [direction: number, entry: string, waiting: number, parked: number, oldest: number | null];

export interface BlockedRow {
  readonly direction: number;
  readonly entry: string;
  readonly order_key: string;
  readonly id: string;
  readonly state: number;
  readonly changed_at: number;
  readonly waiting: number;
}

export type ForgottenRow = readonly [rows: number, more: boolean];
