import { type MessagePort, receiveMessageOnPort } from 'node:worker_threads';
import { factsOf, isBusy, type Meanings, reasonOf } from '../fault.ts';
import type { Batch, Said } from '../protocol.ts';
import { round } from '../silence.ts';
import type { AnyService } from './service.ts';
import { Transactions } from './transactions.ts';
import { Turns } from './turns.ts';
import type { NumberedCall } from './waiting-calls.ts';
import { Wakeups } from './wakeups.ts';

/** How long the service waits for another process that is writing, in milliseconds, when nobody has called: it looks again soon. */
const patience = 100;

/** Timers of Node hold no more than 24 days. */
const longestTimer = 86_400_000;

/** A batch, or that the service is to end. */
type Told = Batch | null;

export interface ServedFileOptions {
  readonly service: AnyService;
  readonly meanings: Meanings;
  readonly path: string;
  readonly port: MessagePort;
}

/**
 * The life of a service: the opening, runs of calls, rounds, and wake-ups for what waits. Each is a turn, so that an error of
 * the service ends this one and no other that the thread has.
 */
export class ServedFile {
  readonly #service: AnyService;
  readonly #transactions: Transactions;
  readonly #meanings: Meanings;
  readonly #path: string;
  readonly #port: MessagePort;
  readonly #turns = new Turns((error) => this.#fail(error));
  #rounds: NodeJS.Timeout | undefined;
  /** Whether a round has its turn still before it. */
  #hasRound = false;
  #dueTimer: NodeJS.Timeout | undefined;
  #wakeups: Wakeups | undefined;

  constructor({ service, meanings, path, port }: ServedFileOptions) {
    this.#service = service;
    this.#transactions = new Transactions(service, meanings, path);
    this.#meanings = meanings;
    this.#path = path;
    this.#port = port;
  }

  /** Frees what the dead have claimed, says so, and does what it is told until it is told to end. */
  open(): void {
    this.#port.on('message', (first: Told) => this.#listen([first, ...waitingAt(this.#port)]));
    this.#turns.take({ patience: this.#transactions.patience, attempt: (isLast) => this.#greet(isLast) });
  }

  #greet(isLast: boolean): boolean {
    const { owners, tidying, opened } = this.#service;
    try {
      const told = this.#transactions.light(() => {
        const freed = owners?.reap() ?? 0;
        return opened?.(freed);
      });
      if (owners || tidying) this.#rounds = setInterval(() => this.#goRound(), round);
      this.#say({ opened: told });
    } catch (error) {
      if (!isLast && isBusy(error)) return false;
      this.#close({ failure: factsOf(error, this.#meanings, this.#path) });
    }
    return true;
  }

  #listen(told: readonly Told[]): void {
    const batches = told.filter((one) => one !== null);
    if (batches.length > 0) this.#run(batches, this.#transactions.patience);
    if (batches.length === told.length) return;
    const attempt = (): true => {
      this.#close();
      return true;
    };
    this.#turns.take({ patience: 0, attempt });
  }

  #run(batches: readonly Batch[], patienceOfCalls: number): void {
    const calls = batches.flatMap(numbered);
    const attempt = (isLast: boolean): boolean => {
      const answers = this.#transactions.run(calls, isLast);
      if (answers === undefined) return false;
      const cancelled = batches.flatMap((batch) => batch.cancelled).filter((number) => this.#transactions.waiting.remove(number));
      const numbers = cancelled.length === 0 ? answers.numbers : [...answers.numbers, ...cancelled];
      if (batches.length > 0 || numbers.length > 0) this.#say({ ...answers, batches: batches.length, numbers });
      for (const body of batches.flatMap(({ handedOver }) => handedOver)) body.transfer(0);
      this.#watch();
      return true;
    };
    this.#turns.take({ patience: patienceOfCalls, attempt });
  }

  /** For what waits. Whoever is held up by a lock answers that as well. */
  #wake(): void {
    if (!this.#turns.isHeldUp) this.#run([], patience);
  }

  /** As long as a call waits: looks for what other processes do, and for what becomes due. */
  #watch(): void {
    clearTimeout(this.#dueTimer);
    if (this.#transactions.waiting.isEmpty) return this.#wakeups?.rest();
    this.#wakeups ??= new Wakeups(this.#service.database, this.#path, () => this.#wake());
    this.#wakeups.arm();
    const due = this.#service.nextDue?.();
    if (due === undefined) return;
    this.#dueTimer = setTimeout(() => this.#wake(), Math.min(Math.max(due - Date.now(), 1), longestTimer));
  }

  /** What cannot be done now is done by a later round, and whoever needs the file is told so by a call of its own. */
  #goRound(): void {
    if (this.#hasRound) return;
    this.#hasRound = true;
    const attempt = (isLast: boolean): boolean => {
      try {
        this.#writeRound();
      } catch (error) {
        // Locked or full.
        if (!isLast && isBusy(error)) return false;
      }
      this.#hasRound = false;
      if (!this.#transactions.waiting.isEmpty) this.#run([], patience);
      return true;
    };
    this.#turns.take({ patience, attempt });
  }

  #writeRound(): void {
    const { owners, tidying } = this.#service;
    const isForOwners = owners?.needsRound() === true;
    const isForTidying = tidying?.isNeeded() === true;
    if (!isForOwners && !isForTidying) return;
    this.#transactions.light(() => {
      if (isForOwners) owners?.goRound();
      if (isForTidying) tidying?.run();
    });
  }

  #say(said: Said): void {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port, not a window
    this.#port.postMessage(said);
  }

  #fail(error: unknown): void {
    this.#close({ ended: reasonOf(error) });
  }

  #close(last?: Said): void {
    clearInterval(this.#rounds);
    clearTimeout(this.#dueTimer);
    this.#turns.close();
    this.#wakeups?.close();
    this.#service.database.close();
    this.#service.promises?.close();
    if (last) this.#say(last);
    this.#port.close();
  }
}

/** What has come while the last transaction was being committed: it goes into the next one. */
function waitingAt(port: MessagePort): readonly Told[] {
  const told: Told[] = [];
  for (let next = receiveMessageOnPort(port); next; next = receiveMessageOnPort(port))
    told.push((next as { readonly message: Told }).message);
  return told;
}

function numbered({ first, names, args }: Batch): readonly NumberedCall[] {
  return names.map((name, place) => ({ number: first + place, name, args: args[place] ?? [] }));
}
