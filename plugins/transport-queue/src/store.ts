import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Browsed, FileSettings, Held, Put, Taken, TakeOrder } from './protocol.ts';
import { state } from './queue-file.ts';
import { Refusal } from './refusal.ts';

type Row = Record<string, unknown>;

/**
 * The queues as SQL. Every method that writes is called inside a transaction (`begin`, `commit`), and refuses before it
 * has written anything, so that one refused request does not harm the others of its transaction.
 */
export class Store {
  readonly #db: DatabaseSync;
  readonly #settings: FileSettings;
  readonly #statements = new Map<string, StatementSync>();
  /** Ids of queues by name. Emptied when a transaction is undone, which may have made one of them. */
  readonly #queues = new Map<string, number>();
  #isOpen = false;

  constructor(db: DatabaseSync, settings: FileSettings) {
    this.#db = db;
    this.#settings = settings;
  }

  /** `durable` false: after a loss of power the transaction may be undone. Enough for handing out, not for what was promised. */
  begin(durable: boolean): void {
    this.#db.exec(`PRAGMA synchronous = ${durable ? 'FULL' : 'NORMAL'}`);
    this.#sql('BEGIN IMMEDIATE').run();
    this.#isOpen = true;
  }

  commit(): void {
    this.#sql('COMMIT').run();
    this.#isOpen = false;
  }

  /** Undoes the transaction, if one was begun. */
  undo(): void {
    this.#queues.clear();
    if (!this.#isOpen) return;
    this.#isOpen = false;
    // A full disk and the like have made SQLite undo it by itself already.
    try {
      this.#sql('ROLLBACK').run();
    } catch {
      return;
    }
  }

  /** Whether a transaction was begun and is not over. */
  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Raises `Refusal` WB_QUEUE_FULL or WB_QUEUE_UNKNOWN. */
  put(put: Put): void {
    const queue = this.#makeRoom(put.queue);
    this.#insert(queue, put);
  }

  /** Raises what `put` would raise now. */
  check(name: string): void {
    const queue = this.#queueId(name);
    const row = this.#sql('SELECT depth FROM queue WHERE id = ?').get(queue);
    if (Number(row?.['depth']) >= this.#settings.maxDepth) throw this.#full(name);
  }

  /** Makes the queue where that is allowed. Raises `Refusal` WB_QUEUE_UNKNOWN otherwise. */
  know(name: string): void {
    this.#queueId(name);
  }

  /** Whether the owner holds any message. */
  isHolding(owner: number): boolean {
    return this.#sql('SELECT 1 FROM message WHERE owner = ? LIMIT 1').get(owner) !== undefined;
  }

  /** Hands out the next message that the order asks for, if there is one. */
  take(order: TakeOrder, owner: number, now: number): Taken | undefined {
    const queue = this.#queueId(order.queue);
    const next = this.#next(order, queue, now);
    if (!next) return undefined;
    const number = Number(next['number']);
    const bytes = this.#sql('SELECT bytes FROM body WHERE number = ?').get(number)?.['bytes'] as Uint8Array;
    if (order.final) this.#remove(queue, number);
    else this.#sql(`UPDATE message SET state = ${state.held}, owner = ?, attempts = attempts + 1 WHERE number = ?`).run(owner, number);
    return { ...taken(order.queue, next, bytes), attempt: Number(next['attempts']) + 1 };
  }

  /** Whether `take` would find something; does not write. */
  hasFor(order: TakeOrder, now: number): boolean {
    const queue = this.#queueId(order.queue);
    return this.#next(order, queue, now) !== undefined;
  }

  /**
   * Takes a held message off its queue, together with what was put in its unit.
   * Raises `Refusal` WB_QUEUE_UNIT_LOST, or WB_QUEUE_FULL or WB_QUEUE_UNKNOWN for the reply.
   */
  accept(held: Held, owner: number, puts: readonly Put[], reply: Put | undefined): void {
    this.#refuseLost(held, owner);
    const replyQueue = reply && this.#makeRoom(reply.queue);
    if (reply && replyQueue !== undefined) this.#insert(replyQueue, reply);
    for (const put of puts) this.#putPromised(put);
    this.#remove(this.#queueId(held.queue), held.number);
  }

  /** Puts a held message back in its old place. Raises `Refusal` WB_QUEUE_UNIT_LOST. */
  giveBack(held: Held, owner: number, due: number, uncounted: boolean): void {
    this.#refuseLost(held, owner);
    this.#sql('UPDATE message SET state = ?, owner = NULL, due = ?, attempts = attempts - ? WHERE number = ?').run(
      due > 0 ? state.waiting : state.ready,
      due,
      uncounted ? 1 : 0,
      held.number,
    );
  }

  /** Puts everything back that an owner holds. */
  giveBackAll(owner: number): void {
    this.#sql(`UPDATE message SET state = ${state.ready}, owner = NULL WHERE owner = ?`).run(owner);
  }

  /** When the next retry is due, in milliseconds since 1970. */
  nextDue(): number | undefined {
    const due = this.#sql(`SELECT min(due) AS due FROM message WHERE state = ${state.waiting}`).get()?.['due'];
    return typeof due === 'number' ? due : undefined;
  }

  /** Makes what is due for its retry ready again. */
  wakeDue(now: number): void {
    this.#sql(`UPDATE message SET state = ${state.ready}, due = 0 WHERE state = ${state.waiting} AND due <= ?`).run(now);
  }

  hasExpired(now: number): boolean {
    return this.#sql(`SELECT 1 FROM message WHERE expires <= ? AND state <> ${state.held} LIMIT 1`).get(now) !== undefined;
  }

  discardExpired(now: number): void {
    const rows = this.#sql(`SELECT number, queue FROM message WHERE expires <= ? AND state <> ${state.held}`).all(now);
    for (const row of rows) this.#remove(Number(row['queue']), Number(row['number']));
  }

  browse(name: string, limit: number): readonly Browsed[] {
    const rows = this.#sql(
      'SELECT m.number, attempts, state, expires, head, bytes FROM message m JOIN body b ON b.number = m.number WHERE queue = ? ' +
        'ORDER BY priority DESC, m.number LIMIT ?',
    ).all(this.#findQueue(name) ?? 0, limit);
    const names = ['ready', 'held', 'waiting'] as const;
    return rows.map((row) => ({
      ...taken(name, row, row['bytes'] as Uint8Array),
      state: names[Number(row['state'])] ?? 'ready',
    }));
  }

  /** Messages on the queue that nobody has in hand. */
  depth(name: string): number {
    const row = this.#sql(`SELECT count(*) AS n FROM message WHERE queue = ? AND state <> ${state.held}`).get(this.#findQueue(name) ?? 0);
    return Number(row?.['n']);
  }

  #next(order: TakeOrder, queue: number, now: number): Row | undefined {
    const columns = 'SELECT number, priority, attempts, expires, head FROM message WHERE queue = ?';
    const live = '(expires IS NULL OR expires > ?)';
    if (order.correlationId !== undefined)
      return this.#sql(`${columns} AND correlation = ? AND state = ${state.ready} AND ${live} ORDER BY priority DESC, number LIMIT 1`).get(
        queue,
        order.correlationId,
        now,
      );
    const inLine = `${columns} AND state = ? AND ${live} ORDER BY priority DESC, number LIMIT 1`;
    const first = this.#sql(inLine).get(queue, state.ready, now);
    if (!first || !order.inOrder) return first;
    const blocker = this.#sql(inLine).get(queue, state.waiting, now);
    return blocker && isBefore(blocker, first) ? undefined : first;
  }

  #insert(queue: number, put: Put): void {
    const { lastInsertRowid } = this.#sql('INSERT INTO message (queue, priority, expires, correlation, head) VALUES (?, ?, ?, ?, ?)').run(
      queue,
      put.priority,
      put.expires ?? null,
      put.correlationId ?? null,
      put.head,
    );
    this.#sql('INSERT INTO body (number, bytes) VALUES (?, ?)').run(lastInsertRowid, put.body);
  }

  /** A put that was checked when it joined its unit: the queue may have filled up since, which is no reason to break a promise. */
  #putPromised(put: Put): void {
    const queue = this.#queueId(put.queue);
    this.#sql('UPDATE queue SET depth = depth + 1 WHERE id = ?').run(queue);
    this.#insert(queue, put);
  }

  #makeRoom(name: string): number {
    const queue = this.#queueId(name);
    const { changes } = this.#sql('UPDATE queue SET depth = depth + 1 WHERE id = ? AND depth < ?').run(queue, this.#settings.maxDepth);
    if (changes === 0) throw this.#full(name);
    return queue;
  }

  #remove(queue: number, number: number): void {
    this.#sql('DELETE FROM message WHERE number = ?').run(number);
    this.#sql('DELETE FROM body WHERE number = ?').run(number);
    this.#sql('UPDATE queue SET depth = depth - 1 WHERE id = ?').run(queue);
  }

  #refuseLost(held: Held, owner: number): void {
    const row = this.#sql('SELECT 1 FROM message WHERE number = ? AND owner = ? AND attempts = ?').get(held.number, owner, held.attempt);
    if (!row)
      throw new Refusal('WB_QUEUE_UNIT_LOST', `A message of queue ${held.queue} was given to somebody else meanwhile.`, {
        retryable: true,
      });
  }

  /** Makes the queue where that is allowed. */
  #queueId(name: string): number {
    const found = this.#findQueue(name);
    if (found !== undefined) return found;
    if (!this.#settings.create) throw new Refusal('WB_QUEUE_UNKNOWN', `There is no queue ${name}.`, { retryable: true });
    // Outside of a transaction another process may make it first.
    this.#sql('INSERT INTO queue (name) VALUES (?) ON CONFLICT DO NOTHING').run(name);
    return this.#queueId(name);
  }

  #findQueue(name: string): number | undefined {
    const known = this.#queues.get(name);
    if (known !== undefined) return known;
    const found = this.#sql('SELECT id FROM queue WHERE name = ?').get(name)?.['id'];
    if (found !== undefined) this.#queues.set(name, Number(found));
    return found === undefined ? undefined : Number(found);
  }

  #full(name: string): Refusal {
    return new Refusal('WB_QUEUE_FULL', `Queue ${name} holds ${this.#settings.maxDepth} messages and takes no more.`, { retryable: true });
  }

  #sql(text: string): StatementSync {
    let statement = this.#statements.get(text);
    if (!statement) {
      statement = this.#db.prepare(text);
      this.#statements.set(text, statement);
    }
    return statement;
  }
}

function taken(queue: string, row: Row, body: Uint8Array): Taken {
  const expires = row['expires'];
  return {
    queue,
    number: Number(row['number']),
    attempt: Number(row['attempts']),
    head: String(row['head']),
    body,
    ...(typeof expires === 'number' ? { expires } : {}),
  };
}

function isBefore(a: Row, b: Row): boolean {
  const [one, other] = [Number(a['priority']), Number(b['priority'])];
  return one === other ? Number(a['number']) < Number(b['number']) : one > other;
}
