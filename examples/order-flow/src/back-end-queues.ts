import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { AnyTransport, IncomingMessage, Message, ReceiveContext, SendContext, Sender, Settlement } from '@waybill/contract';
import { resolveSettings } from '@waybill/contract/host';
import { type CheckedConnection, checkManifest, ManifestError, readManifest } from '@waybill/manifest';
import { createLog, loadPlugins } from '@waybill/plugin-host';

/** What becomes of one message: the reply to it, where it asks for one. */
type Step = (message: IncomingMessage) => Promise<Message | undefined>;

/** How long to wait before something that failed is tried again, in milliseconds. */
const breather = 200;

/**
 * The queues between the store and its back end, as the back end sees them. It reaches them by the transport that the store's manifest
 * names for the connection `back-end`, and drives it as every host of the contract does.
 */
export class BackEndQueues {
  readonly #transport: AnyTransport;
  readonly #connection: CheckedConnection;
  readonly #folder: string;
  readonly #stop: AbortSignal;
  readonly #senders = new Map<string, Promise<Sender>>();
  #open: Promise<unknown> | undefined;

  private constructor(transport: AnyTransport, connection: CheckedConnection, folder: string, stop: AbortSignal) {
    this.#transport = transport;
    this.#connection = connection;
    this.#folder = folder;
    this.#stop = stop;
  }

  /** `manifest`: the file name of the store's manifest. */
  static async open(manifest: string, stop: AbortSignal): Promise<BackEndQueues> {
    const file = fileURLToPath(new URL(`../${manifest}`, import.meta.url));
    const result = checkManifest(readManifest(file), { env: process.env });
    if ('problems' in result) throw new ManifestError(result.problems);
    const connection = result.manifest.connections.find(({ name }) => name === 'back-end');
    const { transports } = await loadPlugins(result.manifest);
    const transport = connection && transports.get(connection.plugin.card.name);
    if (!transport) throw new Error(`${manifest} has no connection "back-end".`);
    return new BackEndQueues(transport, connection, result.manifest.folder, stop);
  }

  /** Takes one message after the other from a queue, until the end. What cannot be done now comes again a moment later. */
  async serve(queue: string, step: Step): Promise<void> {
    while (!this.#stop.aborted) {
      try {
        await this.#receive(queue, step);
      } catch (error) {
        await this.#failed(error);
      }
    }
  }

  async #receive(queue: string, step: Step): Promise<void> {
    const { receive } = this.#transport;
    if (!receive) throw new Error(`the transport ${this.#transport.name} does not receive`);
    const endpoint = resolveSettings(receive.endpoint, { queue }, { folder: this.#folder });
    const listener = await receive.open(await this.#connected(), endpoint, this.#receiving(queue));
    await listener.run(async ({ message }): Promise<Settlement> => {
      try {
        return { outcome: 'accepted', reply: await step(message) };
      } catch (error) {
        this.#complain(error);
        const fault = { kind: 'unavailable', code: 'BACK_END', reason: String(error) } as const;
        return { outcome: 'retry', after: breather, fault };
      }
    }, this.#stop);
  }

  async put(queue: string, message: Message): Promise<void> {
    await this.#through(queue, {}, (sender) => sender.send(message, { signal: AbortSignal.timeout(10_000) }));
  }

  /** Resolves with the reply, which comes on `replyQueue`. */
  async ask(queue: string, message: Message, replyQueue: string): Promise<Message> {
    const limits = { signal: AbortSignal.any([this.#stop, AbortSignal.timeout(15_000)]), timeout: 10_000 };
    return this.#through(queue, { replyQueue }, (sender) => {
      if (!sender.request) throw new Error(`the transport ${this.#transport.name} asks nobody`);
      return sender.request(message, limits);
    });
  }

  async close(): Promise<void> {
    for (const sender of this.#senders.values()) await sender.then((one) => one.close()).catch(() => undefined);
    const open = await this.#open?.catch(() => undefined);
    if (open !== undefined) await this.#transport.disconnect?.(open);
  }

  /** A sender that has failed is not used again. */
  async #through<Result>(queue: string, settings: object, use: (sender: Sender) => Promise<Result>): Promise<Result> {
    const sender = this.#senders.get(queue) ?? this.#openSender({ queue, ...settings });
    this.#senders.set(queue, sender);
    try {
      return await use(await sender);
    } catch (error) {
      if (this.#senders.get(queue) === sender) this.#senders.delete(queue);
      await sender.then((one) => one.close()).catch(() => undefined);
      throw error;
    }
  }

  async #openSender(settings: object): Promise<Sender> {
    const { send } = this.#transport;
    if (!send) throw new Error(`the transport ${this.#transport.name} does not send`);
    const endpoint = resolveSettings(send.endpoint, settings, { folder: this.#folder });
    const context: SendContext = { ...this.#context(), concurrency: 4, late: () => undefined };
    return send.open(await this.#connected(), endpoint, context);
  }

  #connected(): Promise<unknown> {
    this.#open ??= this.#transport.connect(this.#connection.settings, this.#context());
    return this.#open;
  }

  /** The next one to need a connection makes a new one. */
  async #failed(fault: unknown): Promise<void> {
    if (this.#stop.aborted) return;
    this.#complain(fault);
    const broken = this.#open;
    this.#open = undefined;
    this.#senders.clear();
    const connection = await broken?.catch(() => undefined);
    if (connection !== undefined) await this.#transport.disconnect?.(connection);
    await pause(breather);
  }

  #complain(error: unknown): void {
    process.stderr.write(`back end: ${String(error)}\n`);
  }

  #receiving(queue: string): ReceiveContext {
    return {
      ...this.#context(),
      name: queue,
      concurrency: 1,
      order: 'serial',
      stateOf: async () => undefined,
      tell: () => undefined,
      report: async () => undefined,
      undeliverable: (_reply, to, error) => Promise.reject(new Error(`no reply could be sent to ${to}`, { cause: error })),
    };
  }

  #context() {
    return { name: 'back-end', log: createLog({ level: 'silent' }), signal: this.#stop, folder: this.#folder };
  }
}
