import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import type { JournalFault, RowKey } from '@waybill/contract';
import { faultOf } from '@waybill/sqlite/thread';
import { directionNamed } from '../wire/states.ts';

/** How many messages one fault names. */
const mostNamed = 100;

export type Row = Readonly<Record<string, unknown>>;

/** What a check has found so far. */
export class Findings {
  readonly faults: JournalFault[] = [];
  readonly #database: DatabaseSync;
  readonly #bySeq;

  constructor(database: DatabaseSync) {
    this.#database = database;
    this.#bySeq = database.prepare('SELECT direction, entry, id FROM message WHERE seq = ?');
  }

  add(what: string, messages: readonly RowKey[] = [], count = messages.length): void {
    this.faults.push({ what, messages: messages.slice(0, mostNamed), count });
  }

  /** A fault for each question that has an answer; those answers that have a `seq` name their messages. */
  ask(what: string, sql: string, ...values: readonly SQLInputValue[]): void {
    this.tryTo(what, () => {
      const found: Row[] = [];
      let count = 0;
      for (const row of this.#database.prepare(sql).iterate(...values)) {
        count += 1;
        if (found.length < mostNamed) found.push(row);
      }
      if (count > 0) this.add(`${what}${namesOf(found)}.`, this.#messagesOf(found), count);
    });
  }

  /** What cannot be asked, because SQLite cannot read what answers it, is a fault as well. */
  tryTo(what: string, work: () => void): void {
    try {
      work();
    } catch (error) {
      if (faultOf(error) === 'busy') throw error;
      this.add(`It cannot be seen whether this is so: ${lower(what)} (${(error as Error).message}).`);
    }
  }

  #messagesOf(rows: readonly Row[]): readonly RowKey[] {
    return rows.flatMap(({ seq }) => (typeof seq === 'number' ? (this.#keyOf(seq) ?? []) : []));
  }

  #keyOf(seq: number): RowKey | undefined {
    try {
      const { direction, entry, id } = this.#bySeq.get(seq) ?? {};
      return id === undefined ? undefined : { direction: directionNamed(Number(direction)), entry: String(entry), id: String(id) };
    } catch {
      return undefined;
    }
  }
}

/** What names the answers where they are not messages. */
function namesOf(rows: readonly Row[]): string {
  const names = rows.flatMap(({ name }) => (typeof name === 'string' || typeof name === 'number' ? [name] : [])).slice(0, 3);
  return names.length === 0 ? '' : `: ${names.join(', ')}`;
}

function lower(text: string): string {
  return `${text.charAt(0).toLowerCase()}${text.slice(1)}`;
}
