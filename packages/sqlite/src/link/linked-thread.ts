import { Worker } from 'node:worker_threads';
import type { WaybillError } from '@waybill/contract';
import { type ErrorTable, errorOf, type Meanings } from '../fault.ts';
import type { Greeting, ThreadAnswer } from '../protocol.ts';
import { warnsOfExperiment } from '../sqlite-version.ts';

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

/**
 * How much of the memory of a thread is for objects that do not live long. Nothing that crosses the border does, and bodies lie
 * elsewhere. Left to itself it grows with the load and stays so; this spares 1.3 MB a thread at rest.
 */
const youngMegabytes = 2;

/** What a thread tells its link. */
export interface ThreadEvents {
  readonly answered: (answer: ThreadAnswer) => void;
  /** It has ended unexpectedly, with what was in its hands; another one may be opened. */
  readonly lost: (error: WaybillError) => void;
}

/** The thread of a link, from its start to its end; after that another one may be opened. */
export class LinkedThread<Data extends { readonly path: string }> {
  /** The thread that takes batches; missing before its greeting and after its end. */
  ready: Worker | undefined;
  /** True when a thread may have left claims behind. */
  hasLost = false;
  readonly #options: LinkOptions<Data>;
  readonly #events: ThreadEvents;
  #worker: Worker | undefined;

  constructor(options: LinkOptions<Data>, events: ThreadEvents) {
    this.#options = options;
    this.#events = events;
  }

  get isStarted(): boolean {
    return this.#worker !== undefined;
  }

  /** Starts a thread; answers what it tells of the opening. Throws what is wrong with the file, or the reason of `signal`. */
  async open(signal: AbortSignal | undefined): Promise<unknown> {
    signal?.throwIfAborted();
    const worker = this.#start();
    this.#worker = worker;
    const stop = (): void => void worker.terminate();
    signal?.addEventListener('abort', stop, { once: true });
    const end = endOf(worker).then((reason): never => {
      const error = this.#options.meanings.ended({ path: this.#options.data.path, reason });
      this.#ended(worker, error);
      throw signal?.aborted ? signal.reason : error;
    });
    try {
      const opened = await Promise.race([greetingOf(worker, this.#options.errors), end]);
      worker.on('message', this.#events.answered);
      this.ready = worker;
      return opened;
    } catch (error) {
      if (this.#worker === worker) this.#worker = undefined;
      throw error;
    } finally {
      signal?.removeEventListener('abort', stop);
    }
  }

  /** Lets the thread do what it was given, and ends it. */
  async end(): Promise<void> {
    const worker = this.#worker;
    if (worker === undefined) return;
    this.#worker = undefined;
    this.ready = undefined;
    const ended = new Promise((resolve) => worker.once('exit', resolve));
    worker.ref();
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
    worker.postMessage(null);
    await ended;
  }

  #start(): Worker {
    const { entry, data, name, start } = this.#options;
    if (start) return start(entry, data);
    // Flags that are given replace those of the process, so that none are given where it is not needed.
    const quiet = warnsOfExperiment(process.versions.node) ? { execArgv: ['--disable-warning=ExperimentalWarning'] } : {};
    return new Worker(entry, { workerData: data, name, resourceLimits: { maxYoungGenerationSizeMb: youngMegabytes }, ...quiet });
  }

  #ended(worker: Worker, error: WaybillError): void {
    if (this.#worker !== worker) return;
    this.#worker = undefined;
    this.ready = undefined;
    this.hasLost = true;
    this.#events.lost(error);
  }
}

async function greetingOf(worker: Worker, errors: ErrorTable): Promise<unknown> {
  const greeting = await new Promise<Greeting>((resolve) => void worker.once('message', resolve));
  if ('failure' in greeting) throw errorOf(greeting.failure, errors);
  return greeting.opened;
}

/** Resolves when the thread has ended, with the reason where one is known. */
function endOf(worker: Worker): Promise<string> {
  return new Promise((resolve) => {
    let reason = 'It gave no reason.';
    worker.on('error', (error) => {
      if (error instanceof Error) reason = error.message;
    });
    worker.once('exit', () => resolve(reason));
  });
}
