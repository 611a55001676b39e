import type { DatabaseSync } from 'node:sqlite';
import type { Claims } from '@waybill/sqlite/thread';
import { errors } from '../../errors.ts';
import type { FailureRow } from '../../wire/message.ts';
import { failed } from '../../wire/states.ts';
import type { MessageRow } from '../rows/message-row.ts';
import type { Messages } from '../rows/messages.ts';
import type { Begun } from './begun.ts';
import type { Leases } from './leases.ts';

const senderGone: FailureRow = [
  errors.WB_JOURNAL_SENDER_GONE.code,
  'unavailable',
  'Whoever sent the message ended before it was known how the send ended.',
];

/** What becomes of all that an owner has when it leaves or is dead. */
export class Freeing implements Claims {
  readonly #messages: Messages;
  readonly #begun: Begun;
  readonly #leases: Leases;
  readonly #claimed;
  readonly #anything;
  /** Claims of the dead came free since the last `takeNews`. */
  #hasNews = false;

  constructor(database: DatabaseSync, messages: Messages, begun: Begun, leases: Leases) {
    this.#messages = messages;
    this.#begun = begun;
    this.#leases = leases;
    this.#claimed = database.prepare('SELECT * FROM message INDEXED BY claimed WHERE owner = ? ORDER BY seq');
    this.#anything = database.prepare(
      `SELECT EXISTS (SELECT 1 FROM message INDEXED BY claimed WHERE owner = ?1) OR EXISTS (SELECT 1 FROM begun WHERE owner = ?1)
         OR EXISTS (SELECT 1 FROM lease WHERE owner = ?1) AS found`,
    );
  }

  readonly holds = (owner: number): boolean => this.#anything.get(owner)?.['found'] === 1;

  readonly free = (owner: number, reason: 'left' | 'dead'): number => {
    const now = this.#messages.clock.now();
    // Nobody knows what became of what a dead process had in hand.
    const counted = reason === 'dead' ? 1 : 0;
    const claimed = this.#claimed.all(owner) as unknown as readonly MessageRow[];
    for (const row of claimed) this.#free(row, counted, now);
    const begun = this.#begun.endAll(owner);
    for (const seq of begun) if (counted === 1) this.#countBegun(seq, now);
    this.#leases.free(owner);
    if (reason === 'dead') this.#hasNews = true;
    return claimed.length + begun.length;
  };

  takeNews(): boolean {
    const had = this.#hasNews;
    this.#hasNews = false;
    return had;
  }

  #free({ seq }: MessageRow, counted: number, now: number): void {
    // Read again: what was freed before it may have made it a head.
    const row = this.#messages.bySeq(seq);
    if (row === undefined) return;
    const freed = { owner: null, version: row.version + 1, unresolved: row.unresolved + counted };
    const ended =
      row.at_once === 0
        ? freed
        : { ...freed, ...this.#messages.fail(row, senderGone, now), state: failed, attempts: row.attempts + 1, changed_at: now };
    this.#messages.change(row, ended, now);
  }

  #countBegun(seq: number, now: number): void {
    const row = this.#messages.bySeq(seq);
    if (row) this.#messages.change(row, { unresolved: row.unresolved + 1 }, now);
  }
}
