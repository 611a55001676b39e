import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { TransportError } from '@waybill/contract';
import { bodyParameter } from '@waybill/sqlite/thread';
import { errors } from '../errors.ts';
import { isBefore, type MessageRow, seen } from './message-row.ts';
import type { Browsed, FileSettings, Held, Put, Taken, TakeOrder } from './protocol.ts';
import { state } from './queue-file.ts';

/** For whom the next message is looked up, and when. */
interface Taking {
  readonly now: number;
  /** The owner as far as there is one. */
  readonly me: number | undefined;
  /** How many bytes its body may have. */
  readonly room: number;
}

/** The queues as SQL. Every method that writes is called inside a transaction. */
export class Store {
  readonly #db: DatabaseSync;
  readonly #settings: Pick<FileSettings, 'maxDepth' | 'create'>;
  readonly #statements = new Map<string, StatementSync>();
  /** Ids of queues by name. */
  readonly #queues = new Map<string, number>();

  constructor(db: DatabaseSync, settings: Pick<FileSettings, 'maxDepth' | 'create'>) {
    this.#db = db;
    this.#settings = settings;
  }

  /** A transaction was undone, which may have made one of the queues. */
  forgetQueues(): void {
    this.#queues.clear();
  }

  /** Throws WB_QUEUE_FULL or WB_QUEUE_UNKNOWN. */
  put(put: Put): void {
    this.#insert(this.#makeRoom(put.queue), put);
  }

  /** Throws what `put` would throw now. Reads only. */
  check(name: string): void {
    const queue = this.#findQueue(name);
    if (queue === undefined) return this.#refuseUnknown(name);
    const row = this.#sql('SELECT depth FROM queue WHERE id = ?').get(queue);
    if (Number(row?.['depth']) >= this.#settings.maxDepth) throw this.#full(name);
  }

  /** Whether the owner holds any message. */
  isHolding(owner: number): boolean {
    return this.#sql('SELECT 1 FROM message WHERE owner = ? LIMIT 1').get(owner) !== undefined;
  }

  /** Whether an owner is known. It is forgotten together with what it holds, and its number is never given again. */
  hasOwner(owner: number): boolean {
    return this.#sql('SELECT 1 FROM owner WHERE id = ?').get(owner) !== undefined;
  }

  /** Whether a message is still in the hands that it was given to. */
  isHeld({ number, owner, attempt }: Held): boolean {
    return this.#sql('SELECT 1 FROM message WHERE number = ? AND owner = ? AND attempts = ?').get(number, owner, attempt) !== undefined;
  }

  /** Hands out the next message that the order asks for, if there is one with room. `own` makes an owner. */
  take(order: TakeOrder, taking: Taking, own: () => number): Taken | undefined {
    const queue = this.#queueId(order.queue);
    const next = this.#next(order, queue, taking);
    if (!next) return undefined;
    const number = Number(next['number']);
    const bytes = this.#sql('SELECT bytes FROM body WHERE number = ?').get(number)?.['bytes'] as Uint8Array;
    const owner = order.final ? 0 : own();
    if (order.final) this.#remove(queue, number);
    else this.#sql(`UPDATE message SET state = ${state.held}, owner = ?, attempts = attempts + 1 WHERE number = ?`).run(owner, number);
    return { ...seen(order.queue, next, bytes), owner, attempt: Number(next['attempts']) + 1 };
  }

  /** Whether `take` would find something, or has a retry to wake or a queue to make first. Throws WB_QUEUE_UNKNOWN. Reads only. */
  isWorthTaking(order: TakeOrder, taking: Taking): boolean {
    const queue = this.#findQueue(order.queue);
    if (queue === undefined) {
      this.#refuseUnknown(order.queue);
      return true;
    }
    const due = this.nextDue();
    return (due !== undefined && due <= taking.now) || this.#next(order, queue, taking) !== undefined;
  }

  /** Takes a held message off its queue, together with what was put in its unit. Throws WB_QUEUE_FULL or WB_QUEUE_UNKNOWN for the reply. */
  accept({ queue, number }: Held, puts: readonly Put[], reply: Put | undefined): void {
    if (reply) this.put(reply);
    for (const put of puts) this.#putPromised(put);
    this.#remove(this.#queueId(queue), number);
  }

  /** Puts a held message back in its old place. */
  giveBack({ number }: Held, due: number, isUncounted: boolean): void {
    this.#sql('UPDATE message SET state = ?, owner = NULL, due = ?, attempts = attempts - ? WHERE number = ?').run(
      due > 0 ? state.waiting : state.ready,
      due,
      isUncounted ? 1 : 0,
      number,
    );
  }

  /** Puts everything back that an owner holds; answers how many messages. */
  giveBackAll(owner: number): number {
    return Number(this.#sql(`UPDATE message SET state = ${state.ready}, owner = NULL WHERE owner = ?`).run(owner).changes);
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
      'SELECT m.number, priority, attempts, state, expires, head, bytes FROM message m JOIN body b ON b.number = m.number WHERE queue = ? ' +
        'ORDER BY priority DESC, m.number LIMIT ?',
    ).all(this.#findQueue(name) ?? 0, limit);
    const names = ['ready', 'held', 'waiting'] as const;
    return rows.map((row) => ({
      ...seen(name, row, row['bytes'] as Uint8Array),
      state: names[Number(row['state'])] ?? 'ready',
    }));
  }

  /** Messages on the queue that nobody has in hand. */
  depth(name: string): number {
    const row = this.#sql(`SELECT count(*) AS n FROM message WHERE queue = ? AND state <> ${state.held}`).get(this.#findQueue(name) ?? 0);
    return Number(row?.['n']);
  }

  #next(order: TakeOrder, queue: number, taking: Taking): MessageRow | undefined {
    const first = this.#first(order, queue, taking);
    if (!first || taking.room === Number.POSITIVE_INFINITY) return first;
    const body = this.#sql('SELECT length(bytes) AS bytes FROM body WHERE number = ?').get(Number(first['number']));
    return Number(body?.['bytes']) <= taking.room ? first : undefined;
  }

  #first(order: TakeOrder, queue: number, { now, me = 0 }: Taking): MessageRow | undefined {
    const columns = 'SELECT number, priority, attempts, expires, head FROM message WHERE queue = ?';
    const live = '(expires IS NULL OR expires > ?)';
    const line = 'ORDER BY priority DESC, number LIMIT 1';
    if (order.correlationId !== undefined)
      return this.#sql(`${columns} AND correlation = ? AND state = ${state.ready} AND ${live} ${line}`).get(
        queue,
        order.correlationId,
        now,
      );
    const inLine = `${columns} AND state = ? AND ${live} ${line}`;
    const first = this.#sql(inLine).get(queue, state.ready, now);
    if (!first) return undefined;
    const waiting = order.inOrder ? this.#sql(inLine).get(queue, state.waiting, now) : undefined;
    const held = order.behindOthers ? this.#sql(`${columns} AND state = ${state.held} AND owner <> ? ${line}`).get(queue, me) : undefined;
    return [waiting, held].some((blocker) => blocker && isBefore(blocker, first)) ? undefined : first;
  }

  #insert(queue: number, put: Put): void {
    const { lastInsertRowid } = this.#sql('INSERT INTO message (queue, priority, expires, correlation, head) VALUES (?, ?, ?, ?, ?)').run(
      queue,
      put.priority,
      put.expires ?? null,
      put.correlationId ?? null,
      put.head,
    );
    this.#sql(`INSERT INTO body (number, bytes) VALUES (?, ${bodyParameter})`).run(lastInsertRowid, put.body);
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

  /** Makes the queue where that is allowed. */
  #queueId(name: string): number {
    const found = this.#findQueue(name);
    if (found !== undefined) return found;
    this.#refuseUnknown(name);
    this.#sql('INSERT INTO queue (name) VALUES (?) ON CONFLICT DO NOTHING').run(name);
    return this.#queueId(name);
  }

  /** Called for a queue that is not there. */
  #refuseUnknown(name: string): void {
    if (!this.#settings.create) throw errors.WB_QUEUE_UNKNOWN(`There is no queue ${name}.`);
  }

  #findQueue(name: string): number | undefined {
    const known = this.#queues.get(name);
    if (known !== undefined) return known;
    const found = this.#sql('SELECT id FROM queue WHERE name = ?').get(name)?.['id'];
    if (found !== undefined) this.#queues.set(name, Number(found));
    return found === undefined ? undefined : Number(found);
  }

  #full(name: string): TransportError {
    return errors.WB_QUEUE_FULL(`Queue ${name} holds ${this.#settings.maxDepth} messages and takes no more.`);
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
