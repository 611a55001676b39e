import {
  type Claim,
  type Claimed,
  defineJournal,
  type FailedAttempt,
  type Finished,
  type InboxKey,
  type InboxState,
  type Journal,
  type JournalDirection,
  type JournalEntry,
  type JournalQuery,
  type JournalRow,
  type JournalState,
  type KeptMessage,
  type Leg,
  type OutboxKey,
  type RowKey,
  settings,
  WaybillError,
} from '@waybill/contract';
import { addFailure, copyOf, countFailure, listed, type MemoryRow, outboxJob, shown, storedJob } from './journal/journal-rows.ts';
import { RowTable } from './journal/journal-table.ts';

/**
 * A journal that lives as long as its process: for tests, and for trying things out. It keeps every rule of the
 * contract but durability. Raises `WB_MEMORY_JOURNAL_CLOSED` after `close`.
 */
export function memoryJournal(): Journal {
  return new MemoryJournal();
}

/** `"journal": { "use": "memory" }`. */
export const memoryJournalPlugin = defineJournal({
  name: 'memory',
  summary: 'Keeps the record of messages in memory and loses it with the process; for tests.',
  settings: settings({}),
  open: async () => memoryJournal(),
});

class MemoryJournal implements Journal {
  readonly #rows = new RowTable();
  readonly #publications = new Map<string, number>();
  #closed = false;

  async find(key: InboxKey): Promise<InboxState> {
    return stateOf(this.#open().get('in', key.entry, key.id));
  }

  async finish(done: Finished): Promise<boolean> {
    const rows = this.#open();
    const known = rows.get('in', done.entry, done.id);
    if (known?.state === 'done') return false;
    const { id, digest, trace, at: recordedAt } = done;
    const row = known ?? rows.add('in', done.entry, { id, state: 'done', trace, recordedAt, digest });
    if (known) endKnown(rows, known, done);
    row.type = done.type;
    if (done.reply) row.reply = copyOf(done.reply);
    if (done.archive) keepMessage(row, done.archive);
    this.#addLegs(done.legs, done.at);
    return true;
  }

  async store(key: InboxKey, kept: KeptMessage, at: number): Promise<InboxState> {
    const rows = this.#open();
    const known = rows.get('in', key.entry, key.id);
    const before = stateOf(known);
    if (before.state !== 'unknown' && before.state !== 'waiting') return before;
    const row = known ?? this.#addInbound(key, kept, at);
    keep(row, kept);
    row.changedAt = at;
    rows.offer(row, 'stored', at);
    return before;
  }

  async claimStored(claim: Claim): Promise<Claimed<ReturnType<typeof storedJob>>> {
    return this.#open().claim('in', claim, storedJob);
  }

  async failed(key: InboxKey, failure: Parameters<Journal['failed']>[1]): Promise<void> {
    const row = this.#open().get('in', key.entry, key.id) ?? this.#addInbound(key, failure, failure.at);
    if (row.state !== 'done' && row.state !== 'parked') endAttempt(row, failure.due, failure);
  }

  async park(key: InboxKey, kept: KeptMessage, failure: FailedAttempt): Promise<void> {
    const row = this.#open().get('in', key.entry, key.id) ?? this.#addInbound(key, kept, failure.at);
    if (row.state === 'done' || row.state === 'parked') return;
    keep(row, kept);
    this.#giveUp(row, failure);
  }

  async publish(legs: readonly Leg[], { at, id }: Parameters<Journal['publish']>[1]): Promise<boolean> {
    this.#open();
    if (id !== undefined && this.#publications.has(id)) return false;
    if (id !== undefined) this.#publications.set(id, at);
    const added = this.#addLegs(legs, at, id);
    return id !== undefined || added > 0;
  }

  async claimOutbox(claim: Claim): Promise<Claimed<ReturnType<typeof outboxJob>>> {
    return this.#open().claim('out', claim, outboxJob);
  }

  async sent(leg: OutboxKey, receipt: Parameters<Journal['sent']>[1]): Promise<void> {
    const rows = this.#open();
    const row = rows.get('out', leg.destination, leg.id);
    if (row === undefined || row.state === 'done') return;
    row.detail = receipt.detail;
    row.changedAt = receipt.at;
    if (!receipt.archive) row.message = undefined;
    rows.end(row, 'done');
  }

  async postponed(leg: OutboxKey, { due, failure }: Parameters<Journal['postponed']>[1]): Promise<void> {
    const row = this.#open().get('out', leg.destination, leg.id);
    if (row?.state === 'waiting') endAttempt(row, due, failure);
  }

  async parkLeg(leg: OutboxKey, failure: FailedAttempt): Promise<void> {
    const row = this.#open().get('out', leg.destination, leg.id);
    if (row?.state === 'waiting') this.#giveUp(row, failure);
  }

  async list(query: JournalQuery): Promise<readonly JournalRow[]> {
    const { direction, state, name, type, cause, before, limit = 100 } = query;
    return this.#open()
      .newestFirst()
      .filter((row) => direction === undefined || row.lane.direction === direction)
      .filter((row) => state === undefined || row.state === state)
      .filter((row) => name === undefined || row.lane.name === name)
      .filter((row) => type === undefined || row.type === type)
      .filter((row) => cause === undefined || row.cause === cause)
      .filter((row) => before === undefined || row.seq < before)
      .slice(0, limit)
      .map(listed);
  }

  async show(key: RowKey): Promise<JournalEntry | undefined> {
    const row = this.#open().get(key.direction, key.name, key.id);
    return row && shown(row);
  }

  async replay(key: RowKey, { at, body }: Parameters<Journal['replay']>[1]): Promise<boolean> {
    const row = this.#parked(key);
    if (row === undefined) return false;
    if (body && row.message) row.message = { ...row.message, body: new Uint8Array(body) };
    row.attempts = 0;
    row.changedAt = at;
    this.#rows.offer(row, key.direction === 'in' ? 'stored' : 'waiting', at);
    return true;
  }

  async drop(key: RowKey): Promise<boolean> {
    const row = this.#parked(key);
    if (row) this.#rows.remove(row);
    return row !== undefined;
  }

  async count(): Promise<Awaited<ReturnType<Journal['count']>>> {
    const counts = new Map<string, { direction: JournalDirection; name: string; state: JournalState; rows: number }>();
    for (const { lane, state } of this.#open().newestFirst()) {
      const { direction, name } = lane;
      const key = `${direction} ${state} ${name}`;
      const count = counts.get(key) ?? { direction, name, state, rows: 0 };
      counts.set(key, { ...count, rows: count.rows + 1 });
    }
    return [...counts.values()];
  }

  async forget(at: number): Promise<number> {
    const forgotten = this.#open()
      .newestFirst()
      .filter((row) => row.state === 'done' && row.changedAt < at);
    for (const row of forgotten) this.#rows.remove(row);
    const needed = new Set(this.#rows.newestFirst().map((row) => row.publication));
    for (const [id, publishedAt] of this.#publications) if (publishedAt < at && !needed.has(id)) this.#publications.delete(id);
    return forgotten.length;
  }

  async close(): Promise<void> {
    this.#closed = true;
  }

  #open(): RowTable {
    if (this.#closed) throw new WaybillError('WB_MEMORY_JOURNAL_CLOSED', 'The journal is closed.');
    return this.#rows;
  }

  #parked(key: RowKey): MemoryRow | undefined {
    const row = this.#open().get(key.direction, key.name, key.id);
    return row?.state === 'parked' ? row : undefined;
  }

  #giveUp(row: MemoryRow, failure: FailedAttempt): void {
    addFailure(row, failure);
    this.#rows.end(row, 'parked');
  }

  #addInbound({ entry, id }: InboxKey, { digest, trace }: Pick<KeptMessage, 'digest' | 'trace'>, recordedAt: number): MemoryRow {
    return this.#rows.add('in', entry, { id, state: 'waiting', trace, recordedAt, digest });
  }

  /** Records the legs that are not known yet; answers how many. */
  #addLegs(legs: readonly Leg[], at: number, publication?: string): number {
    let added = 0;
    for (const { message, destination, event, type, store, cause, trace } of legs) {
      if (this.#rows.get('out', destination, message.id)) continue;
      const row = this.#rows.add('out', destination, { id: message.id, state: 'waiting', trace, recordedAt: at, digest: '' });
      Object.assign(row, { type, event, store, cause, publication, message: copyOf(message) } satisfies Partial<MemoryRow>);
      this.#rows.offer(row, 'waiting', at);
      added += 1;
    }
    return added;
  }
}

function stateOf(row: MemoryRow | undefined): InboxState {
  if (row === undefined) return { state: 'unknown' };
  const { state, digest, attempts = 0, reply } = row;
  if (state === 'waiting' || state === 'stored') return { state, attempts, digest };
  if (state === 'done') return { state, digest, reply };
  const { code = '', reason = '' } = row.failures?.at(-1) ?? {};
  return { state, digest, code, reason };
}

function keep(row: MemoryRow, kept: KeptMessage): void {
  row.digest = kept.digest;
  row.type = kept.type;
  row.trace = kept.trace;
  keepMessage(row, kept);
}

function keepMessage(row: MemoryRow, { message, principal }: KeptMessage): void {
  row.message = copyOf(message);
  row.principal = principal;
}

/** Ends a row that was recorded before its message was finished: stored, failed or given up. */
function endKnown(rows: RowTable, row: MemoryRow, { digest, trace, at }: Finished): void {
  row.digest = digest;
  row.trace = trace;
  row.changedAt = at;
  row.message = undefined;
  row.principal = undefined;
  rows.end(row, 'done');
}

function endAttempt(row: MemoryRow, due: number, failure?: FailedAttempt): void {
  if (failure) countFailure(row, failure, due);
  row.leaseUntil = undefined;
  row.due = due;
}
