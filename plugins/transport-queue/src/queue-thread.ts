import type { Answer, FileSettings, Numbered, TakeOrder } from './protocol.ts';
import { Transactions, type Work } from './transactions.ts';
import { Wakeups } from './wakeups.ts';

/** How often ended processes are looked for and leases kept, in milliseconds. */
const round = 500;

/**
 * Everything that touches the file, in a thread of its own so that the main thread never waits for the disk. Whatever
 * has arrived while one transaction was written goes into the next one together: a sync of the disk costs the same for
 * one message as for fifty.
 */
export class QueueThread {
  readonly #answer: (answers: readonly Answer[]) => void;
  readonly #transactions: Transactions;
  readonly #wakeups: Wakeups;
  readonly #rounds: NodeJS.Timeout;
  #arrived: Numbered[] = [];
  #planned: NodeJS.Immediate | undefined;
  #dueTimer: NodeJS.Timeout | undefined;

  /** Raises what `openQueueFile` raises. `answer` gets the answers of one transaction at a time. */
  constructor(settings: FileSettings, answer: (answers: readonly Answer[]) => void) {
    this.#answer = answer;
    this.#transactions = new Transactions(settings);
    this.#transactions.tidy();
    this.#wakeups = new Wakeups(this.#transactions.db, settings.path, () => this.#plan());
    this.#rounds = setInterval(() => this.#goRound(), round);
  }

  take(requests: readonly Numbered[]): void {
    for (const request of requests) this.#arrived.push(request);
    this.#plan();
  }

  #plan(): void {
    this.#planned ??= setImmediate(() => {
      this.#planned = undefined;
      this.#run();
    });
  }

  #run(): void {
    const answers: Answer[] = [];
    const work: (readonly [number, Work])[] = [];
    const impatient: number[] = [];
    const waiting = this.#transactions.waiting;
    let closing: number | undefined;
    for (const [number, request] of this.#arrived.splice(0)) {
      switch (request.ask) {
        case 'put':
        case 'commit':
        case 'backout':
          work.push([number, request]);
          break;
        case 'take':
          if (!request.wait) impatient.push(number);
          answers.push(...this.#enrol(number, request));
          break;
        case 'cancel':
          if (waiting.remove(request.number)) answers.push([request.number, undefined]);
          break;
        case 'check':
        case 'browse':
        case 'depth':
          answers.push(this.#transactions.look(number, request));
          break;
        case 'close':
          closing = number;
          break;
      }
    }
    answers.push(...this.#transactions.write(work));
    for (const number of impatient) if (waiting.remove(number)) answers.push([number, undefined]);
    if (answers.length > 0) this.#answer(answers);
    if (closing === undefined) this.#watch();
    else this.#close(closing);
  }

  #enrol(number: number, order: TakeOrder): readonly Answer[] {
    const unknown = this.#transactions.refuseUnknown(number, order.queue);
    if (unknown) return [unknown];
    this.#transactions.waiting.add({ number, order });
    return [];
  }

  /** As long as somebody waits: looks for what other processes do, and for retries that become due. */
  #watch(): void {
    clearTimeout(this.#dueTimer);
    if (this.#transactions.waiting.isEmpty) return this.#wakeups.rest();
    this.#wakeups.arm();
    const due = this.#transactions.nextDue();
    // A day at most: timers of Node hold no more than 24 days.
    if (due !== undefined) this.#dueTimer = setTimeout(() => this.#plan(), Math.min(Math.max(due - Date.now(), 1), 86_400_000));
  }

  #goRound(): void {
    try {
      if (this.#transactions.tidy()) this.#plan();
    } catch {
      // Locked or full: the next round tries again, and whoever needs the file is told so by his own request.
    }
    if (!this.#transactions.waiting.isEmpty) this.#plan();
  }

  #close(number: number): void {
    clearInterval(this.#rounds);
    clearTimeout(this.#dueTimer);
    clearImmediate(this.#planned);
    this.#wakeups.close();
    try {
      this.#transactions.close();
    } finally {
      this.#answer([[number, undefined]]);
    }
  }
}
