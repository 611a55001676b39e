import type { DatabaseSync } from 'node:sqlite';
import { fateOfProcess, ownProcessIdentity } from '@waybill/contract/system';
import { round, Silence } from './silence.ts';

/**
 * The table of the owners, for the schema of a format. AUTOINCREMENT: a number is never given twice, so that it names an
 * owner and no later one. `uuid` names the opening, `beat` grows while the owner has claims, `lease` is in milliseconds.
 */
export const ownerTable = `
CREATE TABLE owner (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  uuid TEXT NOT NULL,
  process TEXT NOT NULL,
  beat INTEGER NOT NULL,
  lease INTEGER NOT NULL
) STRICT;`;

/** Who opens the file. Plain values: made on the main thread, and the same for each thread of one opening. */
export interface OwnerFacts {
  /** A random id of this opening, by which a new thread knows the claims of the one before it. */
  readonly uuid: string;
  /** After what silence of this opening, in milliseconds, others free its claims. */
  readonly lease: number;
}

/** The rows of the user that owners have claims on. Both are called in a transaction, `holds` also outside of one. */
export interface Claims {
  /** Whether the owner has any claim. */
  readonly holds: (owner: number) => boolean;
  /**
   * Frees what the owner has claimed; answers how many claims. `left`: it closes, and knows what it had in hand. `dead`: nobody
   * knows what has become of it.
   */
  readonly free: (owner: number, reason: 'left' | 'dead') => number;
}

export interface OwnersOptions {
  /** The identity of the process. Default: that of this one. */
  readonly process?: string;
  /** A monotonic clock in milliseconds. Default: that of Node. */
  readonly now?: () => number;
}

interface OwnerRow {
  readonly id: number;
  readonly uuid: string;
  readonly process: string;
  readonly beat: number;
  readonly lease: number;
}

/**
 * Who has claims in a file that processes share. An owner is one opening of the file by one process. It has a row from its
 * first claim on, and while it has claims its row shows a growing beat. Its claims are free when its process is known to
 * be dead, or when its beat has stood still for longer than its lease by the clock of whoever looks. Whoever frees them
 * removes the row; an owner that was only suspended finds its row missing, so that none of its old claims is its own any
 * more, and gets a new number with its next claim. An owner without claims shows no beat; its row may go, at no loss.
 */
export class Owners {
  readonly #claims: Claims;
  readonly #facts: OwnerFacts;
  readonly #process: string;
  readonly #now: () => number;
  readonly #silence: Silence;
  readonly #statements;
  #number: number | undefined;
  /** Whether the row was seen, or written, in the transaction that is open. */
  #isProven = false;
  #beatAt = Number.NEGATIVE_INFINITY;
  /** `#beatAt` when the transaction began. */
  #beatBefore = Number.NEGATIVE_INFINITY;

  constructor(database: DatabaseSync, facts: OwnerFacts, claims: Claims, options: OwnersOptions = {}) {
    this.#claims = claims;
    this.#facts = facts;
    this.#process = options.process ?? ownProcessIdentity();
    this.#now = options.now ?? (() => performance.now());
    this.#silence = new Silence(this.#now);
    this.#statements = {
      all: database.prepare('SELECT id, uuid, process, beat, lease FROM owner'),
      seen: database.prepare('SELECT 1 FROM owner WHERE id = ? AND uuid = ?'),
      beat: database.prepare('UPDATE owner SET beat = beat + 1 WHERE id = ? AND uuid = ?'),
      add: database.prepare('INSERT INTO owner (uuid, process, beat, lease) VALUES (?, ?, 1, ?)'),
      remove: database.prepare('DELETE FROM owner WHERE id = ?'),
    };
  }

  /** The number under which to claim. Call it in a transaction: the owner gets a row where it has none, or has it no more. */
  me(): number {
    if (this.#number === undefined || !this.#prove(this.#number)) this.#number = this.#add();
    return this.#number;
  }

  /** Whether claims of this number are this opening's, and have not been freed. Call it in a transaction. */
  isMine(owner: number): boolean {
    return owner === this.#number && this.#prove(owner);
  }

  /** The number of the claims of this opening; undefined before its first one. */
  get current(): number | undefined {
    return this.#number;
  }

  /** How long ago, in milliseconds, others could last see that this opening is alive; infinite when it has no row. */
  get silentFor(): number {
    return this.#number === undefined ? Number.POSITIVE_INFINITY : this.#now() - this.#beatAt;
  }

  /** Whether this opening has its row, asked of the file. May be called outside of a transaction. */
  get isAlive(): boolean {
    return this.#number !== undefined && this.#statements.seen.get(this.#number, this.#facts.uuid) !== undefined;
  }

  /** A transaction has begun: what was known of the row may have changed. */
  begin(): void {
    this.#isProven = false;
    this.#beatBefore = this.#beatAt;
  }

  /** The transaction, or a part of it, was undone: the row may never have been written. */
  undone(): void {
    this.#isProven = false;
    this.#beatAt = this.#beatBefore;
  }

  /** Whether there is anything for `goRound` to write, or to look at while nobody else can write. Reads only. */
  needsRound(): boolean {
    const me = this.#number;
    if (me !== undefined && this.#isBeatDue && this.#claims.holds(me)) return true;
    const others = this.#others();
    if (others.some((owner) => !this.#silence.isNews(owner) || this.#isDead(owner))) return true;
    this.#silence.look(others);
    return false;
  }

  /** Shows that this opening is alive, and frees what the dead have claimed; answers how many claims. Call it in a transaction. */
  goRound(): number {
    const me = this.#number;
    if (me !== undefined && this.#claims.holds(me)) this.#prove(me);
    return this.reap();
  }

  /** Frees what the dead have claimed and removes their rows; answers how many claims. Call it in a transaction. */
  reap(): number {
    const others = this.#others();
    const silent = this.#silence.look(others);
    let freed = 0;
    for (const owner of others) if (silent.has(owner.id) || this.#isDead(owner)) freed += this.#remove(owner.id, 'dead');
    return freed;
  }

  /** Ends all claims of this opening. Call it in a transaction. */
  leave(): void {
    if (this.#number !== undefined) this.#remove(this.#number, 'left');
    this.#number = undefined;
  }

  /** A beat is written with the proof when the last one is old: who claims after a while is alive from then on. */
  #prove(number: number): boolean {
    if (this.#isProven) return true;
    const { uuid } = this.#facts;
    const isBeating = this.#isBeatDue;
    this.#isProven = isBeating
      ? this.#statements.beat.run(number, uuid).changes === 1
      : this.#statements.seen.get(number, uuid) !== undefined;
    if (this.#isProven && isBeating) this.#beatAt = this.#now();
    return this.#isProven;
  }

  #add(): number {
    const { lastInsertRowid } = this.#statements.add.run(this.#facts.uuid, this.#process, this.#facts.lease);
    this.#isProven = true;
    this.#beatAt = this.#now();
    return Number(lastInsertRowid);
  }

  #remove(owner: number, reason: 'left' | 'dead'): number {
    const freed = this.#claims.free(owner, reason);
    this.#statements.remove.run(owner);
    return freed;
  }

  /**
   * What a former thread of this opening has claimed nobody works on any more. A machine of this name that was started
   * again since is this one, because such a file is used on one machine only.
   */
  #isDead({ uuid, process }: OwnerRow): boolean {
    if (uuid === this.#facts.uuid) return true;
    if (process === this.#process) return false;
    const fate = fateOfProcess(process);
    return fate === 'gone' || fate === 'restarted';
  }

  get #isBeatDue(): boolean {
    return this.#now() - this.#beatAt >= Math.min(round, this.#facts.lease / 4) * 0.9;
  }

  #others(): readonly OwnerRow[] {
    return (this.#statements.all.all() as unknown as readonly OwnerRow[]).filter(({ id }) => id !== this.#number);
  }
}
