import { type AnyTransport, type Log, type OpenContext, TransportError } from '@waybill/contract';
import type { CheckedConnection } from '@waybill/manifest';
import { pluginErrors } from '../errors.ts';
import { errorFields } from '../log.ts';
import { backoff, reopenPolicy } from './backoff.ts';
import { asTransportError, callPlugin } from './call-plugin.ts';
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
  /** Why it could not be opened. */
  failure?: TransportError;
}

/** A configured transport that is opened when somebody needs it, and anew after it was lost. */
export class Connection {
  readonly #config: CheckedConnection;
  readonly #transport: AnyTransport;
  readonly #context: Omit<OpenContext, 'signal'>;
  readonly #clock: Clock;
  readonly #log: Log;
  #current: Opening | undefined;
  /** The last one that could not be opened. */
  #failed: Opening | undefined;
  /** Begun before anybody needed it, and not met by anybody yet. */
  #warmed: Opening | undefined;
  /** The failures that were logged: several endpoints meet the same one. */
  readonly #told = new WeakSet<Error>();
  #failures = 0;
  /** It was open at some time: until then a final failure fails the start, which tells it. */
  #wasOpen = false;
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
    this.#log = context.log;
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

  /** Begins to open the connection, so that its first user waits less. A failure is met by that user, who decides about it. */
  warm(): void {
    this.#current ??= this.#open();
    this.#warmed = this.#current;
  }

  /** Logs a failure of this connection, or of an endpoint on it: one line, with the first text, however many meet it. `nextTry` in milliseconds. */
  tell(failure: Error, text: string, nextTry: number | undefined, log: Log): void {
    if (this.#told.has(failure)) return;
    this.#told.add(failure);
    log.warn({ connection: this.name, ...errorFields(failure), nextTry }, text);
  }

  /** In how many milliseconds the connection is opened again, where this is the failure with which it could not be opened. */
  opensIn(failure: Error): number | undefined {
    return this.#failed?.failure === failure ? Math.max(0, this.#wait) : undefined;
  }

  /**
   * Opens the connection or joins the open one; waits first where the last attempt has just failed, and shares the next one with all who wait.
   * Rejects with the `TransportError` of the attempt. The caller tries again as long as it needs the connection.
   */
  async use(stop: AbortSignal): Promise<ConnectionUse> {
    const [failed, warmed] = [this.#failed, this.#warmed];
    this.#warmed = undefined;
    if (failed && failed === warmed) await failed.handle;
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
        this.#wasOpen = true;
        if (this.#couldNotOpen) this.#context.log.info({}, 'connection is back');
        this.#couldNotOpen = false;
        this.#failures = 0;
      },
      (error: unknown) => this.#cannotOpen(opening, error as TransportError),
    );
    return opening;
  }

  async #connect(): Promise<unknown> {
    const what = `Connection ${this.name}`;
    try {
      return await callPlugin(what, (signal) => this.#transport.connect(this.#config.settings, { ...this.#context, signal }));
    } catch (error) {
      throw placed(asTransportError(error, what), `connections.${this.name}`);
    }
  }

  #cannotOpen(opening: Opening, error: TransportError): void {
    opening.failure = error;
    this.#failed = opening;
    this.#couldNotOpen = true;
    this.#forget(opening, error.retryAfter);
    if (error.retryable || this.#wasOpen) this.tell(error, 'connection cannot be opened', this.opensIn(error), this.#log);
  }

  #forget(opening: Opening, retryAfter = 0): void {
    if (this.#current !== opening) return;
    this.#current = undefined;
    this.#failures++;
    this.#notBefore = this.#clock.now() + Math.max(backoff(reopenPolicy, this.#failures), retryAfter);
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

/** Whoever reads that a file or a host is not to be had has to find the connection that names it. */
function placed(error: TransportError, at: string): TransportError {
  if (error.at !== undefined) return error;
  const { code, message, hint, kind, retryable, retryAfter, outcome, connectionLost, cause } = error;
  return new TransportError(code, message, { hint, kind, retryable, retryAfter, outcome, connectionLost, at, cause });
}

function once(release: (lost: boolean) => Promise<void>): (lost: boolean) => Promise<void> {
  let done: Promise<void> | undefined;
  return (lost) => (done ??= release(lost));
}
