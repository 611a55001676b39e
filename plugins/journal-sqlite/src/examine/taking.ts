import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import type { RowKey } from '@waybill/contract';
import type { FailureRow } from '../wire/message.ts';
import { directionNamed, inbound, kept, outbound, parked } from '../wire/states.ts';
import { bodyMissing, isWholeMessage, parkedAs, rowDamaged, seen } from '../worker/rows/damage.ts';
import { isLate, standsInLine, type WrittenRow } from '../worker/rows/message-row.ts';
import { summedColumns } from '../worker/seals/sealed-tables.ts';
import { sumOfBody, sumOfMessage } from '../worker/seals/sums.ts';
import type { Row } from './findings.ts';
import { messageOfNow } from './older-rows.ts';
import { type Gap, readAround, readFromBothEnds } from './reading.ts';

export interface Taken {
  readonly whole: number;
  readonly doubtful: readonly RowKey[];
  readonly lost: readonly string[];
}

type Place = readonly [direction: number, entry: string, id: string];

const columns = ['seq', ...summedColumns, 'sum'] as const;

/** Takes messages and bodies over. Rows that are what was written stay what they are; the others are parked, and so is what is known only by an index. */
export class Taking {
  readonly #old: DatabaseSync;
  readonly #database: DatabaseSync;
  readonly #addRow;
  readonly #addBody;
  readonly #addFailure;
  readonly #hasRow;
  readonly #hasBody;
  readonly #doubtful: RowKey[] = [];
  readonly #lost: string[] = [];
  /** Bodies that are not what was written, by the `seq` of their message. */
  readonly #brokenBodies = new Set<number>();
  #whole = 0;

  constructor(old: DatabaseSync, database: DatabaseSync) {
    this.#old = old;
    this.#database = database;
    this.#addRow = database.prepare(
      `INSERT INTO message (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')}) ON CONFLICT DO NOTHING`,
    );
    this.#addBody = database.prepare("INSERT INTO body (place, meta, body, sum) VALUES (?, ?, coalesce(?, x''), ?) ON CONFLICT DO NOTHING");
    this.#addFailure = database.prepare(
      `INSERT INTO failure (seq, number, at, code, fault, reason)
       VALUES (?1, coalesce((SELECT max(number) FROM failure WHERE seq = ?1), 0) + 1, ?2, ?3, ?4, ?5)`,
    );
    this.#hasRow = database.prepare('SELECT 1 FROM message WHERE seq = ?');
    this.#hasBody = database.prepare('SELECT 1 FROM body WHERE place = ?');
  }

  take(): Taken {
    const places = this.#placesByIndex();
    this.#takeBodies();
    const damaged: WrittenRow[] = [];
    const gaps = readAround(this.#old, 'message', 'seq', (row) => {
      const written = messageOfNow(row) as unknown as WrittenRow;
      if (isOrdinary(row) && isWholeMessage(written)) this.#takeWhole(written);
      else damaged.push(written);
    });
    for (const row of damaged) this.#takeDamaged(row, places.known.get(row.seq));
    for (const [seq, place] of places.known) if (this.#hasRow.get(seq) === undefined) this.#takeUnread(seq, place);
    if (!places.isAll) for (const gap of gaps) this.#lost.push(`${rangeText(gap)} could not be read.`);
    this.#dropLeftBodies();
    return { whole: this.#whole, doubtful: this.#doubtful, lost: this.#lost };
  }

  /** Direction, entry and id of each message, as its index has them. */
  #placesByIndex(): { readonly known: ReadonlyMap<number, Place>; readonly isAll: boolean } {
    const known = new Map<number, Place>();
    const sql = (order: string) =>
      `SELECT direction, entry, id, seq FROM message INDEXED BY sqlite_autoindex_message_1 ORDER BY direction ${order}, entry ${order}, id ${order}`;
    const isAll = readFromBothEnds(this.#old, sql, ({ direction, entry, id, seq }) => {
      if (isDirection(direction) && typeof seq === 'number' && seq > 0) known.set(seq, [direction, String(entry), String(id)]);
    });
    return { known, isAll };
  }

  /**
   * In the order in which they lie in the file, so that those are known, too, whose numbers are broken: they stand between two that are
   * not. Then around what SQLite cannot read.
   */
  #takeBodies(): void {
    let last = -1;
    let first = Number.POSITIVE_INFINITY;
    let isBroken = false;
    const take = (row: Row, order: 'ASC' | 'DESC'): void => {
      const place = Number(row['place']);
      const isWhole = this.#takeBody(row);
      if (order === 'DESC') {
        if (isWhole) first = place;
        return;
      }
      if (isWhole && isBroken && place > last) this.#doubt(last + 1, place - 1);
      if (isWhole) last = place;
      // A number in its order is most likely right, and what it names is doubted already.
      isBroken = !isWhole && (isBroken || place <= last);
    };
    const isAll = readFromBothEnds(this.#old, (order) => `SELECT * FROM body ORDER BY place ${order}`, take);
    if (isBroken) this.#doubt(last + 1, last + 1_000);
    if (isAll) return;
    const gaps = readAround(this.#old, 'body', 'place', (row) => void this.#takeBody(row));
    // Where the way to a row is broken, it is not found, and nothing tells that it is there.
    const end = Math.min(first - 1, gaps.at(-1)?.to ?? last);
    for (const { from, to } of [...gaps, { from: last + 1, to: end }]) this.#doubt(from, to);
  }

  /** Answers whether it is what was written. */
  #takeBody({ place, meta, body, sum }: Row): boolean {
    const at = Number(place);
    const isBytes = body instanceof Uint8Array;
    const isWhole = isBytes && typeof meta === 'string' && sum === sumOfBody(at, meta, body);
    if (!isWhole) this.#brokenBodies.add(seqOf(at));
    const bytes = isBytes ? body : new Uint8Array(0);
    const text = isWhole ? meta : readableMeta(meta);
    if (Number.isSafeInteger(at)) this.#addBody.run(at, text, bytes, sumOfBody(at, text, bytes));
    return isWhole;
  }

  #doubt(from: number, to: number): void {
    for (let place = from; place <= to && place < from + 1_000_000; place++)
      if (this.#hasBody.get(place) === undefined) this.#brokenBodies.add(seqOf(place));
  }

  #takeWhole(row: WrittenRow): void {
    const needsBody = (row.state === kept || row.state === parked) && row.code !== bodyMissing[0];
    const isMissing = needsBody && this.#hasBody.get(row.seq * 2) === undefined;
    if (isMissing) return this.#park(row, bodyMissing);
    if (this.#brokenBodies.has(row.seq)) return this.#park(row, this.#hasBody.get(row.seq * 2) ? rowDamaged : bodyMissing);
    if (this.#insert(row)) this.#whole += 1;
    else this.#lost.push(`${nameOf(row)} is there twice; the first one was taken.`);
  }

  /** What its index has is right where the row is not. */
  #takeDamaged(row: WrittenRow, place: Place | undefined): void {
    const readable = ordinary(row);
    const [direction, entry, id] = place ?? [isDirection(row.direction) ? row.direction : inbound, readable.entry, readable.id];
    this.#park({ ...readable, direction, entry, id }, this.#hasBody.get(row.seq * 2) ? rowDamaged : bodyMissing);
  }

  /** A row that could not be read, of which an index knows: nobody knows in what state it was. */
  #takeUnread(seq: number, [direction, entry, id]: Place): void {
    this.#park({ ...ordinary({ seq } as WrittenRow), direction, entry, id }, this.#hasBody.get(seq * 2) ? rowDamaged : bodyMissing);
  }

  #park(row: WrittenRow, [code, fault, reason]: FailureRow): void {
    const readable = parkedAs(seen({ ...row, sum: null }));
    const parking = { ...readable, state: parked, code, fault, reason, blocks: 0, blocking: 0, ready_at: null };
    const changed = { ...parking, in_line: Number(standsInLine(parking)), is_late: Number(isLate(parked)) };
    if (!this.#insert({ ...changed, sum: sumOfMessage(changed) }))
      return void this.#lost.push(`${nameOf(row)} is there twice; the first one was taken.`);
    this.#addFailure.run(row.seq, changed.changed_at, code, fault, reason);
    this.#doubtful.push({ direction: directionNamed(changed.direction), entry: changed.entry, id: changed.id });
  }

  #insert(row: WrittenRow): boolean {
    return this.#addRow.run(...columns.map((column) => row[column] as SQLInputValue)).changes === 1;
  }

  /** Of messages that are not there any more, or that have lost their numbers. */
  #dropLeftBodies(): void {
    const left = this.#database.prepare(
      'DELETE FROM body WHERE NOT EXISTS (SELECT 1 FROM message WHERE seq = iif(place < 0, -place, place / 2)) RETURNING place',
    );
    for (const { place } of left.all()) this.#lost.push(`The body of row ${seqOf(Number(place))} has no message any more.`);
  }
}

function isDirection(value: unknown): value is 0 | 1 {
  return value === inbound || value === outbound;
}

/** Whether nothing in it is a number that was never written. */
function isOrdinary(row: Row): boolean {
  return Object.values(row).every((value) => typeof value !== 'bigint');
}

function seqOf(place: number): number {
  return place < 0 ? -place : Math.floor(place / 2);
}

const optional = new Set<string>(['ready_at', 'owner', 'ended_owner', 'ended_version']);
const texts = new Set<string>(['entry', 'id', 'trace', 'digest']);
const times = new Set<string>(['recorded_at', 'changed_at', 'due_at']);

/** Of a broken row, each column as something that can be written. */
function ordinary(row: WrittenRow): WrittenRow {
  const value = (column: (typeof summedColumns)[number]): unknown => {
    const written: unknown = row[column];
    if (texts.has(column)) return typeof written === 'string' ? written : '';
    if (isNumeric(column))
      return typeof written === 'number' && written >= 0 && written < 1e14
        ? written
        : optional.has(column)
          ? null
          : times.has(column)
            ? Date.now()
            : 0;
    return typeof written === 'string' ? written : null;
  };
  return {
    seq: row.seq,
    ...Object.fromEntries(summedColumns.map((column) => [column, value(column)])),
    sum: null,
  } as unknown as WrittenRow;
}

const numeric = new Set<string>([
  'direction',
  'state',
  'recorded_at',
  'changed_at',
  'due_at',
  'ready_at',
  'owner',
  'attempts',
  'unresolved',
  'version',
  'in_line',
  'blocks',
  'blocking',
  'at_once',
  'is_late',
  'ended_owner',
  'ended_version',
]);
const isNumeric = (column: string): boolean => numeric.has(column);

/** What stands beside the bytes of a body, as somebody can read it. */
function readableMeta(meta: unknown): string {
  try {
    if (Array.isArray(JSON.parse(String(meta)))) return String(meta);
  } catch {
    // Not JSON any more.
  }
  return JSON.stringify(['', null, null, null, null, {}, null, 0]);
}

function nameOf({ direction, entry, id }: Pick<WrittenRow, 'direction' | 'entry' | 'id'>): string {
  return `The ${direction === inbound ? 'message' : 'leg'} ${entry}/${id}`;
}

function rangeText({ from, to }: Gap): string {
  return from === to ? `Row ${from} of the messages` : `The rows ${from} to ${to} of the messages`;
}
