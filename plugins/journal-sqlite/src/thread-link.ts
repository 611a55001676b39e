import { Worker } from 'node:worker_threads';
import { WaybillError } from '@waybill/contract';
import type { BatchAnswer, BatchCall, FailureFacts, Greeting, Operation, Operations, ThreadData } from './operations.ts';

interface Call {
  readonly name: Operation;
  readonly args: readonly unknown[];
  /** Bytes of the bodies in it. */
  readonly size: number;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/** What is in the hands of the thread at most, so that a flood neither fills the memory twice nor lets the first wait for the last. */
const mostCalls = 1024;
const mostBytes = 8 * 1024 * 1024;

/** What went over together. */
interface Batch {
  readonly calls: readonly Call[];
  readonly size: number;
}

export const threadEntry = new URL(import.meta.url.endsWith('.ts') ? './worker/thread.ts' : './worker/thread.js', import.meta.url);

export interface LinkOptions {
  readonly start?: (data: ThreadData) => Worker;
  /** After how many milliseconds without a call the thread is ended, to give its memory back. Default: never. */
  readonly idle?: number;
}

/**
 * The way to a thread of the journal. The calls of one turn of the event loop go over together, also while the thread is
 * at work: it takes all that has come meanwhile into its next transaction, so that they share one commit and the thread
 * does not wait for this side to notice that it is free. When the thread ends unexpectedly, what is in its hands and
 * what waits is rejected as retryable, and the next call starts a new thread.
 */
export class ThreadLink {
  readonly #data: ThreadData;
  readonly #start: (data: ThreadData) => Worker;
  readonly #idle: number;
  #idleTimer: NodeJS.Timeout | undefined;
  #gathered: Call[] = [];
  /** In the order in which they went over, which is that of the answers. */
  #inHand: Batch[] = [];
  #callsInHand = 0;
  #bytesInHand = 0;
  #thread: Worker | undefined;
  #isReady = false;
  #isScheduled = false;
  #closing: Promise<void> | undefined;
  #ending: Promise<void> | undefined;

  constructor(data: ThreadData, { start = startThread, idle = Number.POSITIVE_INFINITY }: LinkOptions = {}) {
    this.#data = data;
    this.#start = start;
    this.#idle = idle;
  }

  /** Starts the thread; answers how many claims of dead processes it has ended. Rejects when the file cannot be opened. */
  async open(signal: AbortSignal): Promise<number> {
    signal.throwIfAborted();
    const thread = this.#start(this.#data);
    this.#thread = thread;
    const greeted = new Promise<number>((resolve, reject) => {
      let lastError: unknown;
      thread.once('message', (greeting: Greeting) => {
        if ('failure' in greeting) {
          this.#thread = undefined;
          return reject(errorOf(greeting.failure));
        }
        this.#isReady = true;
        thread.unref();
        thread.on('message', (answer: BatchAnswer) => this.#answered(answer));
        resolve(greeting.released);
      });
      thread.on('error', (error) => {
        lastError = error;
      });
      thread.once('exit', () => {
        const ended = endedError(lastError);
        reject(signal.aborted ? signal.reason : ended);
        this.#ended(thread, ended);
      });
    });
    const stop = (): void => void thread.terminate();
    signal.addEventListener('abort', stop, { once: true });
    return await greeted.finally(() => signal.removeEventListener('abort', stop));
  }

  call<Name extends Operation>(name: Name, args: Parameters<Operations[Name]>, size = 0): Promise<ReturnType<Operations[Name]>> {
    if (this.#closing !== undefined) return Promise.reject(new WaybillError('WB_JOURNAL_CLOSED', 'The journal is closed.'));
    return this.#gather(name, args, size);
  }

  /** Does what was called before, ends the claims, and ends the thread. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    await this.#ending;
    // A viewer that nobody has looked through has nothing to end; a writer whose thread has ended has its claims.
    if (this.#thread === undefined && this.#gathered.length === 0 && this.#data.owner === null) return;
    try {
      await this.#gather('leave', [], 0);
    } finally {
      await this.#end();
    }
  }

  #gather<Value>(name: Operation, args: readonly unknown[], size: number): Promise<Value> {
    return new Promise((resolve, reject) => {
      this.#gathered.push({ name, args, size, resolve: resolve as (value: unknown) => void, reject });
      this.#schedule();
    });
  }

  /** Not at once: the other calls of this turn of the event loop shall be in the same batch. */
  #schedule(): void {
    if (this.#isScheduled || this.#isFull) return;
    this.#isScheduled = true;
    setImmediate(() => {
      this.#isScheduled = false;
      this.#post();
    });
  }

  /** One batch at work and one that waits for it: more would only cost more postage, since they share the next commit anyway. */
  get #isFull(): boolean {
    return this.#inHand.length > 1 || this.#callsInHand >= mostCalls || this.#bytesInHand >= mostBytes;
  }

  #post(): void {
    if (this.#gathered.length === 0 || this.#isFull) return;
    if (this.#thread === undefined) this.#startAgain();
    if (this.#thread === undefined || !this.#isReady) return;
    clearTimeout(this.#idleTimer);
    const batch = this.#takeBatch();
    try {
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
      this.#thread.postMessage(batch.calls.map(({ name, args }): BatchCall => [name, args]));
    } catch (cause) {
      return refuse(batch, cause);
    }
    // The process may end while nothing is asked of the journal, not while something is.
    if (this.#inHand.length === 0) this.#thread.ref();
    this.#inHand.push(batch);
    this.#callsInHand += batch.calls.length;
    this.#bytesInHand += batch.size;
  }

  #startAgain(): void {
    this.open(new AbortController().signal).then(
      () => this.#post(),
      (error: unknown) => this.#rejectAll(error),
    );
  }

  #takeBatch(): Batch {
    let count = 0;
    let size = 0;
    for (const call of this.#gathered) {
      if (count === mostCalls || (count > 0 && size + call.size > mostBytes)) break;
      size += call.size;
      count += 1;
    }
    return { calls: this.#gathered.splice(0, count), size };
  }

  #answered({ batches, values, failures }: BatchAnswer): void {
    const calls: Call[] = [];
    for (const batch of this.#inHand.splice(0, batches)) {
      calls.push(...batch.calls);
      this.#callsInHand -= batch.calls.length;
      this.#bytesInHand -= batch.size;
    }
    if (this.#inHand.length === 0) this.#thread?.unref();
    for (const [index, facts] of failures) calls[index]?.reject(errorOf(facts));
    // Settling a promise twice has no effect: those that failed stay rejected.
    for (const [index, call] of calls.entries()) call.resolve(values[index]);
    if (this.#gathered.length > 0) this.#schedule();
    else if (this.#inHand.length === 0 && Number.isFinite(this.#idle))
      this.#idleTimer = setTimeout(() => this.#endIdle(), this.#idle).unref();
  }

  #ended(thread: Worker, error: WaybillError): void {
    if (this.#thread !== thread) return;
    this.#thread = undefined;
    this.#isReady = false;
    this.#rejectAll(error);
  }

  #rejectAll(error: unknown): void {
    const calls = [...this.#inHand.flatMap((batch) => batch.calls), ...this.#gathered];
    this.#inHand = [];
    this.#callsInHand = 0;
    this.#bytesInHand = 0;
    this.#gathered = [];
    for (const call of calls) call.reject(error);
  }

  #endIdle(): void {
    if (this.#gathered.length === 0 && this.#inHand.length === 0) this.#ending = this.#end();
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

/** Nothing of it went over: there was something in it that cannot be copied to another thread. */
function refuse({ calls }: Batch, cause: unknown): void {
  const message = 'A step of the journal holds something that is no message.';
  for (const call of calls) call.reject(new WaybillError('WB_JOURNAL_FAILED', message, { cause }));
}

function startThread(data: ThreadData): Worker {
  return new Worker(threadEntry, { workerData: data, name: 'waybill-journal' });
}

function errorOf({ code, message, retryable, hint, cause }: FailureFacts): WaybillError {
  return new WaybillError(code, message, { retryable, hint: hint ?? undefined, cause: cause ?? undefined });
}

function endedError(cause: unknown): WaybillError {
  return new WaybillError('WB_JOURNAL_WORKER_ENDED', 'The thread that writes the journal ended unexpectedly.', { retryable: true, cause });
}
