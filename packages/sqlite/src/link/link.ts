import type { WaybillError } from '@waybill/contract';
import { causeOf, errorOf } from '../fault.ts';
import { type AnswerOf, type ArgsOf, type Batch, leave, type ServiceAnswer } from '../protocol.ts';
import { packLarge } from './large-bodies.ts';
import { LinkedService, type LinkOptions } from './linked-service.ts';

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

/** A call that is not answered yet. */
interface Call {
  readonly name: string;
  readonly args: readonly unknown[];
  /** Bytes of the bodies in it. */
  readonly size: number;
  readonly isIdle: boolean;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/** What one batch holds at most, so that a flood neither fills the memory twice nor lets the first wait for the last. */
const mostCalls = 1024;
const mostBytes = 8 * 1024 * 1024;

/**
 * The way to the thread that works on a file. The calls of one turn of the event loop go over together, also while the
 * thread is at work. One batch may be at work and one wait for it: the thread takes all that has come during a commit into
 * the next one, so that a third would only cost another message. When the thread ends unexpectedly, what is in its hands is
 * rejected with the fault `ended`, and the next call starts a new thread. The process may end while nothing is asked, not
 * while something is. Links share their thread unless they are given one.
 */
export class ThreadLink<Operations extends object, Data extends { readonly path: string }> {
  readonly #options: LinkOptions<Data>;
  readonly #service: LinkedService<Data>;
  /** By their numbers, in the order in which they came. */
  readonly #calls = new Map<number, Call>();
  /** The number of the next call to come, and that of the next one to go over. */
  #next = 1;
  #first = 1;
  /** Numbers of calls that need not wait any longer, which the thread has not been told yet. */
  #cancelled: number[] = [];
  /** The batches in the hands of the thread, in the order of their answers: whether each left calls behind that found no room. */
  #sent: boolean[] = [];
  /** How many calls keep the process from ending. */
  #busy = 0;
  #isScheduled = false;
  #idleTimer: NodeJS.Timeout | undefined;
  #ending: Promise<void> | undefined;
  #closing: Promise<void> | undefined;

  constructor(options: LinkOptions<Data>) {
    this.#options = options;
    this.#service = new LinkedService(options, { answered: (answer) => this.#answered(answer), lost: (error) => this.#lost(error) });
  }

  /** Lets the thread open the file; answers what it tells of the opening. Throws what is wrong with the file, or the reason of `signal`. */
  async open(signal?: AbortSignal): Promise<unknown> {
    const opened = await this.#service.open(signal);
    if (this.#busy === 0) this.#service.ready?.unref();
    return opened;
  }

  /** `size`: how many bytes the bodies among the arguments have. */
  call<Name extends keyof Operations & string>(name: Name, args: ArgsOf<Operations, Name>, size = 0): Promise<AnswerOf<Operations, Name>> {
    return new Promise((resolve, reject) => {
      this.#add({ name, args, size, isIdle: false, resolve: resolve as Call['resolve'], reject });
    });
  }

  /** A call that may be given up before it is answered. */
  wait<Name extends keyof Operations & string>(
    name: Name,
    args: ArgsOf<Operations, Name>,
    { isIdle = false }: WaitOptions = {},
  ): WaitingCall<AnswerOf<Operations, Name>> {
    const { promise: answer, resolve, reject } = Promise.withResolvers<AnswerOf<Operations, Name>>();
    const call: Call = { name, args, size: 0, isIdle, resolve: resolve as Call['resolve'], reject };
    const number = this.#next;
    this.#add(call);
    const cancel = (): void => {
      if (this.#calls.get(number) !== call) return;
      this.#cancelled.push(number);
      this.#schedule();
    };
    return { answer, cancel };
  }

  /** Does what was called before, ends the claims of this opening, and the thread with its last link. What waits is rejected with `closed`. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    await this.#ending;
    if (!this.#service.isOpen && !this.#service.hasLost && !this.#hasNext) return;
    // When it fails, others free the claims as those of a silent owner.
    await new Promise((resolve) => {
      this.#gather({ name: leave, args: [], size: 0, isIdle: false, resolve, reject: resolve });
    });
    clearTimeout(this.#idleTimer);
    await this.#service.end();
    this.#rejectAll(this.#error('closed', 'It was closed.'));
  }

  #add(call: Call): void {
    if (this.#closing) call.reject(this.#error('closed', 'It was closed.'));
    else this.#gather(call);
  }

  #gather(call: Call): void {
    this.#calls.set(this.#next, call);
    this.#next += 1;
    if (!call.isIdle) this.#busy += 1;
    this.#schedule();
  }

  get #hasNext(): boolean {
    return this.#first < this.#next || this.#cancelled.length > 0;
  }

  get #isFull(): boolean {
    return this.#sent.length > 1 || this.#sent[0] === true;
  }

  /** Not at once: the other calls of this turn of the event loop shall be in the same batch. */
  #schedule(): void {
    if (this.#isScheduled || this.#isFull) return;
    this.#isScheduled = true;
    setImmediate(() => {
      this.#isScheduled = false;
      if (this.#hasNext && !this.#isFull) this.#post();
    });
  }

  #post(): void {
    const { ready } = this.#service;
    if (ready === undefined) return this.#startAgain();
    clearTimeout(this.#idleTimer);
    const batch = this.#takeBatch();
    this.#sent.push(this.#first < this.#next);
    try {
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port, not a window
      ready.postMessage(batch, batch.handedOver);
      if (this.#busy > 0) ready.ref();
    } catch (cause) {
      // Nothing of it went over: there was something in it that cannot be copied to another thread.
      this.#sent.pop();
      this.#rejectAll(this.#error('failed', cause instanceof Error ? cause.message : String(cause)), {
        from: batch.first,
        below: this.#first,
      });
    }
  }

  #takeBatch(): Batch {
    const first = this.#first;
    const names: string[] = [];
    const args: (readonly unknown[])[] = [];
    const handedOver: ArrayBuffer[] = [];
    let size = 0;
    for (let call = this.#calls.get(first); call; call = this.#calls.get(this.#first)) {
      if (names.length === mostCalls || (names.length > 0 && size + call.size > mostBytes)) break;
      names.push(call.name);
      const packed = packLarge(call.args, call.size);
      args.push(packed.args);
      handedOver.push(...packed.handedOver);
      size += call.size;
      this.#first += 1;
    }
    // Of calls that have not gone over yet the thread is told later.
    const cancelled = this.#cancelled.filter((number) => number < this.#first);
    this.#cancelled = this.#cancelled.filter((number) => number >= this.#first);
    return { first, names, args, cancelled, handedOver };
  }

  #answered({ batches, numbers, values, failures }: ServiceAnswer): void {
    this.#sent.splice(0, batches);
    for (const [place, facts] of failures) this.#take(numbers[place] ?? 0)?.reject(errorOf(facts, this.#options.errors));
    for (const [place, number] of numbers.entries()) this.#take(number)?.resolve(values[place]);
    if (this.#busy === 0) this.#service.ready?.unref();
    const { idle } = this.#options;
    if (this.#hasNext) this.#schedule();
    else if (idle !== undefined && this.#isAtRest) this.#idleTimer = setTimeout(() => this.#endIdle(), idle).unref();
  }

  /** Takes a call out to answer it; undefined when that was done before. */
  #take(number: number): Call | undefined {
    const call = this.#calls.get(number);
    if (call?.isIdle === false) this.#busy -= 1;
    this.#calls.delete(number);
    return call;
  }

  #startAgain(): void {
    if (this.#service.isOpen) return;
    this.open().then(
      () => this.#schedule(),
      // Nobody else will start one for what waits.
      (error: unknown) => this.#rejectAll(error),
    );
  }

  /** The thread has ended unexpectedly. What it has never got goes to the next one. */
  #lost(error: WaybillError): void {
    this.#sent = [];
    this.#rejectAll(error, { below: this.#first });
    this.#schedule();
  }

  /** Rejects the calls with these numbers; what was not sent of them is not sent any more. */
  #rejectAll(error: unknown, { from = 1, below = this.#next } = {}): void {
    for (const number of this.#calls.keys()) if (number >= from && number < below) this.#take(number)?.reject(error);
    this.#first = Math.max(this.#first, below);
    this.#cancelled = this.#cancelled.filter((number) => this.#calls.has(number));
  }

  get #isAtRest(): boolean {
    return this.#calls.size === 0 && this.#sent.length === 0 && !this.#hasNext;
  }

  #endIdle(): void {
    if (this.#isAtRest) this.#ending = this.#service.end();
  }

  #error(fault: 'closed' | 'failed', reason: string): WaybillError {
    return this.#options.meanings[fault]({ path: this.#options.data.path, cause: causeOf(reason) });
  }
}

/**
 * Bytes that may cross a thread border. Sending a window sends the whole buffer behind it, which for a small Buffer is
 * a pool of many kilobytes: windows are copied first.
 */
export function ownBytes(body: Uint8Array): Uint8Array {
  return body.byteLength === body.buffer.byteLength ? body : new Uint8Array(body);
}
