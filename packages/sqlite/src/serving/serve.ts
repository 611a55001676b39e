import { type MessagePort, parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import { factsOf, type Meanings } from '../fault.ts';
import type { Batch, Greeting, ThreadAnswer } from '../protocol.ts';
import { round } from '../silence.ts';
import type { AnyService, Service } from './service.ts';
import { Transactions } from './transactions.ts';
import type { NumberedCall } from './waiting-calls.ts';
import { Wakeups } from './wakeups.ts';

/** How long a round waits for another process that is writing, in milliseconds: the next one comes soon. */
const patience = 100;

/** Timers of Node hold no more than 24 days. */
const longestTimer = 86_400_000;

/** A batch, or that the thread is to end. */
type Told = Batch | null;

/**
 * The whole of a thread's entry module: opens the file with what the link was given as `data`, says so, and does what it is
 * told until it is told to end.
 */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the entry module says once what its link gives it
export function serve<Data extends { readonly path: string }, Operations extends object>(
  open: (data: Data) => Service<Operations>,
  meanings: Meanings,
): void {
  if (parentPort === null) throw new Error('This module is the entry of a thread.');
  const port = parentPort;
  const data = workerData as Data;
  const greet = (greeting: Greeting): void => port.postMessage(greeting);
  try {
    const service = open(data) as unknown as AnyService;
    const thread = new ServingThread(service, meanings, data.path, (answer: ThreadAnswer) => port.postMessage(answer));
    const opened = thread.open();
    port.on('message', (first: Told) => listen(port, thread, [first, ...waitingAt(port)]));
    greet({ opened });
  } catch (error) {
    greet({ failure: factsOf(error, meanings, data.path) });
  }
}

function listen(port: MessagePort, thread: ServingThread, told: readonly Told[]): void {
  const batches = told.filter((one) => one !== null);
  if (batches.length > 0) thread.run(batches);
  if (batches.length === told.length) return;
  thread.close();
  port.close();
}

/** What has come while the last transaction was being committed: it goes into the next one. */
function waitingAt(port: MessagePort): readonly Told[] {
  const told: Told[] = [];
  for (let next = receiveMessageOnPort(port); next; next = receiveMessageOnPort(port))
    told.push((next as { readonly message: Told }).message);
  return told;
}

/** The life of a thread: runs of calls, rounds, and wake-ups for what waits. */
class ServingThread {
  readonly #service: AnyService;
  readonly #transactions: Transactions;
  readonly #answer: (answer: ThreadAnswer) => void;
  readonly #path: string;
  #rounds: NodeJS.Timeout | undefined;
  #dueTimer: NodeJS.Timeout | undefined;
  #wakeups: Wakeups | undefined;

  constructor(service: AnyService, meanings: Meanings, path: string, answer: (answer: ThreadAnswer) => void) {
    this.#service = service;
    this.#transactions = new Transactions(service, meanings, path);
    this.#path = path;
    this.#answer = answer;
  }

  /** Frees what the dead have claimed. Throws, and closes the file, when that cannot be done. */
  open(): unknown {
    const { database, owners, tidying, opened } = this.#service;
    try {
      const told = this.#transactions.light(() => {
        const freed = owners?.reap() ?? 0;
        return opened?.(freed);
      });
      if (owners || tidying) this.#rounds = setInterval(() => this.#goRound(), round);
      return told;
    } catch (error) {
      database.close();
      throw error;
    }
  }

  run(batches: readonly Batch[]): void {
    const { numbers, values, failures } = this.#transactions.run(batches.flatMap(numbered));
    const cancelled = batches.flatMap((batch) => batch.cancelled).filter((number) => this.#transactions.waiting.remove(number));
    const all = cancelled.length === 0 ? numbers : [...numbers, ...cancelled];
    if (batches.length > 0 || all.length > 0) this.#answer({ batches: batches.length, numbers: all, values, failures });
    this.#watch();
  }

  close(): void {
    clearInterval(this.#rounds);
    clearTimeout(this.#dueTimer);
    this.#wakeups?.close();
    this.#service.database.close();
  }

  /** As long as a call waits: looks for what other processes do, and for what becomes due. */
  #watch(): void {
    clearTimeout(this.#dueTimer);
    if (this.#transactions.waiting.isEmpty) return this.#wakeups?.rest();
    this.#wakeups ??= new Wakeups(this.#service.database, this.#path, () => this.run([]));
    this.#wakeups.arm();
    const due = this.#service.nextDue?.();
    if (due === undefined) return;
    this.#dueTimer = setTimeout(() => this.run([]), Math.min(Math.max(due - Date.now(), 1), longestTimer));
  }

  /** What cannot be done now is done by a later round, and whoever needs the file is told so by a call of its own. */
  #goRound(): void {
    try {
      this.#writeRound();
    } catch {
      // Locked or full.
    }
    if (!this.#transactions.waiting.isEmpty) this.run([]);
  }

  #writeRound(): void {
    const { database, owners, tidying } = this.#service;
    const isForOwners = owners?.needsRound() === true;
    const isForTidying = tidying?.isNeeded() === true;
    if (!isForOwners && !isForTidying) return;
    const usual = Number(database.prepare('PRAGMA busy_timeout').get()?.['timeout']);
    database.exec(`PRAGMA busy_timeout = ${Math.min(patience, usual)}`);
    try {
      this.#transactions.light(() => {
        if (isForOwners) owners?.goRound();
        if (isForTidying) tidying?.run();
      });
    } finally {
      database.exec(`PRAGMA busy_timeout = ${usual}`);
    }
  }
}

function numbered({ first, names, args }: Batch): readonly NumberedCall[] {
  return names.map((name, place) => ({ number: first + place, name, args: args[place] ?? [] }));
}
