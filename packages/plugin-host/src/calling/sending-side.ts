import type { Log, Message, Receipt, Sender, TransportError } from '@waybill/contract';
import type { CheckedOutbound } from '@waybill/manifest';
import { pluginErrors } from '../errors.ts';
import { errorFields } from '../log.ts';
import type { Finishing, Sending } from '../packs/finishing.ts';
import { asTransportError, callPlugin } from './call-plugin.ts';
import { Circuit } from './circuit.ts';
import type { Clock } from './clock.ts';
import type { Connection, ConnectionUse } from './connection.ts';
import { Rate } from './rate.ts';

/** How long a sender may take to say what it knows after its time was over, in milliseconds. */
const afterAbort = 1_000;

/** Through which a destination sends: the sender of an outbound entry, or the listener of an inbound one for replies. */
export interface Side {
  /** True while the far side is believed to be away: nothing is counted then. */
  readonly isDown: boolean;
  /** In how many milliseconds the far side is tried again; 0 while it is not away. */
  readonly downFor: number;
  /** How many may be sent now, where there is a limit to that. */
  readonly room: number;
  /** Something may be sent at once. */
  readonly isReady: boolean;
  /** Resolves when something may be sent, or when `stop` aborts. Tries as long as it takes. */
  ready(stop: AbortSignal): Promise<void>;
  /** One attempt, to all recipients or to those named. Rejects with a `TransportError`. */
  send(message: Message, options: Sending): Promise<Receipt>;
  /** The ids by which reports will speak of the message, where its sender makes such; asked of the one that was opened last. */
  references(message: Message): readonly string[] | undefined;
  close(): Promise<void>;
}

interface OpenSender {
  readonly sender: Sender;
  readonly use: ConnectionUse;
}

export interface SendingContext {
  readonly log: Log;
  readonly folder: string;
  readonly clock: Clock;
  /** Records a reply that came after its request had failed. */
  readonly late: (entry: string, reply: Message) => void;
}

/** The sender of one outbound entry: opened when needed, given up when its connection is lost, and left alone while the far side is away. */
export class SendingSide implements Side {
  readonly #config: CheckedOutbound;
  readonly #connection: Connection;
  readonly #context: SendingContext;
  readonly #circuit: Circuit;
  readonly #rate: Rate | undefined;
  readonly #closing = new Set<Promise<void>>();
  #open: Promise<OpenSender> | undefined;
  /** The sender that `#open` stands for is there. */
  #isOpen = false;
  #openedLast: Sender | undefined;

  constructor(config: CheckedOutbound, connection: Connection, context: SendingContext) {
    this.#config = config;
    this.#connection = connection;
    this.#context = { ...context, log: context.log.child({ outbound: config.name }) };
    this.#circuit = new Circuit(context.clock);
    this.#rate = config.rate && new Rate(config.rate, context.clock);
  }

  get isDown(): boolean {
    return this.#circuit.isOpen;
  }

  get downFor(): number {
    return this.#circuit.openFor;
  }

  get isReady(): boolean {
    return this.#isOpen && !this.#circuit.isOpen && (this.#rate?.freeIn ?? 0) === 0;
  }

  get room(): number {
    return this.#rate ? Math.max(1, Math.floor(this.#rate.free)) : Number.POSITIVE_INFINITY;
  }

  async ready(stop: AbortSignal): Promise<void> {
    while (!stop.aborted) {
      await this.#circuit.mayTry(stop);
      while (!stop.aborted && this.#rate && this.#rate.freeIn > 0) await this.#context.clock.sleep(this.#rate.freeIn, stop);
      if (stop.aborted) return;
      const isOpen = await this.#opened(stop).then(
        () => true,
        () => false,
      );
      if (isOpen) return;
    }
  }

  /** Opens the sender once, for the start. Rejects with the error of the attempt. */
  async open(stop: AbortSignal): Promise<void> {
    await this.#opened(stop, true);
  }

  send(message: Message, { to, note, finishing }: Sending): Promise<Receipt> {
    const chosen = { ...(to ? { to } : {}), ...(note ? { note } : {}), ...(finishing?.judges ? { answer: true } : {}) };
    const whole = finishing ? finishing.complete(message) : message;
    const step = (sender: Sender, signal: AbortSignal) => {
      const sending = sender.send(whole, { signal, ...chosen });
      return finishing?.judges ? finishing.judged(sending) : sending;
    };
    return this.#attempt(message, step, this.#config.timeout);
  }

  /** Opens the sender where none was open before, so that it can tell `references`. Answers what went wrong. */
  async openFirst(): Promise<TransportError | undefined> {
    // Where the far side is left alone, nothing is sent either.
    if (this.#openedLast || this.#circuit.refuses) return undefined;
    return this.#opened(AbortSignal.timeout(this.#config.timeout)).then(
      () => undefined,
      (error: unknown) => error as TransportError,
    );
  }

  references(message: Message): readonly string[] | undefined {
    try {
      return this.#openedLast?.references?.(message);
    } catch (cause) {
      const error = asTransportError(cause, `Sending to ${this.#config.name}`);
      this.#context.log.warn(
        { messageId: message.id, ...errorFields(error) },
        'the sender cannot tell how reports will speak of the message',
      );
      return undefined;
    }
  }

  /** Sends and waits up to `timeout` milliseconds for the reply. */
  request(message: Message, timeout: number, finishing?: Finishing): Promise<Message> {
    const whole = finishing ? finishing.complete(message) : message;
    const ask = (sender: Sender, signal: AbortSignal) => {
      if (sender.request) return sender.request(whole, { signal, timeout });
      const { name } = this.#connection.transport;
      throw pluginErrors.WB_PLUGIN_FAILED(`The transport ${name} declares request and reply, and its sender has none.`, {
        retryable: false,
      });
    };
    return this.#attempt(message, ask, timeout + 1_000);
  }

  async close(): Promise<void> {
    const open = this.#open;
    this.#open = undefined;
    this.#isOpen = false;
    if (open) this.#letGo(open, false);
    await Promise.all(this.#closing);
  }

  async #attempt<Result>(message: Message, step: (sender: Sender, signal: AbortSignal) => Promise<Result>, limit: number): Promise<Result> {
    const circuit = this.#circuit;
    if (circuit.isOpen && circuit.refuses)
      throw pluginErrors.WB_CONNECTION_DOWN(`The destination ${this.#config.name} is down.`, { connectionLost: true });
    const what = `Sending to ${this.#config.name}`;
    const opened = this.#opened(AbortSignal.timeout(limit));
    const { sender } = await opened;
    if (circuit.isOpen) circuit.probes();
    this.#rate?.took();
    try {
      const result = await callPlugin(what, (signal) => step(sender, signal), { limit, afterwards: afterAbort, late: tooLate });
      if (!circuit.isCalm && circuit.succeeded()) this.#context.log.info({}, 'the destination is back');
      return result;
    } catch (cause) {
      const error = asTransportError(cause, what);
      this.#failed(message, error, opened);
      throw error;
    }
  }

  #failed(message: Message, error: TransportError, opened: Promise<OpenSender>): void {
    if (error.connectionLost) this.#giveUp(opened);
    const wasDown = this.#circuit.isOpen;
    const nextTry = this.#circuit.failed(message.id, error);
    if (nextTry === undefined && wasDown) this.#context.log.info({}, 'the destination is back');
    if (nextTry !== undefined && !wasDown)
      this.#context.log.warn({ ...errorFields(error), nextTry }, 'the destination is down, what is due waits and nothing is counted');
  }

  /** `isStart`: whoever asks tells of a final failure. */
  #opened(stop: AbortSignal, isStart = false): Promise<OpenSender> {
    if (this.#open) return this.#open;
    const opening: Promise<OpenSender> = this.#openSender(stop).catch((cause: unknown) => {
      const error = asTransportError(cause, `Opening outbound ${this.#config.name}`);
      this.#giveUp(opening);
      const wasDown = this.#circuit.isOpen;
      const lost = pluginErrors.WB_CONNECTION_DOWN(`The destination ${this.#config.name} is down.`, { connectionLost: true });
      const nextTry = this.#circuit.failed('', lost);
      if (!wasDown && (error.retryable || !isStart))
        this.#connection.tell(error, 'the destination cannot be opened, what is due waits', nextTry, this.#context.log);
      throw error;
    });
    this.#open = opening;
    this.#isOpen = false;
    void opening.then(
      () => (this.#isOpen = this.#open === opening),
      () => undefined,
    );
    return opening;
  }

  async #openSender(stop: AbortSignal): Promise<OpenSender> {
    const { name, settings, concurrency } = this.#config;
    const { log, folder } = this.#context;
    const use = await this.#connection.use(stop);
    try {
      const sender = await callPlugin(`Opening outbound ${name}`, async (signal) => {
        const late = (reply: Message) => this.#context.late(name, reply);
        return this.#connection.sending.open(use.handle, settings, { name, log, folder, signal, concurrency, late });
      });
      this.#openedLast = sender;
      return { sender, use };
    } catch (error) {
      await use.release(asTransportError(error, name).connectionLost);
      throw error;
    }
  }

  #giveUp(opened: Promise<OpenSender>): void {
    if (this.#open !== opened) return;
    this.#open = undefined;
    this.#isOpen = false;
    this.#letGo(opened, true);
  }

  #letGo(opened: Promise<OpenSender>, lost: boolean): void {
    const closing = opened
      .then(async ({ sender, use }) => {
        await callPlugin(`Closing outbound ${this.#config.name}`, () => sender.close()).catch((error: unknown) =>
          this.#context.log.warn(errorFields(error), 'the sender did not close cleanly'),
        );
        await use.release(lost);
      })
      .catch(() => undefined)
      .finally(() => this.#closing.delete(closing));
    this.#closing.add(closing);
  }
}

/** Nobody knows how far the send had come. */
function tooLate(what: string, limit: number): TransportError {
  return pluginErrors.WB_SEND_TIMEOUT(`${what} took longer than ${limit / 1000} s.`, { outcome: 'unknown' });
}
