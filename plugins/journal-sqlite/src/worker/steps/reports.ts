import type { DatabaseSync } from 'node:sqlite';
import type { ListedRow } from '../../wire/desk.ts';
import { outbound } from '../../wire/states.ts';
import { listed } from '../desk/listing.ts';
import type { MessageRow } from '../rows/message-row.ts';
import type { Messages } from '../rows/messages.ts';
import { whole } from '../seals/sealed-tables.ts';

/** What was reported about legs. A report may come before the settlement of the leg whose receipt it names; then it waits. */
export class Reports {
  readonly #messages: Messages;
  readonly #add;
  readonly #wait;
  readonly #waiting;
  readonly #end;
  readonly #byReceipt;
  readonly #remember;

  constructor(database: DatabaseSync, messages: Messages) {
    this.#messages = messages;
    this.#add = database.prepare('INSERT INTO report (seq, id, at, report) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING');
    this.#wait = database.prepare('INSERT INTO pending_report (id, about, at, report) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING');
    this.#waiting = database.prepare('SELECT * FROM pending_report INDEXED BY pending_about WHERE about = ? ORDER BY at');
    this.#end = database.prepare('DELETE FROM pending_report WHERE about = ?');
    this.#byReceipt = database.prepare('SELECT seq FROM receipt WHERE receipt = ?');
    this.#remember = database.prepare('INSERT INTO receipt (receipt, seq) VALUES (?, ?) ON CONFLICT DO UPDATE SET seq = excluded.seq');
  }

  report(about: string, id: string, report: string): ListedRow | null {
    const now = this.#messages.clock.now();
    const row = this.#about(about);
    if (row === undefined) this.#wait.run(id, about, now, report);
    else this.#add.run(row.seq, id, now, report);
    return row ? listed(row) : null;
  }

  /** The far side has given a leg this id: what was reported of it before is the leg's now. */
  receive(seq: number, receipt: string): void {
    this.#remember.run(receipt, seq);
    const waiting = whole('pending_report', this.#waiting.all(receipt));
    if (waiting.length === 0) return;
    for (const { id, at, report } of waiting) this.#add.run(seq, id ?? null, at ?? null, report ?? null);
    this.#end.run(receipt);
  }

  /** By its own id, in whatever entry it is, or else by the id that the far side gave it. */
  #about(about: string): MessageRow | undefined {
    for (const entry of this.#messages.counts.entriesOf(outbound)) {
      const row = this.#messages.find(outbound, entry, about);
      if (row) return row;
    }
    const seq = this.#byReceipt.get(about)?.['seq'];
    return seq === undefined ? undefined : this.#messages.bySeq(Number(seq));
  }
}
