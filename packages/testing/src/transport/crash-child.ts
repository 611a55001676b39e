import { createHook } from 'node:async_hooks';
import type { AnyTransport, Deliver, Listener, Message, ReceiveContext, Settlement } from '@waybill/contract';
import { resolveSettings } from '@waybill/contract/host';
import { silentLog } from '../tools/log.ts';
import type { RawSettings } from './harness.ts';

/**
 * What the process does, and which part of it counts as its steps.
 * - take: receives, and keeps the first of `texts` in hand. Its steps are those until it has it.
 * - settle: accepts the first of them, and keeps the next one. Its steps are those between.
 * - stop: is asked to stop when it has the first one, and accepts it. Its steps are those until the listener has ended.
 * - send: sends a message. Its steps are those until it has the receipt.
 */
export type CrashWork =
  | { readonly kind: 'take' | 'settle' | 'stop'; readonly texts: readonly string[]; readonly reply?: Message | undefined }
  | { readonly kind: 'send'; readonly message: Message };

/** What the child process is told: where the far side is, what to do, and when to die. */
export interface CrashOrder {
  readonly module: string;
  readonly connection: RawSettings;
  readonly inbound: RawSettings;
  readonly outbound: RawSettings;
  readonly folder: string;
  readonly work: CrashWork;
  /** At the beginning of which step the process dies; 'end': when the work is done, before anything else happens. Undefined: it waits. */
  readonly dieAt?: number | 'end' | undefined;
}

export type CrashNews =
  | { readonly kind: 'listening' }
  | { readonly kind: 'handed'; readonly id: string | undefined; readonly text: string; readonly attempt: number | undefined }
  | { readonly kind: 'accepting'; readonly text: string }
  /** The work is done, after so many steps. */
  | { readonly kind: 'over'; readonly steps: number }
  | { readonly kind: 'failed'; readonly reason: string };

/** Tells the parent. It is with the operating system when this returns. */
function report(news: CrashNews): void {
  process.send?.(news);
}

function die(): void {
  process.kill(process.pid, 'SIGKILL');
}

/**
 * Counts the steps of this process: everything that is begun and not waited for, such as an operation of the file system, a write to a
 * socket, a message to a thread, and every promise. Each is a place where a process can end.
 */
class Steps {
  readonly #dieAt: CrashOrder['dieAt'];
  #count = 0;
  readonly #hook = createHook({
    init: () => {
      this.#count += 1;
      if (this.#count === this.#dieAt) die();
    },
  });

  constructor(dieAt: CrashOrder['dieAt']) {
    this.#dieAt = dieAt;
  }

  begin(): void {
    this.#hook.enable();
  }

  end(): void {
    this.#hook.disable();
    if (this.#dieAt === 'end') die();
    report({ kind: 'over', steps: this.#count });
  }
}

const accepted: Settlement = { outcome: 'accepted' };
const forEver = (): Promise<never> => Promise.withResolvers<never>().promise;

/** One process that uses a transport. */
class Victim {
  readonly #order: CrashOrder;
  readonly #steps: Steps;
  readonly #stop = new AbortController();
  #handed = 0;

  constructor(order: CrashOrder) {
    this.#order = order;
    this.#steps = new Steps(order.dieAt);
  }

  async work(): Promise<void> {
    const { module, connection: raw, folder, work } = this.#order;
    const { default: transport } = (await import(module)) as { default: AnyTransport };
    const connection: unknown = await transport.connect(resolveSettings(transport.connection, raw, { folder }), this.#context);
    if (work.kind === 'send') return this.#send(transport, connection, work.message);
    const { receive } = transport;
    if (!receive) throw new Error('the transport does not receive');
    const endpoint = resolveSettings(receive.endpoint, this.#order.inbound, { folder });
    await this.#listen(await receive.open(connection, endpoint, this.#context), work);
  }

  async #send(transport: AnyTransport, connection: unknown, message: Message): Promise<void> {
    const { send } = transport;
    if (!send) throw new Error('the transport does not send');
    const endpoint = resolveSettings(send.endpoint, this.#order.outbound, { folder: this.#order.folder });
    const sender = await send.open(connection, endpoint, { ...this.#context, late: () => undefined });
    const { signal } = this.#stop;
    this.#steps.begin();
    await sender.send(message, { signal });
    this.#steps.end();
  }

  async #listen(listener: Listener, work: Exclude<CrashWork, { kind: 'send' }>): Promise<void> {
    if (work.kind === 'take') this.#steps.begin();
    const running = listener.run(this.#deliverFor(work), this.#stop.signal);
    report({ kind: 'listening' });
    await running;
    this.#steps.end();
  }

  #deliverFor(work: Exclude<CrashWork, { kind: 'send' }>): Deliver {
    return async ({ message, attempt }) => {
      const text = Buffer.from(message.body).toString();
      report({ kind: 'handed', id: message.id, text, attempt });
      // Left over from an earlier death.
      if (!work.texts.includes(text)) return this.#accept(text, accepted);
      this.#handed += 1;
      if (this.#handed > 1 || work.kind === 'take') {
        this.#steps.end();
        return forEver();
      }
      this.#steps.begin();
      if (work.kind === 'stop') {
        this.#stop.abort();
        return this.#accept(text, accepted);
      }
      const reply = work.reply && { ...work.reply, correlationId: message.id };
      return this.#accept(text, { outcome: 'accepted', reply });
    };
  }

  #accept(text: string, settlement: Settlement): Settlement {
    report({ kind: 'accepting', text });
    return settlement;
  }

  get #context(): ReceiveContext {
    return {
      name: 'suite',
      log: silentLog,
      signal: new AbortController().signal,
      folder: this.#order.folder,
      concurrency: 1,
      order: 'serial',
      stateOf: async () => undefined,
      tell: () => undefined,
      report: async () => undefined,
      undeliverable: async () => undefined,
    };
  }
}

process.once('message', (order: CrashOrder) => {
  new Victim(order).work().catch((error: unknown) => report({ kind: 'failed', reason: String(error) }));
});
