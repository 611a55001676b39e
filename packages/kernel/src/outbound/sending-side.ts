import { type Log, type Message, type Receipt, type Sender, TransportError } from '@waybill/contract';
import type { CheckedOutbound } from '@waybill/manifest';
import { backoff, reopenPolicy } from '../backoff.ts';
import type { Clock } from '../clock.ts';
import { asPluginError, type Connection, type ConnectionUse, limited } from '../connection.ts';
import { remedy } from '../errors.ts';
import { errorFields } from '../log.ts';

interface OpenSender {
  readonly sender: Sender;
  readonly use: ConnectionUse;
}

/**
 * The sender of one outbound entry: opened when needed, given up when its connection is lost, and left alone for a while
 * then (the circuit): as long as the far side is away nothing is tried, nothing is counted and nothing is parked.
 */
export class SendingSide {
  readonly #config: CheckedOutbound;
  readonly #connection: Connection;
  readonly #context: { readonly log: Log; readonly folder: string; readonly clock: Clock };
  readonly #closing = new Set<Promise<void>>();
  #open: Promise<OpenSender> | undefined;
  #failures = 0;
  #closedUntil = 0;

  constructor(
    config: CheckedOutbound,
    connection: Connection,
    context: { readonly log: Log; readonly folder: string; readonly clock: Clock },
  ) {
    this.#config = config;
    this.#connection = connection;
    this.#context = { ...context, log: context.log.child({ outbound: config.name }) };
  }

  /** True while the far side is believed to be away. */
  get isDown(): boolean {
    return this.#failures > 0;
  }

  /** When the far side is tried again, as an instant of the clock. */
  get downUntil(): number {
    return this.#closedUntil;
  }

  /** Resolves when there is an open sender, or when `stop` aborts. Tries as long as it takes. */
  async ready(stop: AbortSignal): Promise<void> {
    while (!stop.aborted) {
      const wait = this.#closedUntil - this.#context.clock.now();
      if (wait > 0) await this.#context.clock.sleep(wait, stop);
      if (stop.aborted) return;
      const failed = await this.#opened(stop).then(
        () => false,
        () => true,
      );
      if (!failed) return;
    }
  }

  /** Opens the sender once, for the start. Rejects with the error of the attempt. */
  async open(stop: AbortSignal): Promise<void> {
    await this.#opened(stop);
  }

  /** One attempt. Rejects with a `TransportError`; after one with `connectionLost` the side is down for a while. */
  send(message: Message): Promise<Receipt> {
    return this.#attempt((sender, signal) => sender.send(message, { signal }), this.#config.timeout);
  }

  /** Sends and waits up to `timeout` milliseconds for the reply. */
  request(message: Message, timeout: number): Promise<Message> {
    return this.#attempt((sender, signal) => {
      if (sender.request) return sender.request(message, { signal, timeout });
      throw new TransportError(
        'WB_PLUGIN_FAILED',
        `The transport ${this.#connection.transport.name} declares request and reply, and its sender has none.`,
        { hint: remedy('WB_PLUGIN_FAILED') },
      );
    }, timeout + 1_000);
  }

  async close(): Promise<void> {
    const open = this.#open;
    this.#open = undefined;
    if (open) this.#letGo(open, false);
    await Promise.all(this.#closing);
  }

  async #attempt<Result>(step: (sender: Sender, signal: AbortSignal) => Promise<Result>, limit: number): Promise<Result> {
    if (this.#closedUntil > this.#context.clock.now()) throw this.#down();
    const opened = this.#opened(AbortSignal.timeout(limit));
    try {
      const { sender } = await opened;
      const result = await limited(`Sending to ${this.#config.name}`, (signal) => step(sender, signal), limit, tooLate);
      if (this.#open === opened && this.#failures > 0) this.#back();
      return result;
    } catch (cause) {
      const error = asPluginError(cause, `Sending to ${this.#config.name}`);
      if (error.connectionLost) this.#trip(opened, error);
      throw error;
    }
  }

  #opened(stop: AbortSignal): Promise<OpenSender> {
    if (this.#open) return this.#open;
    const opening: Promise<OpenSender> = this.#openSender(stop).catch((error: unknown) => {
      this.#trip(opening, error);
      throw error;
    });
    this.#open = opening;
    return opening;
  }

  async #openSender(stop: AbortSignal): Promise<OpenSender> {
    const { name, settings } = this.#config;
    const { log, folder } = this.#context;
    const use = await this.#connection.use(stop);
    try {
      const sender = await limited(`Opening outbound ${name}`, async (signal) => {
        const side = this.#connection.transport.send;
        if (!side)
          throw new TransportError('WB_PLUGIN_MISMATCH', `The transport ${this.#connection.transport.name} does not send.`, {
            hint: remedy('WB_PLUGIN_MISMATCH'),
          });
        return side.open(use.handle, settings, { name, log, folder, signal });
      });
      return { sender, use };
    } catch (error) {
      await use.release(asPluginError(error, name).connectionLost);
      throw error;
    }
  }

  #trip(opened: Promise<OpenSender>, error: unknown): void {
    if (this.#open !== opened) return;
    this.#open = undefined;
    this.#failures++;
    const wait = backoff(reopenPolicy, this.#failures);
    this.#closedUntil = this.#context.clock.now() + wait;
    this.#context.log.warn({ ...errorFields(error), nextTry: wait }, 'destination is down, what is due waits');
    this.#letGo(opened, true);
  }

  #back(): void {
    this.#failures = 0;
    this.#closedUntil = 0;
    this.#context.log.info({}, 'destination is back');
  }

  #letGo(opened: Promise<OpenSender>, lost: boolean): void {
    const closing = opened
      .then(async ({ sender, use }) => {
        await limited(`Closing outbound ${this.#config.name}`, () => sender.close()).catch((error: unknown) =>
          this.#context.log.warn(errorFields(error), 'sender did not close cleanly'),
        );
        await use.release(lost);
      })
      .catch(() => undefined)
      .finally(() => this.#closing.delete(closing));
    this.#closing.add(closing);
  }

  #down(): TransportError {
    return new TransportError('WB_CONNECTION_DOWN', `The destination ${this.#config.name} is down.`, {
      retryable: true,
      connectionLost: true,
      hint: remedy('WB_CONNECTION_DOWN'),
    });
  }
}

function tooLate(what: string, limit: number): TransportError {
  return new TransportError('WB_SEND_TIMEOUT', `${what} took longer than ${limit / 1000} s.`, {
    retryable: true,
    hint: remedy('WB_SEND_TIMEOUT'),
  });
}
