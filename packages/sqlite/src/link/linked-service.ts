import { once } from 'node:events';
import type { MessagePort } from 'node:worker_threads';
import type { WaybillError } from '@waybill/contract';
import { causeOf, type ErrorTable, errorOf, type Meanings } from '../fault.ts';
import { type Batch, type Greeting, leave, type Said, type ServiceAnswer } from '../protocol.ts';
import { type FileThread, sharedThread } from './file-thread.ts';

export interface LinkOptions<Data> {
  /** The module that the thread loads; it exports a `FileService` as `service`. */
  readonly entry: URL;
  /** What the service is opened with, each time the same. */
  readonly data: Data;
  /** The error table of the user, and what each fault means in it. */
  readonly errors: ErrorTable;
  readonly meanings: Meanings;
  /** The thread that works on the file. Default: the one that all links of the process share. */
  readonly thread?: FileThread | undefined;
  /** After how many milliseconds without a call the service is ended, to give its memory back. Default: never. */
  readonly idle?: number | undefined;
}

/** What a service tells its link. */
export interface ServiceEvents {
  readonly answered: (answer: ServiceAnswer) => void;
  /** It has ended unexpectedly, with what was in its hands; another one may be opened. */
  readonly lost: (error: WaybillError) => void;
}

/** What the thread does for a link, from its opening to its end; after that it may be opened again. */
export class LinkedService<Data extends { readonly path: string }> {
  /** The way to the service that takes batches; missing before its greeting and after its end. */
  ready: MessagePort | undefined;
  /** True when a service may have left claims behind. */
  hasLost = false;
  readonly #options: LinkOptions<Data>;
  readonly #thread: FileThread;
  readonly #events: ServiceEvents;
  #port: MessagePort | undefined;

  constructor(options: LinkOptions<Data>, events: ServiceEvents) {
    this.#options = options;
    this.#thread = options.thread ?? sharedThread;
    this.#events = events;
  }

  get isOpen(): boolean {
    return this.#port !== undefined;
  }

  /** Opens the service; answers what it tells of the opening. Throws what is wrong with the file, or the reason of `signal`. */
  async open(signal: AbortSignal | undefined): Promise<unknown> {
    signal?.throwIfAborted();
    const { promise, resolve, reject } = Promise.withResolvers<Greeting>();
    const port = this.#connect({ greeted: resolve, lost: reject });
    const abandon = (): void => {
      this.#abandon(port);
      reject(signal?.reason);
    };
    signal?.addEventListener('abort', abandon, { once: true });
    try {
      const greeting = await promise;
      if ('opened' in greeting) {
        this.ready = port;
        return greeting.opened;
      }
      this.#forget();
      await this.#thread.release(port);
      throw errorOf(greeting.failure, this.#options.errors);
    } finally {
      signal?.removeEventListener('abort', abandon);
    }
  }

  /** Lets the service do what it was given, and ends it. */
  async end(): Promise<void> {
    const port = this.#port;
    if (port === undefined) return;
    this.#forget();
    port.ref();
    const closed = once(port, 'close');
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port, not a window
    port.postMessage(null);
    await closed;
    await this.#thread.release(port);
  }

  #connect({
    greeted,
    lost,
  }: {
    readonly greeted: (greeting: Greeting) => void;
    readonly lost: (error: WaybillError) => void;
  }): MessagePort {
    const { entry, data, meanings } = this.#options;
    const ended = (reason: string): void => {
      const error = meanings.ended({ path: data.path, cause: causeOf(reason) });
      lost(error);
      this.#ended(port, error);
    };
    const port = this.#thread.connect({ entry: entry.href, data }, ended);
    this.#port = port;
    port.on('message', (said: Said) => {
      if (this.#port !== port) return;
      if ('batches' in said) this.#events.answered(said);
      else if (!('ended' in said)) greeted(said);
      else {
        void this.#thread.release(port);
        ended(said.ended);
      }
    });
    return port;
  }

  /** Nobody wants what is being opened any more: it ends its claims, and itself, as soon as it can. */
  #abandon(port: MessagePort): void {
    if (this.#port !== port) return;
    this.#forget();
    const last: Batch = { first: 0, names: [leave], args: [[]], cancelled: [], handedOver: [] };
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port, not a window
    for (const told of [last, null]) port.postMessage(told);
    port.once('close', () => void this.#thread.release(port));
    port.unref();
  }

  #ended(port: MessagePort, error: WaybillError): void {
    if (this.#port !== port) return;
    this.#forget();
    this.hasLost = true;
    this.#events.lost(error);
  }

  #forget(): void {
    this.#port = undefined;
    this.ready = undefined;
  }
}
