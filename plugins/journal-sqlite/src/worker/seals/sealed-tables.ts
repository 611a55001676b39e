import type { DatabaseSync } from 'node:sqlite';
import { FileFault } from '@waybill/sqlite/thread';
import { type Summed, sumOfBody, sumOfMessage, sumOfValues } from './sums.ts';

interface SealedTable {
  /** What names a row: its primary key, or `rowid`. */
  readonly key: readonly string[];
  /** What the sum is made from, in this order. */
  readonly columns: readonly string[];
}

/**
 * The tables whose rows have a checksum that triggers keep. `message` and `body` are not among them: theirs is worked out where they are
 * written, since a trigger would cost every message. Nor are tables that follow from others (`entry`, `business_key`, `receipt`), and what
 * tells of processes that are gone after a restart (`owner`, `opening`): the check of the journal compares those with what they follow from.
 */
export const sealedTables: Readonly<Record<string, SealedTable>> = {
  failure: { key: ['seq', 'number'], columns: ['seq', 'number', 'at', 'code', 'fault', 'reason'] },
  begun: { key: ['seq', 'owner'], columns: ['seq', 'owner'] },
  report: { key: ['seq', 'id'], columns: ['seq', 'id', 'at', 'report', 'raised'] },
  pending_report: { key: ['id'], columns: ['id', 'about', 'at', 'report'] },
  publication: { key: ['id'], columns: ['id', 'at', 'legs'] },
  lease: { key: ['entry'], columns: ['entry', 'owner', 'version'] },
  pause: { key: ['direction', 'entry'], columns: ['direction', 'entry', 'at', 'who', 'why'] },
  control_record: { key: ['rowid'], columns: ['seq', 'at', 'who', 'why', 'did', 'direction', 'entry', 'ids', 'rows', 'target', 'replay'] },
  replay: {
    key: ['id'],
    columns: [
      'id',
      'request',
      'at',
      'who',
      'why',
      'query',
      'target',
      'rate',
      'state',
      'changed_at',
      'next_at',
      'chosen_before',
      'chosen',
      'replayed',
      'skipped',
      'cancelled_who',
      'cancelled_why',
    ],
  },
  chosen: { key: ['replay', 'seq'], columns: ['replay', 'seq'] },
  replayed: { key: ['seq'], columns: ['seq', 'times', 'at', 'who', 'why', 'replay'] },
  presence: { key: ['uuid'], columns: ['uuid', 'since', 'at', 'status'] },
  tally: { key: ['span', 'direction', 'entry', 'at', 'outcome'], columns: ['span', 'direction', 'entry', 'at', 'outcome', 'count'] },
  clock: { key: ['rowid'], columns: ['at', 'file'] },
  manifest: { key: ['name'], columns: ['name', 'at', 'process', 'source'] },
};

/** The sum of a row of a table, in SQL. */
export function sumSql(table: string, prefix = ''): string {
  return `sum_of_values(${(sealedTables[table]?.columns ?? []).map((column) => `${prefix}${column}`).join(', ')})`;
}

/** Gives this connection the functions that work out sums: for what writes, what brings older files up to date, and what checks. */
export function defineSums(database: DatabaseSync): void {
  const options = { deterministic: true, varargs: true, useBigIntArguments: true } as const;
  database.function('sum_of_values', options, (...values) => sumOfValues(values));
  database.function('sum_of_body', { deterministic: true, useBigIntArguments: true }, (place, meta, body) =>
    sumOfBody(Number(place), String(meta), body as Uint8Array),
  );
  database.function('sum_of_message', options, (...values) => sumOfMessage(fromValues(values)));
}

/** The columns of a message in the order in which `sum_of_message` takes them. */
export const summedColumns = [
  'direction',
  'entry',
  'id',
  'state',
  'trace',
  'digest',
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
  'type',
  'store',
  'order_key',
  'keys',
  'event',
  'cause',
  'publication',
  'uncomposed',
  'code',
  'fault',
  'reason',
  'detail',
  'receipts',
  'recipients',
  'ended_owner',
  'ended_version',
  'ended_as',
] as const satisfies readonly (keyof Summed)[];

function fromValues(values: readonly unknown[]): Summed {
  const numbers = values.map((value) => (typeof value === 'bigint' ? Number(value) : value));
  return Object.fromEntries(summedColumns.map((column, place) => [column, numbers[place]])) as unknown as Summed;
}

/**
 * Lets this connection keep the sums of the small tables. The triggers are its own, not the file's: other programs can read the file
 * without our functions. A row whose sum is wrong is not changed, since its sum would be right afterwards.
 */
export function keepSums(database: DatabaseSync): void {
  defineSums(database);
  for (const [table, { key, columns }] of Object.entries(sealedTables)) {
    const same = key.map((column) => `${column} = new.${column}`).join(' AND ');
    const write = `UPDATE ${table} SET sum = ${sumSql(table, 'new.')} WHERE ${same}`;
    database.exec(`
      CREATE TEMP TRIGGER ${table}_added AFTER INSERT ON main.${table} BEGIN ${write}; END;
      CREATE TEMP TRIGGER ${table}_kept BEFORE UPDATE OF ${columns.join(', ')} ON main.${table}
        WHEN old.sum IS NOT ${sumSql(table, 'old.')} BEGIN SELECT RAISE(ABORT, 'a row of ${table} is not what was written'); END;
      CREATE TEMP TRIGGER ${table}_changed AFTER UPDATE OF ${columns.join(', ')} ON main.${table} BEGIN ${write}; END;`);
  }
}

type Row = Readonly<Record<string, unknown>>;

/** The rows, which have all their columns. Throws `FileFault` where one is not what was written. */
export function whole<Rows extends readonly Row[]>(table: string, rows: Rows): Rows {
  for (const row of rows) if (!isWhole(table, row)) throw new FileFault('damaged', `A row of the table ${table} is not what was written.`);
  return rows;
}

export function isWhole(table: string, row: Row): boolean {
  return row['sum'] === sumOfValues((sealedTables[table]?.columns ?? []).map((column) => row[column]));
}
