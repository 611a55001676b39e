import { randomUUID } from 'node:crypto';
import { defineErrors } from '@waybill/contract';
import { type LinkOptions, type Meanings, type OwnerFacts, ThreadLink } from '../../src/index.ts';
import { type FileFormat, ownerTable } from '../../src/thread.ts';

/** A small user of the package: tickets that somebody claims and then tears. */
export interface Tickets {
  add(name: string): void;
  /** The name of the oldest free ticket, with the owner that proves the claim; undefined when there is none. */
  claim(): Claimed | undefined;
  /** As `claim`, and waits until there is one. */
  await(): Claimed | undefined;
  tear(claimed: Claimed): boolean;
  list(): readonly string[];
  /** Answers when another connection has written. */
  changed(): boolean | undefined;
  refuse(name: string): void;
  /** From then on an error of the service itself comes up when a call waits. */
  spoil(): void;
  /** Lets an error come up in the thread that nobody catches. */
  crash(): void;
}

export interface Claimed {
  readonly name: string;
  readonly owner: number;
}

export interface TicketData {
  readonly path: string;
  readonly busyTimeout?: number;
  readonly owner: OwnerFacts;
}

export const format: FileFormat = {
  applicationId: 0x5449434b,
  schema: `CREATE TABLE ticket (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, owner INTEGER); ${ownerTable}`,
  migrations: [],
};

export const errors = defineErrors({
  WB_TICKET_FAULT: { means: 'Something is wrong with the file.', remedy: 'Look at the reason.', kind: 'unavailable' },
  WB_TICKET_REFUSED: { means: 'The ticket is refused.', remedy: 'Choose another name.', kind: 'conflict' },
});

const fault =
  (name: string): Meanings['busy'] =>
  ({ cause }) =>
    errors.WB_TICKET_FAULT(`${name}: ${cause.message}`, { cause });

export const meanings: Meanings = {
  busy: fault('busy'),
  full: fault('full'),
  io: fault('io'),
  unsuitable: fault('unsuitable'),
  'read-only': fault('read-only'),
  'cannot-open': fault('cannot-open'),
  damaged: fault('damaged'),
  'not-a-database': fault('not-a-database'),
  foreign: fault('foreign'),
  newer: fault('newer'),
  failed: fault('failed'),
  ended: fault('ended'),
  closed: fault('closed'),
};

export type TicketLink = ThreadLink<Tickets, TicketData>;

export function linkTo(path: string, { lease = 3_000, busyTimeout = 5_000 } = {}, more: Partial<LinkOptions<TicketData>> = {}): TicketLink {
  const entry = new URL('./ticket-thread.ts', import.meta.url);
  const data = { path, busyTimeout, owner: { uuid: randomUUID(), lease } };
  return new ThreadLink({ entry, data, errors, meanings, ...more });
}
