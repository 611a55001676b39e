import type { DatabaseSync } from 'node:sqlite';
import { Owners } from './owners.ts';
import type { Answer, FileSettings, Request } from './protocol.ts';
import { openQueueFile } from './queue-file.ts';
import { failureOf, Refusal } from './refusal.ts';
import { Store } from './store.ts';
import { type Waiter, Waiting } from './waiting.ts';

export type Work = Extract<Request, { ask: 'put' | 'commit' | 'backout' }>;
export type Look = Extract<Request, { ask: 'check' | 'browse' | 'depth' }>;

/** What is done to the file, one transaction at a time, and who waits for messages from it. */
export class Transactions {
  readonly db: DatabaseSync;
  readonly waiting = new Waiting();
  readonly #path: string;
  readonly #store: Store;
  readonly #owners: Owners;

  /** Raises what `openQueueFile` raises. */
  constructor(settings: FileSettings) {
    this.#path = settings.path;
    this.db = openQueueFile(settings);
    this.#store = new Store(this.db, settings);
    this.#owners = new Owners(this.db, this.#store, settings.lease, Date.now());
  }

  /** Does the work, hands out what is there to those who wait, and tells what to answer once all of it is on the disk. */
  write(work: readonly (readonly [number, Work])[]): readonly Answer[] {
    const now = Date.now();
    const answers: Answer[] = [];
    try {
      if (work.length === 0 && !this.#isSomethingToHandOut(now)) return [];
      // Handing out and giving back need no sync of the disk: after a loss of power the message is simply there.
      this.#store.begin(work.some(([, request]) => request.ask !== 'backout'));
      this.#store.wakeDue(now);
      for (const [number, request] of work) answers.push(this.#attempt(number, () => this.#do(request, now)));
      if (!this.waiting.isEmpty && this.#owners.isLeaseOld(now)) this.#owners.renew(now);
      const served = this.waiting.serve((waiter) => this.#serve(waiter, now, answers));
      this.#store.commit();
      for (const { number } of served) this.waiting.remove(number);
      return answers;
    } catch (error) {
      this.#store.undo();
      return this.#failures(error, work);
    }
  }

  /** Answers what needs no transaction. */
  look(number: number, request: Look): Answer {
    return this.#attempt(number, () => {
      switch (request.ask) {
        case 'check':
          return this.#store.check(request.queue);
        case 'browse':
          return this.#store.browse(request.queue, request.limit);
        case 'depth':
          return this.#store.depth(request.queue);
      }
    });
  }

  /** The failure to answer when there is no such queue. */
  refuseUnknown(number: number, queue: string): Answer | undefined {
    const answer = this.#attempt(number, () => this.#store.know(queue));
    return answer.length === 3 ? answer : undefined;
  }

  /** Keeps the lease, discards what has expired, and gives back what ended processes hold. True: there is something new. */
  tidy(): boolean {
    const now = Date.now();
    const gone = this.#owners.findGone(now);
    const renews = this.#owners.isLeaseOld(now) && this.#store.isHolding(this.#owners.own);
    const expired = this.#store.hasExpired(now);
    if (gone.length === 0 && !renews && !expired) return false;
    this.#inTransaction(() => {
      if (renews) this.#owners.renew(now);
      if (expired) this.#store.discardExpired(now);
      this.#owners.bury(gone);
    });
    return gone.length > 0;
  }

  /** When a retry is due next, in milliseconds since 1970. */
  nextDue(): number | undefined {
    return this.#store.nextDue();
  }

  /** Gives back what is held and lets go of the file. */
  close(): void {
    try {
      this.#inTransaction(() => this.#owners.bury([this.#owners.own]));
    } finally {
      this.db.close();
    }
  }

  #isSomethingToHandOut(now: number): boolean {
    if (this.waiting.isEmpty) return false;
    const due = this.#store.nextDue();
    return (due !== undefined && due <= now) || this.waiting.some((waiter) => this.#store.hasFor(waiter.order, now));
  }

  #do(request: Work, now: number): void {
    switch (request.ask) {
      case 'put':
        return this.#store.put(request.put);
      case 'commit':
        return this.#store.accept(request.held, this.#owners.own, request.puts, request.reply);
      case 'backout':
        return this.#store.giveBack(request.held, this.#owners.own, request.after > 0 ? now + request.after : 0, request.uncounted);
    }
  }

  #serve({ number, order }: Waiter, now: number, answers: Answer[]): boolean {
    const taken = this.#store.take(order, this.#owners.own, now);
    if (taken) answers.push([number, taken]);
    return taken !== undefined;
  }

  /** A refusal concerns one request; whatever else goes wrong concerns its whole transaction. */
  #attempt(number: number, act: () => unknown): Answer {
    try {
      return [number, act()];
    } catch (error) {
      if (this.#store.isOpen && !(error instanceof Refusal)) throw error;
      return [number, undefined, failureOf(error, this.#path)];
    }
  }

  /** Those who wait go on waiting while trying again can help. */
  #failures(error: unknown, work: readonly (readonly [number, Work])[]): readonly Answer[] {
    const failure = failureOf(error, this.#path);
    const waits = failure.code === 'WB_QUEUE_BUSY' || failure.code === 'WB_QUEUE_NO_SPACE';
    const numbers = [...work.map(([number]) => number), ...(waits ? [] : this.waiting.clear())];
    return numbers.map((number) => [number, undefined, failure] as const);
  }

  #inTransaction(act: () => void): void {
    this.#store.begin(false);
    try {
      act();
      this.#store.commit();
    } catch (error) {
      this.#store.undo();
      throw error;
    }
  }
}
