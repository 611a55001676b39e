import { Worker } from 'node:worker_threads';
import type { WaybillError } from '@waybill/contract';
import { type ErrorTable, errorOf, type Meanings } from './failure.ts';
import { Flow } from './flow.ts';
import { PendingCalls } from './pending-calls.ts';
import { type AnswerOf, type ArgsOf, type Greeting, leave, type ThreadAnswer } from './protocol.ts';
import { warnsOfExperiment } from './sqlite-version.ts';

export interface LinkOptions<Data> {
  /** The module that the thread runs; it calls `serve`. */
  readonly entry: URL;
  /** What the thread is started with, each time the same. */
  readonly data: Data;
  /** The name of the thread, for debuggers. */
  readonly name: string;
  /** The error table of the user, and what each fault means in it. */
  readonly errors: ErrorTable;
  readonly meanings: Meanings;
  /** After how many milliseconds without a call the thread is ended, to give its memory back. Default: never. */
  readonly idle?: number | undefined;
  /** Starts the thread. Default: a `Worker`. */
  readonly start?: ((entry: URL, data: Data) => Worker) | undefined;
}

/** A call that may wait in the thread until there is something to answer. */
export interface WaitingCall<Answer> {
  readonly answer: Promise<Answer>;
  /** Ends the waiting: the call is answered with `undefined`, unless its answer is on its way already. */
  readonly cancel: () => void;
}

export interface WaitOptions {
  /** True: the process may end while the call waits. Default false. */
  readonly isIdle?: boolean | undefined;
}

/**
 * The way to the thread that works on a file. The calls of one turn of the event loop go over together, also while the
 * thread is at work. When the thread ends unexpectedly, what is in its hands is rejected with the fault `ended`, and the
 * next call starts a new thread. The process may end while nothing is asked, not while something is.
 */
export class ThreadLink<Operations extends object, Data extends { readonly path: string }> {
  readonly #options: LinkOptions<Data>;
  readonly #flow = new Flow();
  readonly #pending = new PendingCalls();
  /** Missing before the first call, between the end of a thread and the next call, and after closing. */
  #thread: Worker | undefined;
  /** True from the greeting of the thread to its end. */
  #isReady = false;
  #isScheduled = false;
  /** True when a thread may have left claims behind. */
  #hasLost = false;
  #idleTimer: NodeJS.Timeout | undefined;
  #ending: Promise<void> | undefined;
  #closing: Promise<void> | undefined;

  constructor(options: LinkOptions<Data>) {
    this.#options = options;
  }

  /** Starts the thread; answers what it tells of the opening. Rejects with what is wrong with the file, or the reason of `signal`. */
  async open(signal?: AbortSignal): Promise<unknown> {
    signal?.throwIfAborted();
    const thread = this.#start();
    this.#thread = thread;
    const stop = (): void => void thread.terminate();
    signal?.addEventListener('abort', stop, { once: true });
    try {
      return await this.#greeting(thread, signal);
    } finally {
      signal?.removeEventListener('abort', stop);
    }
  }

  /** `size`: how many bytes the bodies among the arguments have. */
  call<Name extends keyof Operations & string>(name: Name, args: ArgsOf<Operations, Name>, size = 0): Promise<AnswerOf<Operations, Name>> {
    return this.#gather<AnswerOf<Operations, Name>>(name, args, size).answer;
  }

  /** A call that may be given up before it is answered. */
  wait<Name extends keyof Operations & string>(
    name: Name,
    args: ArgsOf<Operations, Name>,
    { isIdle = false }: WaitOptions = {},
  ): WaitingCall<AnswerOf<Operations, Name>> {
    const { answer, number } = this.#gather<AnswerOf<Operations, Name>>(name, args, 0, isIdle);
    const cancel = (): void => {
      if (number === undefined || !this.#pending.has(number)) return;
      this.#flow.cancel(number);
      this.#schedule();
    };
    return { answer, cancel };
  }

  /** Does what was called before, ends the claims of this opening, and ends the thread. What waits is rejected with `closed`. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    await this.#ending;
    if (this.#thread === undefined && this.#flow.isEmpty && !this.#hasLost) return;
    // When it fails, others free the claims as those of a silent owner.
    await this.#add(leave, [], 0).answer.catch(() => undefined);
    await this.#end();
    this.#pending.rejectAll(this.#error('closed', 'It was closed.'));
  }

  #gather<Answer>(name: string, args: readonly unknown[], size: number, isIdle = false): { answer: Promise<Answer>; number?: number } {
    if (this.#closing) return { answer: Promise.reject(this.#error('closed', 'It was closed.')) };
    return this.#add<Answer>(name, args, size, isIdle);
  }

  #add<Answer>(name: string, args: readonly unknown[], size: number, isIdle = false): { answer: Promise<Answer>; number: number } {
    const number = this.#flow.add(name, args, size);
    const answer = this.#pending.add<Answer>(number, isIdle);
    this.#schedule();
    return { answer, number };
  }

  /** Not at once: the other calls of this turn of the event loop shall be in the same batch. */
  #schedule(): void {
    if (this.#isScheduled || this.#flow.isFull) return;
    this.#isScheduled = true;
    setImmediate(() => {
      this.#isScheduled = false;
      this.#post();
    });
  }

  #post(): void {
    if (this.#flow.isEmpty || this.#flow.isFull) return;
    if (this.#thread === undefined) this.#startAgain();
    if (this.#thread === undefined || !this.#isReady) return;
    clearTimeout(this.#idleTimer);
    const batch = this.#flow.take();
    try {
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
      this.#thread.postMessage(batch);
      if (!this.#pending.isIdle) this.#thread.ref();
    } catch (cause) {
      // Nothing of it went over: there was something in it that cannot be copied to another thread.
      this.#flow.takeBack();
      const error = this.#error('failed', cause instanceof Error ? cause.message : String(cause));
      for (const index of batch.calls.keys()) this.#pending.reject(batch.first + index, error);
    }
  }

  #start(): Worker {
    const { entry, data, name, start } = this.#options;
    if (start) return start(entry, data);
    // Flags that are given replace those of the process, so that none are given where it is not needed.
    const quiet = warnsOfExperiment(process.versions.node) ? { execArgv: ['--disable-warning=ExperimentalWarning'] } : {};
    return new Worker(entry, { workerData: data, name, ...quiet });
  }

  #startAgain(): void {
    this.open().then(
      () => this.#post(),
      (error: unknown) => {
        // Nobody else will start one for what waits.
        this.#flow.drop();
        this.#pending.rejectAll(error);
      },
    );
  }

  #greeting(thread: Worker, signal: AbortSignal | undefined): Promise<unknown> {
    return new Promise((resolve, reject) => {
      let lastError: unknown;
      thread.once('message', (greeting: Greeting) => {
        if ('failure' in greeting) {
          this.#thread = undefined;
          return reject(errorOf(greeting.failure, this.#options.errors));
        }
        this.#isReady = true;
        if (this.#pending.isIdle) thread.unref();
        thread.on('message', (answer: ThreadAnswer) => this.#answered(answer));
        resolve(greeting.opened);
      });
      thread.on('error', (error) => {
        lastError = error;
      });
      thread.once('exit', () => {
        const error = this.#error('ended', lastError instanceof Error ? lastError.message : 'It said nothing.');
        reject(signal?.aborted ? signal.reason : error);
        this.#ended(thread, error);
      });
    });
  }

  #answered({ batches, numbers, values, failures }: ThreadAnswer): void {
    this.#flow.done(batches);
    for (const [place, facts] of failures) this.#pending.reject(numbers[place] ?? 0, errorOf(facts, this.#options.errors));
    for (const [place, number] of numbers.entries()) this.#pending.resolve(number, values[place]);
    if (this.#pending.isIdle) this.#thread?.unref();
    const { idle } = this.#options;
    if (!this.#flow.isEmpty) this.#schedule();
    else if (idle !== undefined && this.#pending.isEmpty) this.#idleTimer = setTimeout(() => this.#endIdle(), idle).unref();
  }

  /** What the thread has never got goes to the next one. */
  #ended(thread: Worker, error: WaybillError): void {
    if (this.#thread !== thread) return;
    this.#thread = undefined;
    this.#isReady = false;
    this.#hasLost = true;
    const firstLeft = this.#flow.lose();
    this.#pending.rejectAll(error, firstLeft);
    if (!this.#flow.isEmpty) this.#schedule();
  }

  #error(fault: 'closed' | 'ended' | 'failed', reason: string): WaybillError {
    return this.#options.meanings[fault]({ path: this.#options.data.path, reason });
  }

  #endIdle(): void {
    if (this.#flow.isAtRest && this.#pending.isEmpty) this.#ending = this.#end();
  }

  async #end(): Promise<void> {
    clearTimeout(this.#idleTimer);
    const thread = this.#thread;
    if (thread === undefined) return;
    // Whoever calls from now on gets a new one.
    this.#thread = undefined;
    this.#isReady = false;
    const ended = new Promise((resolve) => thread.once('exit', resolve));
    thread.ref();
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
    thread.postMessage(null);
    await ended;
  }
}
