import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Duplex } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { FrameReader, sendFrame } from '../host/frames.ts';
import { type Answer, type MessageFacts, type Order, pipe } from '../host/protocol.ts';
import type {
  ConnectOptions,
  GetOptions,
  MqAddress,
  MqCopy,
  MqHandle,
  MqMessage,
  MqPut,
  NextGet,
  OpenHandle,
  QueueFacts,
} from './handle.ts';
import { MqFailure } from './mq-failure.ts';

const entry = fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? '../host/main.ts' : './host/main.js', import.meta.url));

/** A host keeps next to nothing: bodies are not on its heap. Small spaces keep it small. */
const small = ['--max-semi-space-size=1', '--max-old-space-size=96', '--single-threaded-gc', '--v8-pool-size=1'];

interface Answered {
  readonly facts: Answer;
  readonly parts: readonly Buffer[];
}

/** Starts a host and connects. */
export const openHostHandle: OpenHandle = async (options, signal) => {
  const handle = new HostHandle(options.patience);
  const abort = (): void => handle.kill();
  signal.addEventListener('abort', abort, { once: true });
  try {
    if (signal.aborted) throw new MqFailure('connect', 0, 'there was no time to connect');
    await handle.connect(options);
    return handle;
  } catch (error) {
    handle.kill();
    throw error;
  } finally {
    signal.removeEventListener('abort', abort);
  }
};

/** The parent's side of a host. */
class HostHandle implements MqHandle {
  readonly gone: Promise<void>;
  readonly #host: ChildProcess;
  readonly #pipe: Duplex;
  readonly #patience: number;
  #waiting: PromiseWithResolvers<Answered> | undefined;
  /** Got behind the last commit, and waiting to be asked for. */
  #next: MqMessage | undefined;
  /** The host has said that it commits, and not how that ended. */
  #isCommitting = false;
  #why: string | undefined;
  #end: MqFailure | undefined;

  constructor(patience: number) {
    this.#patience = patience;
    // What the environment of the parent adds to Node makes a host slower and larger.
    const { NODE_OPTIONS: _, ...env } = process.env;
    this.#host = spawn(process.execPath, [...small, entry], { env, stdio: ['ignore', 'ignore', 'inherit', 'pipe'] });
    this.#pipe = this.#host.stdio[pipe] as Duplex;
    const reader = new FrameReader<Answer>();
    this.#pipe.on('data', (chunk: Buffer) => {
      for (const { facts, parts } of reader.read(chunk)) this.#answered({ facts, parts });
    });
    this.#pipe.on('error', () => undefined);
    this.gone = once(this.#host, 'close').then(
      () => this.#ended(this.#why ?? `its process ended (${this.#host.signalCode ?? this.#host.exitCode})`),
      (cause: unknown) => this.#ended(`its process could not be started: ${String(cause)}`),
    );
  }

  async connect(options: ConnectOptions): Promise<void> {
    // The process has to be started first, and a network that does not answer is left to the signal of whoever connects.
    await this.#ask({ do: 'connect', options }, [], toStart);
  }

  async open(queue: string, how: 'shared' | 'exclusive'): Promise<string> {
    const { name = queue } = (await this.#ask({ do: 'open', queue, how })).facts;
    return name;
  }

  async get({ maxBytes, waitMs, signal, correlId }: GetOptions): Promise<MqMessage | undefined> {
    const next = this.#next;
    this.#next = undefined;
    // It is in the unit already; whoever has ended meanwhile backs it out.
    if (next && !this.#end) return next;
    if (signal?.aborted) return undefined;
    const answer = this.#ask({ do: 'get', maxBytes, waitMs, correlId: correlId?.toString('hex') }, [], waitMs);
    const cancel = (): void => this.#write({ do: 'cancel' }, []);
    signal?.addEventListener('abort', cancel, { once: true });
    try {
      const { facts, parts } = await answer;
      return facts.message && messageOf(facts.message, parts[0] ?? Buffer.alloc(0));
    } finally {
      signal?.removeEventListener('abort', cancel);
    }
  }

  async commit(puts: readonly (MqPut | MqCopy)[] = [], next?: NextGet): Promise<readonly Buffer[]> {
    const bodies = puts.flatMap((put) => ('copyTo' in put ? [] : [put.bytes]));
    const { facts, parts } = await this.#ask({ do: 'commit', puts: puts.map(putFacts), next }, bodies);
    const { ids = [], message } = facts;
    this.#next = message && messageOf(message, parts[0] ?? Buffer.alloc(0));
    return ids.map((id) => Buffer.from(id, 'hex'));
  }

  async backout(): Promise<void> {
    this.#next = undefined;
    await this.#ask({ do: 'backout' });
  }

  async inquire(queue: string): Promise<QueueFacts | undefined> {
    return (await this.#ask({ do: 'inquire', queue })).facts.facts;
  }

  async check(to: MqAddress): Promise<void> {
    await this.#ask({ do: 'check', to });
  }

  async ping(): Promise<void> {
    await this.#ask({ do: 'ping' });
  }

  async close(): Promise<void> {
    // A call that is under way is not waited for: killing it is as good.
    if (!this.#waiting && !this.#end) await this.#ask({ do: 'close' }, [], 0, closeWithin).catch(() => undefined);
    this.kill();
    await this.gone;
  }

  /** What was asked last ends when the process has: everything is read then that it has said. */
  kill(): void {
    this.#why ??= 'it was ended by its parent';
    this.#host.kill('SIGKILL');
  }

  async #ask(order: Order, parts: readonly Uint8Array[] = [], waitMs = 0, patience = this.#patience): Promise<Answered> {
    if (this.#end) throw this.#end;
    if (this.#waiting) throw new MqFailure('host', 0, 'two things were asked of it at once');
    const waiting = Promise.withResolvers<Answered>();
    this.#waiting = waiting;
    const silent = setTimeout(() => {
      this.#why = `it has not answered to "${order.do}" for ${patience} ms`;
      this.kill();
    }, waitMs + patience);
    try {
      this.#write(order, parts);
      const answered = await waiting.promise;
      const { failed } = answered.facts;
      if (failed) throw new MqFailure(failed.verb, failed.reason, failed.detail, failed.place);
      return answered;
    } finally {
      clearTimeout(silent);
      this.#waiting = undefined;
    }
  }

  #write(order: Order, parts: readonly Uint8Array[]): void {
    sendFrame(this.#pipe, order, parts);
  }

  #answered(answered: Answered): void {
    this.#isCommitting = answered.facts.begins !== undefined;
    if (!this.#isCommitting) this.#waiting?.resolve(answered);
  }

  #ended(detail: string): void {
    this.#end ??= new MqFailure(this.#isCommitting ? 'commit' : 'host', 0, `the host of the connection is gone: ${detail}`);
    this.#waiting?.reject(this.#end);
  }
}

/** How much longer connecting may take than any other call, in milliseconds. */
const toStart = 60_000;

/** How long an orderly end may take, in milliseconds. */
const closeWithin = 2_000;

function putFacts(put: MqPut | MqCopy): Extract<Order, { do: 'commit' }>['puts'][number] {
  if ('copyTo' in put) return put;
  const { bytes: _, msgId, correlId, ...facts } = put;
  return { ...facts, msgId: msgId?.toString('hex'), correlId: correlId?.toString('hex') };
}

function messageOf({ msgId, correlId, ...facts }: MessageFacts, bytes: Buffer): MqMessage {
  return { ...facts, msgId: Buffer.from(msgId, 'hex'), correlId: Buffer.from(correlId, 'hex'), bytes };
}
