import type { AnyTransport, Log, OpenContext } from '@waybill/contract';
import type { CheckedConnection } from '@waybill/manifest';
import { pluginErrors } from '../errors.ts';
import { errorFields } from '../log.ts';
import { backoff, reopenPolicy } from './backoff.ts';
import { callPlugin } from './call-plugin.ts';
import type { Clock } from './clock.ts';

/**
 * - closed: nobody has needed it yet, or it was closed.
 * - opening: it is being opened for the first time.
 * - open: it can be used.
 * - degraded: it could not be opened, or was lost, and is opened again after a while.
 */
export type ConnectionState = 'closed' | 'opening' | 'open' | 'degraded';

/** A use of an open connection by one endpoint. */
export interface ConnectionUse {
  readonly handle: unknown;
  /** Ends the use. `lost`: the connection is of no use to anybody any more; the next one to ask gets a new one. */
  release(lost: boolean): Promise<void>;
}

/** One opening of the connection, shared by its endpoints and closed when the last of them lets go after a loss. */
interface Opening {
  readonly handle: Promise<unknown>;
  users: number;
  lost: boolean;
}

/** A configured transport that is opened when somebody needs it, and anew after it was lost. */
export class Connection {
  readonly #config: CheckedConnection;
  readonly #transport: AnyTransport;
  readonly #context: Omit<OpenContext, 'signal'>;
  readonly #clock: Clock;
  #current: Opening | undefined;
  /** The last one that could not be opened. */
  #failed: Opening | undefined;
  #failures = 0;
  /** The last attempt failed: a loss alone says nothing about whether it can be opened. */
  #couldNotOpen = false;
  #notBefore = 0;
  state: ConnectionState = 'closed';

  constructor(
    config: CheckedConnection,
    transport: AnyTransport,
    context: { readonly log: Log; readonly folder: string; readonly clock: Clock },
  ) {
    this.#config = config;
    this.#transport = transport;
    this.#clock = context.clock;
    this.#context = { name: config.name, folder: context.folder, log: context.log.child({ connection: config.name }) };
  }

  get name(): string {
    return this.#config.name;
  }

  get transport(): AnyTransport {
    return this.#transport;
  }

  /** Throws `WB_PLUGIN_MISMATCH` when the transport does not receive, whatever its card says. */
  get receiving(): NonNullable<AnyTransport['receive']> {
    const { receive, name } = this.#transport;
    if (receive) return receive;
    throw pluginErrors.WB_PLUGIN_MISMATCH(`The transport ${name} does not receive.`);
  }

  /** Throws `WB_PLUGIN_MISMATCH` when the transport does not send, whatever its card says. */
  get sending(): NonNullable<AnyTransport['send']> {
    const { send, name } = this.#transport;
    if (send) return send;
    throw pluginErrors.WB_PLUGIN_MISMATCH(`The transport ${name} does not send.`);
  }

  /** Begins to open the connection, so that its first user waits less. A failure is met again by that user, who decides about it. */
  warm(): void {
    this.#current ??= this.#open();
  }

  /**
   * Opens the connection or joins the open one; waits first where the last attempt has just failed, and shares the next one with all who wait.
   * Rejects with the `TransportError` of the attempt. The caller tries again as long as it needs the connection.
   */
  async use(stop: AbortSignal): Promise<ConnectionUse> {
    const failed = this.#failed;
    for (let wait = this.#wait; wait > 0 && !stop.aborted; wait = this.#wait) {
      await this.#clock.sleep(wait, stop);
      // Somebody else who waited was faster: what that one has met, all have who waited.
      if (!this.#current && this.#failed !== failed) await this.#failed?.handle;
    }
    // Whoever stopped while it waited opens nothing any more.
    if (this.#wait > 0) throw pluginErrors.WB_CONNECTION_DOWN(`The connection ${this.name} is not open.`, { connectionLost: true });
    this.#current ??= this.#open();
    const opening = this.#current;
    opening.users++;
    try {
      const handle = await opening.handle;
      return { handle, release: once((lost) => this.#release(opening, lost)) };
    } catch (error) {
      opening.users--;
      throw error;
    }
  }

  /** Closes the connection. Call it when no endpoint uses it any more. */
  async close(): Promise<void> {
    const opening = this.#current;
    this.#current = undefined;
    this.state = 'closed';
    if (opening && !opening.lost) await this.#disconnect(opening);
  }

  /** How long nobody opens it, in milliseconds. */
  get #wait(): number {
    return this.#current ? 0 : this.#notBefore - this.#clock.now();
  }

  #open(): Opening {
    this.state = this.#failures > 0 ? 'degraded' : 'opening';
    const opening: Opening = { handle: this.#connect(), users: 0, lost: false };
    opening.handle.then(
      () => {
        this.state = 'open';
        if (this.#couldNotOpen) this.#context.log.info({}, 'connection is back');
        this.#couldNotOpen = false;
        this.#failures = 0;
      },
      (error: unknown) => this.#cannotOpen(opening, error),
    );
    return opening;
  }

  #connect(): Promise<unknown> {
    return callPlugin(`Connection ${this.name}`, (signal) => this.#transport.connect(this.#config.settings, { ...this.#context, signal }));
  }

  #cannotOpen(opening: Opening, error: unknown): void {
    this.#failed = opening;
    this.#couldNotOpen = true;
    this.#forget(opening);
    this.#context.log.warn(errorFields(error), 'connection cannot be opened');
  }

  #forget(opening: Opening): void {
    if (this.#current !== opening) return;
    this.#current = undefined;
    this.#failures++;
    this.#notBefore = this.#clock.now() + backoff(reopenPolicy, this.#failures);
    this.state = 'degraded';
  }

  async #release(opening: Opening, lost: boolean): Promise<void> {
    opening.users--;
    if (lost) {
      opening.lost = true;
      this.#forget(opening);
    }
    if (opening.lost && opening.users === 0) await this.#disconnect(opening);
  }

  async #disconnect(opening: Opening): Promise<void> {
    try {
      const handle = await opening.handle;
      await callPlugin(`Closing connection ${this.name}`, async () => this.#transport.disconnect?.(handle));
    } catch (error) {
      this.#context.log.warn(errorFields(error), 'connection did not close cleanly');
    }
  }
}

function once(release: (lost: boolean) => Promise<void>): (lost: boolean) => Promise<void> {
  let done: Promise<void> | undefined;
  return (lost) => (done ??= release(lost));
}
