import type { DatabaseSync } from 'node:sqlite';
import type { ListedRow } from '../../wire/desk.ts';
import type { ReportKeyRow, UnraisedRow } from '../../wire/operations.ts';
import { outbound } from '../../wire/states.ts';
import { listed } from '../desk/listing.ts';
import { type Changeable, type MessageRow, receiptsOf } from '../rows/message-row.ts';
import type { Messages } from '../rows/messages.ts';
import { isWhole, whole } from '../seals/sealed-tables.ts';

/** What was reported about legs. A report may come before the step that tells of the receipt that it names; then it waits. */
export class Reports {
  readonly #messages: Messages;
  readonly #add;
  readonly #wait;
  readonly #waiting;
  readonly #end;
  readonly #byReceipt;
  readonly #remember;
  readonly #unraised;
  readonly #isUnraised;
  readonly #raise;

  constructor(database: DatabaseSync, messages: Messages) {
    this.#messages = messages;
    this.#add = database.prepare('INSERT INTO report (seq, id, at, report, raised) VALUES (?, ?, ?, ?, 0) ON CONFLICT DO NOTHING');
    this.#wait = database.prepare('INSERT INTO pending_report (id, about, at, report) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING');
    this.#waiting = database.prepare('SELECT * FROM pending_report INDEXED BY pending_about WHERE about = ? ORDER BY at');
    this.#end = database.prepare('DELETE FROM pending_report WHERE about = ?');
    this.#byReceipt = database.prepare('SELECT seq FROM receipt WHERE receipt = ?');
    this.#remember = database.prepare('INSERT INTO receipt (receipt, seq) VALUES (?, ?) ON CONFLICT DO UPDATE SET seq = excluded.seq');
    this.#unraised = database.prepare('SELECT * FROM report INDEXED BY unraised WHERE raised = 0 ORDER BY at');
    this.#isUnraised = database.prepare('SELECT 1 FROM report WHERE seq = ? AND raised = 0 LIMIT 1');
    this.#raise = database.prepare('UPDATE report SET raised = 1 WHERE seq = ? AND id = ? AND raised = 0');
  }

  report(about: string, id: string, report: string): ListedRow | null {
    const now = this.#messages.clock.now();
    const row = this.#about(about);
    if (row === undefined) this.#wait.run(id, about, now, report);
    else this.#add.run(row.seq, id, now, report);
    return row ? listed(row) : null;
  }

  /** Reports may speak of the leg by these ids, a list as JSON: what was reported of them before is the leg's now. Answers what that changes in its row. */
  receive(row: MessageRow, receipts: string): Pick<Changeable, 'receipts'> {
    const known = receiptsOf(row);
    const told = receiptsOf({ receipts });
    for (const receipt of told) {
      this.#remember.run(receipt, row.seq);
      const waiting = whole('pending_report', this.#waiting.all(receipt));
      for (const { id, at, report } of waiting) this.#add.run(row.seq, id ?? null, at ?? null, report ?? null);
      if (waiting.length > 0) this.#end.run(receipt);
    }
    return { receipts: known.length === 0 ? receipts : JSON.stringify([...new Set([...known, ...told])]) };
  }

  isAnyUnraised(seq: number): boolean {
    return this.#isUnraised.get(seq) !== undefined;
  }

  /** One that is not what was written is left out: the check of the journal tells of it. */
  unraised(limit: number): readonly UnraisedRow[] {
    const found: UnraisedRow[] = [];
    for (const one of this.#unraised.iterate()) {
      if (found.length === limit) break;
      const leg = isWhole('report', one) ? this.#messages.bySeq(Number(one['seq'])) : undefined;
      if (leg) found.push([listed(leg), String(one['report']), Number(one['at'])]);
    }
    return found;
  }

  /** False when it is raised already, or not known. */
  raise([entry, id, report]: ReportKeyRow): boolean {
    const row = this.#messages.find(outbound, entry, id);
    return row !== undefined && this.#raise.run(row.seq, report).changes === 1;
  }

  /** By its own id, in whatever entry it is, or else by one of its receipts. */
  #about(about: string): MessageRow | undefined {
    for (const entry of this.#messages.counts.entriesOf(outbound)) {
      const row = this.#messages.find(outbound, entry, about);
      if (row) return row;
    }
    const seq = this.#byReceipt.get(about)?.['seq'];
    return seq === undefined ? undefined : this.#messages.bySeq(Number(seq));
  }
}
