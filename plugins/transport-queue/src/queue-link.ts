import { Worker } from 'node:worker_threads';
import { TransportError } from '@waybill/contract';
import type { Answer, Failure, FileSettings, Numbered, Request } from './protocol.ts';

interface Pending {
  readonly resolve: (value: never) => void;
  readonly reject: (error: Error) => void;
}

/** The main thread's end of the thread that owns the file: asks, and gets answers. */
export class QueueLink {
  /** Resolves with the reason when the thread has ended, asked to or not. Never rejects. */
  readonly ended: Promise<Error>;
  readonly #worker: Worker;
  readonly #pending = new Map<number, Pending>();
  #asked: Numbered[] = [];
  #last = 0;
  #end: Error | undefined;
  #closing = false;

  private constructor(worker: Worker) {
    this.#worker = worker;
    worker.on('message', (answers: readonly Answer[]) => this.#settle(answers));
    this.ended = new Promise((resolve) => {
      worker.on('error', (cause) => resolve(this.#finish(cause)));
      worker.on('exit', () => resolve(this.#finish(undefined)));
    });
  }

  /** Starts the thread and opens the file. Rejects with `TransportError` WB_QUEUE_FILE_… or WB_QUEUE_BUSY. */
  static async open(settings: FileSettings): Promise<QueueLink> {
    const entry = new URL(import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js', import.meta.url);
    const worker = new Worker(entry, { workerData: settings, name: 'waybill queues' });
    const failure = await new Promise<Failure | undefined>((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', (cause) => {
        reject(new TransportError('WB_QUEUE_CLOSED', 'The thread of the queues could not be started.', { connectionLost: true, cause }));
      });
    });
    if (failure) throw toError(failure);
    return new QueueLink(worker);
  }

  /** Rejects with a `TransportError`. */
  ask(request: Request): Promise<unknown> {
    return this.start(request).answer;
  }

  /** As `ask`, telling the number by which a `take` can be cancelled. */
  start(request: Request): { readonly number: number; readonly answer: Promise<unknown> } {
    const number = ++this.#last;
    const answer = new Promise((resolve, reject) => {
      if (this.#end) return reject(this.#end);
      this.#pending.set(number, { resolve, reject });
      this.#post(number, request);
    });
    return { number, answer };
  }

  /** Takes back a `take`. It is answered all the same: with a message that was on its way, or with nothing. */
  cancel(number: number): void {
    if (!this.#end) this.#post(++this.#last, { ask: 'cancel', number });
  }

  /** Ends the thread after everything that was asked before. */
  async close(): Promise<void> {
    if (!this.#end && !this.#closing) this.start({ ask: 'close' }).answer.catch(() => undefined);
    this.#closing = true;
    await this.ended;
  }

  /** Everything that is asked in one turn of the event loop crosses to the thread in one piece. */
  #post(number: number, request: Request): void {
    if (this.#asked.length === 0)
      queueMicrotask(() => {
        // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
        this.#worker.postMessage(this.#asked);
        this.#asked = [];
      });
    this.#asked.push([number, request]);
  }

  #settle(answers: readonly Answer[]): void {
    for (const [number, value, failure] of answers) {
      const pending = this.#pending.get(number);
      this.#pending.delete(number);
      if (failure) pending?.reject(toError(failure));
      else pending?.resolve(value as never);
    }
  }

  #finish(cause: unknown): Error {
    this.#end ??= new TransportError('WB_QUEUE_CLOSED', 'The connection to the queues has ended.', { connectionLost: true, cause });
    for (const { reject } of this.#pending.values()) reject(this.#end);
    this.#pending.clear();
    return this.#end;
  }
}

function toError({ code, message, options }: Failure): TransportError {
  return new TransportError(code, message, options);
}
