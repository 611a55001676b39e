import {
  type AnyTransport,
  type Listener,
  type Message,
  type Order,
  type ReceiveContext,
  type SendContext,
  type Sender,
} from '@waybill/contract';
import { resolveSettings } from '@waybill/contract/host';
import { eventually, settled, stays } from '../tools/eventually.ts';
import { silentLog } from '../tools/log.ts';
import { makeFolder, removeFolder } from '../tools/temporary-folder.ts';
import type { Outside, OutsideMessage, Put, RawSettings, TransportHarness } from './harness.ts';
import { Desk } from './held.ts';

let messages = 0;

/** A message nobody else has, with everything in it that a wire may carry. */
export function newMessage(body: Uint8Array | string = `<Order number="${messages}"/>`): Message {
  const id = `suite-${process.pid}-${++messages}`;
  return {
    id,
    body: typeof body === 'string' ? Buffer.from(body) : body,
    createdAt: Date.UTC(2026, 0, 2) + messages,
    type: 'Suite_Order',
    contentType: 'text/xml',
    properties: { 'suite-number': String(messages) },
  };
}

export interface ListenOptions {
  /** Default 1. */
  readonly concurrency?: number;
  /** Default: one of its own. */
  readonly connection?: unknown;
  /** Default `parallel`. */
  readonly order?: Order;
}

/** One transport in one world, for one question. Whatever is opened through it is closed at the end. */
export class Rig<World extends Outside = Outside> {
  readonly transport: AnyTransport;
  readonly harness: TransportHarness<World>;
  readonly world: World;
  readonly folder: string;
  readonly patience: number;
  /** Replies that came after their requests had timed out. */
  readonly late: Message[] = [];
  readonly #opening = new AbortController();
  readonly #connections = new Set<unknown>();
  readonly #desks: Desk[] = [];
  readonly #senders = new Set<Sender>();

  private constructor(transport: AnyTransport, harness: TransportHarness<World>, world: World, folder: string) {
    this.transport = transport;
    this.harness = harness;
    this.world = world;
    this.folder = folder;
    this.patience = harness.patience ?? 10_000;
  }

  static async open<World extends Outside>(transport: AnyTransport, harness: TransportHarness<World>): Promise<Rig<World>> {
    const folder = await makeFolder();
    return new Rig(transport, harness, await harness.prepare(), folder);
  }

  async connect(raw: RawSettings = this.world.connection, signal: AbortSignal = this.#opening.signal): Promise<unknown> {
    const config = resolveSettings(this.transport.connection, raw, { folder: this.folder });
    const connection: unknown = await this.transport.connect(config, { ...this.#context(), signal });
    this.#connections.add(connection);
    return connection;
  }

  async disconnect(connection: unknown): Promise<void> {
    if (this.#connections.delete(connection)) await this.transport.disconnect?.(connection);
  }

  /** For a connection that is gone already. */
  forget(connection: unknown): void {
    this.#connections.delete(connection);
  }

  /** Tries what the inbound endpoint takes for itself. */
  async probeEndpoint(connection: unknown): Promise<void> {
    const { receive } = this.transport;
    if (!receive) throw new Error('this transport does not receive');
    const endpoint = resolveSettings(receive.endpoint, given(this.world.inbound, 'inbound'), { folder: this.folder });
    await receive.probe?.(connection, endpoint);
  }

  /** Tries whether there is what the outbound endpoint sends to. */
  async probeTarget(connection: unknown): Promise<void> {
    const { send } = this.transport;
    if (!send) throw new Error('this transport does not send');
    await send.probe?.(connection, resolveSettings(send.endpoint, given(this.world.outbound, 'outbound'), { folder: this.folder }));
  }

  async openListener(options: ListenOptions = {}, desk: Desk = new Desk(this.patience)): Promise<Listener> {
    const { receive } = this.transport;
    if (!receive) throw new Error('this transport does not receive');
    const endpoint = resolveSettings(receive.endpoint, given(this.world.inbound, 'inbound'), { folder: this.folder });
    return receive.open(options.connection ?? (await this.connect()), endpoint, this.#receiving(options, desk));
  }

  /** Opens a listener on a connection of its own (or on `connection`) and lets it run. */
  async listen(options: ListenOptions = {}): Promise<Desk> {
    return (await this.listening(options)).desk;
  }

  /** The same, with the listener itself. */
  async listening(options: ListenOptions = {}): Promise<{ readonly desk: Desk; readonly listener: Listener }> {
    const desk = new Desk(this.patience);
    const listener = await this.openListener(options, desk);
    desk.start((deliver, stop) => listener.run(deliver, stop));
    this.#desks.push(desk);
    return { desk, listener };
  }

  async openSender(connection?: unknown, outbound: RawSettings = given(this.world.outbound, 'outbound')): Promise<Sender> {
    const { send } = this.transport;
    if (!send) throw new Error('this transport does not send');
    const endpoint = resolveSettings(send.endpoint, outbound, { folder: this.folder });
    const context: SendContext = { ...this.#context(), concurrency: 8, late: (reply) => this.late.push(reply) };
    const sender: Sender = await send.open(connection ?? (await this.connect()), endpoint, context);
    this.#senders.add(sender);
    return sender;
  }

  async closeSender(sender: Sender): Promise<void> {
    this.#senders.delete(sender);
    await this.within(sender.close(), 'the sender to close');
  }

  put(message: OutsideMessage = newMessage()): Promise<Put | undefined> {
    if (!this.world.put) throw new Error('the harness has to give `put`, because the transport receives');
    return this.world.put(message);
  }

  async putAll(list: readonly OutsideMessage[]): Promise<void> {
    for (const message of list) await this.put(message);
  }

  taken(): Promise<readonly OutsideMessage[]> {
    if (!this.world.taken) throw new Error('the harness has to give `taken`, because the transport sends');
    return this.world.taken();
  }

  eventually<T>(check: () => T | Promise<T>, what: string) {
    return eventually(check, { what, within: this.patience });
  }

  within<T>(promise: Promise<T>, what: string): Promise<T> {
    return settled(promise, { what, within: this.patience });
  }

  /** Watches that `check` stays true for longer than the transport's lease, and at least for `atLeast` milliseconds (150). */
  stays(check: () => boolean, what: string, atLeast = 150): Promise<void> {
    return stays(check, { what, within: Math.max(atLeast, (this.harness.lease ?? 0) * 1.5 + 150) });
  }

  /** Settles what is in hand and closes everything, in the order in which the kernel does it. */
  async close(): Promise<void> {
    for (const desk of this.#desks) desk.automatically((held) => held.accept());
    const endings = await Promise.allSettled(this.#desks.map((desk) => desk.stop()));
    await this.within(Promise.all([...this.#senders].map((sender) => sender.close())), 'the senders to close');
    for (const connection of this.#connections) await this.within(this.disconnect(connection), 'the connection to close');
    await this.world.close?.();
    await removeFolder(this.folder);
    const hanging = endings.find((ending) => ending.status === 'rejected' && String(ending.reason).includes('timed out'));
    if (hanging?.status === 'rejected') throw hanging.reason;
  }

  #receiving({ concurrency = 1, order = 'parallel' }: ListenOptions, desk: Desk): ReceiveContext {
    return {
      ...this.#context(),
      concurrency,
      order,
      stateOf: async () => undefined,
      tell: (state) => desk.told.push(state),
      report: async (report) => {
        (desk.recordsReports ? desk.reports : desk.refusedReports).push(report);
        if (!desk.recordsReports) throw new Error('the suite records no reports at the moment');
      },
      undeliverable: async (reply, to) => {
        (desk.keepsReplies ? desk.undelivered : desk.refusedReplies).push({ reply, to });
        if (!desk.keepsReplies) throw new Error('the suite keeps no replies at the moment');
      },
    };
  }

  #context() {
    return { name: 'suite', log: silentLog, signal: this.#opening.signal, folder: this.folder };
  }
}

function given<T>(value: T | undefined, name: string): T {
  if (value === undefined) throw new Error(`the harness has to give \`${name}\``);
  return value;
}
