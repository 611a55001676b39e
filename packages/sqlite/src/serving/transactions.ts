import { blamesTheCall, type FailureFacts, factsOf, faultOf, isBusy, type Meanings } from '../fault.ts';
import { rollBack } from '../file.ts';
import { type Answers, leave } from '../protocol.ts';
import type { AnyService } from './service.ts';
import { type NumberedCall, WaitingCalls } from './waiting-calls.ts';

interface Collected extends Answers {
  readonly numbers: number[];
  readonly values: unknown[];
  readonly failures: (readonly [place: number, facts: FailureFacts])[];
}

/** Does a call; answers `true` when it has an answer, which is then collected. */
type Attempt = (call: NumberedCall, answers: Collected, mayWait: boolean) => boolean;

/** What is done to the file, one transaction at a time. Each begins at once or not at all: who waits for a lock are the turns. */
export class Transactions {
  readonly waiting: WaitingCalls;
  /** For how long the file was opened to wait for another process that is writing, in milliseconds. */
  readonly patience: number;
  readonly #service: AnyService;
  readonly #meanings: Meanings;
  readonly #path: string;
  readonly #begin;
  readonly #commit;
  #isSynced = true;

  constructor(service: AnyService, meanings: Meanings, path: string) {
    this.#service = service;
    this.#begin = service.database.prepare('BEGIN IMMEDIATE');
    this.#commit = service.database.prepare('COMMIT');
    this.#meanings = meanings;
    this.#path = path;
    this.waiting = new WaitingCalls(service);
    this.patience = Number(service.database.prepare('PRAGMA busy_timeout').get()?.['timeout']);
  }

  /**
   * Does the calls, and what waits and can be answered, with one commit. Each call is done as a whole or not at all. Answers
   * undefined, and has done nothing, when the file is locked, unless this attempt is the last: then the calls fail.
   */
  run(calls: readonly NumberedCall[], isLast: boolean): Answers | undefined {
    const now: NumberedCall[] = [];
    for (const call of calls) {
      if (this.#mayWait(call)) this.waiting.add(call);
      else now.push(call);
    }
    const answers = this.#write(now, isLast);
    if (answers === undefined) return undefined;
    for (const number of answers.numbers) this.waiting.remove(number);
    for (const call of this.waiting.watchers()) if (this.#attempt(call, answers, true)) this.waiting.remove(call.number);
    return answers;
  }

  /** Work of the service's own, which may be undone by a loss of power. Throws when it could not be done. */
  light<Value>(work: () => Value): Value {
    return this.#inTransaction(false, work);
  }

  #mayWait({ name }: NumberedCall): boolean {
    const kind = this.#service.kinds[name];
    return kind === 'watch' || typeof kind === 'object';
  }

  #write(calls: readonly NumberedCall[], isLast: boolean): Collected | undefined {
    try {
      const isWriting = calls.some(({ name }) => this.#service.kinds[name] !== 'read');
      if (!isWriting && !this.waiting.isAnyReady()) return this.#collect(calls, this.#attempt);
      return this.#inTransaction(this.#isPromise(calls), () => this.#collect(calls, this.#do));
    } catch (error) {
      if (blamesTheCall(error)) return this.#withSavepoints(calls, isLast);
      return isBusy(error) && !isLast ? undefined : this.#allFailed(calls, error);
    }
  }

  /**
   * The second way, taken when a call of the batch was refused: savepoints keep the neighbours of the bad call. They cost
   * too much to be set in batches in which all goes well.
   */
  #withSavepoints(calls: readonly NumberedCall[], isLast: boolean): Collected | undefined {
    try {
      return this.#inTransaction(this.#isPromise(calls), () => this.#collect(calls, this.#doGuarded));
    } catch (error) {
      return isBusy(error) && !isLast ? undefined : this.#allFailed(calls, error);
    }
  }

  #isPromise(calls: readonly NumberedCall[]): boolean {
    return calls.some(({ name }) => (this.#service.kinds[name] ?? 'write') === 'write' && name !== leave);
  }

  /** The calls in their order; then, in the order of their coming, those that wait. */
  #collect(calls: readonly NumberedCall[], attempt: Attempt): Collected {
    const answers: Collected = { numbers: [], values: [], failures: [] };
    for (const call of calls) attempt(call, answers, false);
    if (attempt !== this.#attempt) this.waiting.serve((call) => attempt(call, answers, true));
    return answers;
  }

  readonly #do: Attempt = (call, answers, mayWait) => {
    const value = this.#execute(call);
    if (mayWait && value === undefined) return false;
    answers.numbers.push(call.number);
    answers.values.push(value);
    return true;
  };

  readonly #doGuarded: Attempt = (call, answers, mayWait) => {
    const { database } = this.#service;
    database.exec('SAVEPOINT step');
    try {
      const isAnswered = this.#do(call, answers, mayWait);
      this.#service.flush?.();
      database.exec('RELEASE step');
      return isAnswered;
    } catch (error) {
      if (!blamesTheCall(error)) throw error;
      database.exec('ROLLBACK TO step; RELEASE step');
      this.#forget();
      return this.#failed(call, answers, error);
    }
  };

  /** Outside of a transaction: a read that fails affects no other call. */
  readonly #attempt: Attempt = (call, answers, mayWait) => {
    try {
      return this.#do(call, answers, mayWait);
    } catch (error) {
      return this.#failed(call, answers, error);
    }
  };

  #execute({ name, args }: NumberedCall): unknown {
    if (name === leave) {
      this.#service.owners?.leave();
      return this.#service.leaving?.();
    }
    const operation = this.#service.operations[name];
    if (operation === undefined) throw new TypeError(`There is no operation "${name}".`);
    return operation(...args);
  }

  #failed({ number }: NumberedCall, { numbers, values, failures }: Collected, error: unknown): true {
    failures.push([numbers.push(number) - 1, factsOf(error, this.#meanings, this.#path)]);
    values.push(undefined);
    return true;
  }

  /** What waits goes on waiting while trying again can help. */
  #allFailed(calls: readonly NumberedCall[], error: unknown): Collected {
    const fault = faultOf(error);
    const numbers = calls.map(({ number }) => number);
    if (fault !== 'busy' && fault !== 'full') numbers.push(...this.waiting.clear());
    const facts = factsOf(error, this.#meanings, this.#path);
    return { numbers, values: numbers.map(() => undefined), failures: numbers.map((_, place) => [place, facts] as const) };
  }

  #inTransaction<Value>(isPromise: boolean, work: () => Value): Value {
    const { database, flush, promises } = this.#service;
    if (isPromise !== this.#isSynced) database.exec(`PRAGMA synchronous = ${isPromise ? 'FULL' : 'NORMAL'}`);
    this.#isSynced = isPromise;
    this.#beginAtOnce();
    try {
      this.#service.owners?.begin();
      const value = work();
      flush?.();
      if (isPromise) promises?.count();
      this.#commit.run();
      if (isPromise) promises?.note();
      return value;
    } catch (error) {
      this.#forget();
      rollBack(database);
      throw error;
    }
  }

  /** Only here does SQLite itself not wait: it would hold the thread, with the other files that it works on. Reading waits for nobody who writes. */
  #beginAtOnce(): void {
    const { database } = this.#service;
    database.exec('PRAGMA busy_timeout = 0');
    try {
      this.#begin.run();
    } finally {
      database.exec(`PRAGMA busy_timeout = ${this.patience}`);
    }
  }

  #forget(): void {
    this.#service.owners?.undone();
    this.#service.undone?.();
  }
}
