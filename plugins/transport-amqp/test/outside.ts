import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import type { OutsideMessage } from '@waybill/testing';
import rhea, { type Connection, type EventContext, type Receiver, type Sender, type Message as WireMessage } from 'rhea';
import { fromWire, toWire } from '../src/message.ts';

let made = 0;

/** Somebody else at the broker: a program that puts, browses and answers, as any other client does. */
export class OutsideProgram {
  readonly #connection: Connection;
  readonly #senders = new Map<string, Promise<Sender>>();
  #answers: Promise<{ readonly address: string; readonly waiting: Map<unknown, (answer: WireMessage) => void> }> | undefined;

  private constructor(connection: Connection) {
    this.#connection = connection;
  }

  static async connect(port: number): Promise<OutsideProgram> {
    const connection = rhea
      .create_container()
      .connect({ host: '127.0.0.1', port, username: 'outside', reconnect: false, tcp_no_delay: true } as never);
    for (const event of ['disconnected', 'connection_error', 'connection_close', 'error', 'sender_error', 'receiver_error'])
      connection.on(event, () => undefined);
    await once(connection, 'connection_open');
    return new OutsideProgram(connection);
  }

  /** A message without an id gets one, as the libraries of other brokers' users give it. */
  async put(address: string, message: OutsideMessage): Promise<void> {
    const wire = toWire({ id: `outside-${++made}`, properties: {}, ...message }, { address }, { takesAnnotations: true });
    await this.send(address, { ...wire, body: rhea.message.data_section(wire.body) });
  }

  /** Sends a message just as it is given. */
  async send(address: string, message: WireMessage | Buffer): Promise<void> {
    const sender = await this.#senderTo(address);
    const delivery = Buffer.isBuffer(message) ? sender.send(message, undefined, 0) : sender.send(message);
    const settled = Promise.withResolvers<void>();
    const listener = (context: EventContext): void => {
      if (context.delivery !== delivery) return;
      sender.removeListener('settled', listener);
      settled.resolve();
    };
    sender.on('settled', listener);
    await settled.promise;
  }

  /** What lies at an address, none of it taken off. Waits until nothing of it is in somebody's hands. */
  async browse(address: string): Promise<readonly (OutsideMessage & { readonly attempts: number })[]> {
    for (;;) {
      const all = await this.#look(address);
      if (all.length >= (await this.countAt(address)))
        return all.map((message) => ({ ...read(message), attempts: message.delivery_count ?? 0 }));
      await pause(20);
    }
  }

  /** What one look finds: what is put, or given back, while it lasts does not come. */
  async #look(address: string): Promise<readonly WireMessage[]> {
    const count = await this.countAt(address);
    if (count === 0) return [];
    const source = { address, distribution_mode: 'copy', capabilities: ['queue'] };
    const receiver = this.#connection.open_receiver({ source: source as never, credit_window: 0, autoaccept: false });
    const all: WireMessage[] = [];
    receiver.on('message', ({ message, delivery }: EventContext) => {
      if (message) all.push(message);
      delivery?.accept();
    });
    receiver.add_credit(10_000);
    for (let round = 0; round < 40 && all.length < count; round++) await pause(10);
    receiver.close();
    return all;
  }

  /** How many messages an address holds, those in somebody's hands included. */
  async countAt(address: string): Promise<number> {
    return Number(await this.ask(`queue.${address}`, { _AMQ_Attribute: 'messageCount' }).catch(() => 0));
  }

  /** Takes messages off an address and answers them. */
  answer(address: string, reply: (request: OutsideMessage) => OutsideMessage | undefined | Promise<OutsideMessage | undefined>): void {
    const receiver: Receiver = this.#connection.open_receiver({
      source: { address, capabilities: ['queue'] } as never,
      credit_window: 100,
    });
    receiver.on('message', ({ message }: EventContext) => void this.#answer(message, reply));
  }

  async #answer(wire: WireMessage | undefined, reply: Parameters<OutsideProgram['answer']>[1]): Promise<void> {
    if (!wire) return;
    const request = read(wire);
    const answer = await reply(request);
    if (answer && request.replyTo !== undefined) await this.put(request.replyTo, { correlationId: String(request.id), ...answer });
  }

  /** Asks the broker itself to do something. */
  manage(operation: string, ...args: readonly unknown[]): Promise<unknown> {
    return this.ask('broker', { _AMQ_OperationName: operation }, args);
  }

  /** Asks about something of the broker. Throws when it is not there. */
  async ask(resource: string, what: Readonly<Record<string, string>>, args: readonly unknown[] = []): Promise<unknown> {
    this.#answers ??= this.#openAnswers();
    const { address, waiting } = await this.#answers;
    const id = `ask-${++made}`;
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    waiting.set(id, ({ body, application_properties: { _AMQ_OperationSucceeded: isDone } = {} }) => {
      const [answer] = JSON.parse(typeof body === 'string' ? body : '[null]') as unknown[];
      if (isDone) resolve(answer);
      else reject(new Error(`the broker says: ${JSON.stringify(answer)}`));
    });
    await this.send('activemq.management', {
      reply_to: address,
      correlation_id: id,
      application_properties: { _AMQ_ResourceName: resource, ...what },
      body: JSON.stringify(args),
    });
    return promise;
  }

  async #openAnswers() {
    const waiting = new Map<unknown, (answer: WireMessage) => void>();
    const receiver = this.#connection.open_receiver({ source: { dynamic: true, address: undefined as never } });
    receiver.on('message', ({ message }: EventContext) => message && waiting.get(message.correlation_id)?.(message));
    await once(receiver, 'receiver_open');
    return { address: receiver.source.address, waiting };
  }

  async end(): Promise<void> {
    const closed = once(this.#connection, 'connection_close');
    this.#connection.close();
    await closed;
  }

  async #senderTo(address: string): Promise<Sender> {
    const open = async (): Promise<Sender> => {
      const sender = this.#connection.open_sender({ target: { address, capabilities: ['queue'] } as never });
      sender.setMaxListeners(0);
      await once(sender, 'sendable');
      return sender;
    };
    const sender = this.#senders.get(address) ?? open();
    this.#senders.set(address, sender);
    return sender;
  }
}

function read(wire: WireMessage): OutsideMessage {
  return fromWire(wire, Number.POSITIVE_INFINITY).message as OutsideMessage;
}
