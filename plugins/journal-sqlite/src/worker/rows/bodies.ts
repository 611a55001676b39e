import type { DatabaseSync } from 'node:sqlite';
import { bodyParameter } from '@waybill/sqlite/thread';
import type { WireMessage } from '../../wire/message.ts';
import { placeWeight, sumOfBody } from '../seals/sums.ts';

/** What lies in the file of a message or a reply. */
export interface StoredBody {
  readonly wire: WireMessage;
  /** Whether it is what was written. */
  readonly isWhole: boolean;
}

/** Messages and replies as they lie in the file: what is text, and the body. */
export class Bodies {
  readonly #put;
  readonly #get;
  readonly #remove;
  readonly #keepOriginal;
  readonly #edit;
  readonly #move;

  constructor(database: DatabaseSync) {
    this.#put = database.prepare(
      `INSERT INTO body (place, meta, body, sum) VALUES (?, ?, ${bodyParameter}, ?)
       ON CONFLICT DO UPDATE SET meta = excluded.meta, body = excluded.body, sum = excluded.sum`,
    );
    this.#get = database.prepare('SELECT meta, body, sum FROM body WHERE place = ?');
    this.#remove = database.prepare('DELETE FROM body WHERE place = ?');
    // What is changed without its whole row keeps what may be wrong with the sum.
    this.#keepOriginal = database.prepare(
      `INSERT INTO body (place, meta, body, sum) SELECT ?1, meta, body, sum + (?1 - place) * ${placeWeight} FROM body WHERE place = ?2
       ON CONFLICT DO NOTHING`,
    );
    this.#edit = database.prepare(`UPDATE body SET body = ${bodyParameter}, sum = ? WHERE place = ?`);
    this.#move = database.prepare(`UPDATE body SET place = ?1, sum = sum + (?1 - place) * ${placeWeight} WHERE place = ?2`);
  }

  putMessage(seq: number, [meta, body]: WireMessage): void {
    this.#write(seq * 2, meta, body);
  }

  putReply(seq: number, [meta, body]: WireMessage): void {
    this.#write(seq * 2 + 1, meta, body);
  }

  message(seq: number): StoredBody | null {
    return this.#read(seq * 2);
  }

  reply(seq: number): StoredBody | null {
    return this.#read(seq * 2 + 1);
  }

  /** The body as it came, of a message that was edited. */
  original(seq: number): StoredBody | null {
    return this.#read(-seq);
  }

  /** False when there is no message. What it had first is kept. */
  edit(seq: number, body: Uint8Array): boolean {
    const before = this.#read(seq * 2);
    // What may be broken is not made whole by half of it.
    if (!before?.isWhole) return false;
    this.#keepOriginal.run(-seq, seq * 2);
    return this.#edit.run(body, sumOfBody(seq * 2, before.wire[0], body), seq * 2).changes === 1;
  }

  removeMessage(seq: number): void {
    this.#remove.run(seq * 2);
  }

  remove(seq: number): void {
    this.#remove.run(seq * 2);
    this.#remove.run(seq * 2 + 1);
    this.#remove.run(-seq);
  }

  move(from: number, to: number): void {
    this.#move.run(to * 2, from * 2);
    this.#move.run(to * 2 + 1, from * 2 + 1);
    this.#move.run(-to, -from);
  }

  #write(place: number, meta: string, body: Uint8Array): void {
    this.#put.run(place, meta, body, sumOfBody(place, meta, body));
  }

  #read(place: number): StoredBody | null {
    const row = this.#get.get(place);
    if (row === undefined) return null;
    const wire: WireMessage = [String(row['meta']), row['body'] as Uint8Array];
    return { wire, isWhole: row['sum'] === sumOfBody(place, ...wire) };
  }
}
