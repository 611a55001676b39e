import type { DatabaseSync } from 'node:sqlite';
import { bodyParameter } from '@waybill/sqlite/thread';
import type { WireMessage } from '../../wire/message.ts';

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
      `INSERT INTO body (place, meta, body) VALUES (?, ?, ${bodyParameter}) ON CONFLICT DO UPDATE SET meta = excluded.meta, body = excluded.body`,
    );
    this.#get = database.prepare('SELECT meta, body FROM body WHERE place = ?');
    this.#remove = database.prepare('DELETE FROM body WHERE place = ?');
    this.#keepOriginal = database.prepare('INSERT INTO body SELECT ?, meta, body FROM body WHERE place = ? ON CONFLICT DO NOTHING');
    this.#edit = database.prepare(`UPDATE body SET body = ${bodyParameter} WHERE place = ?`);
    this.#move = database.prepare('UPDATE body SET place = ? WHERE place = ?');
  }

  putMessage(seq: number, [meta, body]: WireMessage): void {
    this.#put.run(seq * 2, meta, body);
  }

  putReply(seq: number, [meta, body]: WireMessage): void {
    this.#put.run(seq * 2 + 1, meta, body);
  }

  message(seq: number): WireMessage | null {
    return this.#read(seq * 2);
  }

  reply(seq: number): WireMessage | null {
    return this.#read(seq * 2 + 1);
  }

  /** The body as it came, of a message that was edited. */
  original(seq: number): Uint8Array | null {
    return this.#read(-seq)?.[1] ?? null;
  }

  /** False when there is no message. What it had first is kept. */
  edit(seq: number, body: Uint8Array): boolean {
    this.#keepOriginal.run(-seq, seq * 2);
    return this.#edit.run(body, seq * 2).changes === 1;
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

  #read(place: number): WireMessage | null {
    const row = this.#get.get(place);
    return row === undefined ? null : [String(row['meta']), row['body'] as Uint8Array];
  }
}
