import type { Socket } from 'node:net';
import type { TransportError } from '@waybill/contract';
import type { Connection, EventContext, Session } from 'rhea';
import { errors } from '../errors.ts';
import { reasonOf } from './failure.ts';

/**
 * How many messages may be unsettled in a session, beyond what credit allows: the library keeps them in a ring, in which one that
 * stays in hand for long keeps the places of all that came after it.
 */
const ring = 100_000;
/** How long the far side may take to say goodbye, in milliseconds. */
const patience = 3_000;

/** What says that a connection has ended, or is about to. An event without a listener would end the process. */
const endings = ['disconnected', 'connection_error', 'connection_close', 'session_error', 'session_close', 'protocol_error', 'error'];
/** What the links see for themselves. */
const ofLinks = ['sender_error', 'sender_close', 'receiver_error', 'receiver_close', 'settled', 'message'];

/**
 * One open connection to a broker, with one session: that is all that some brokers give (IBM MQ). It is never opened again: what is
 * unsettled when it ends stays so, and the kernel opens another one.
 */
export class Wire {
  readonly host: string;
  readonly session: Session;
  readonly #connection: Connection;
  readonly #socket: Socket;
  readonly #lost = new AbortController();
  #cause: unknown;
  #isClosing = false;

  constructor(connection: Connection, socket: Socket, host: string) {
    this.host = host;
    this.#connection = connection;
    this.#socket = socket;
    for (const event of endings) connection.on(event, (context: unknown) => this.cut(causeIn(context)));
    for (const event of ofLinks) connection.on(event, () => undefined);
    socket.once('close', () => this.cut(new Error('the connection was closed')));
    this.session = (connection as unknown as { create_session(size: number): Session }).create_session(ring);
    this.session.begin();
  }

  /** Aborts when the connection has ended, whoever ended it. Its reason is WB_AMQP_GONE. */
  get lost(): AbortSignal {
    return this.#lost.signal;
  }

  /** Calls back when the connection has ended, at once where it has. `cause` is what the socket or the broker said. */
  whenLost(tell: (error: TransportError, cause: unknown) => void): void {
    const listener = (): void => tell(this.#lost.signal.reason as TransportError, this.#cause);
    if (this.#lost.signal.aborted) listener();
    else this.#lost.signal.addEventListener('abort', listener, { once: true });
  }

  /** Ends the connection without a word: it is of no use any more. */
  cut(cause: unknown): void {
    if (this.#lost.signal.aborted) return;
    this.#cause = cause;
    const why = cause instanceof Error && !('condition' in cause) ? cause.message : reasonOf(cause as object);
    this.#lost.abort(errors.WB_AMQP_GONE(`The connection to ${this.host} has ended: ${why}.`, { connectionLost: true, cause }));
    // With an error: only then the library stops its timers.
    this.#socket.destroy(cause instanceof Error ? cause : new Error(why));
  }

  /** Says goodbye, which the broker answers when it has taken all that was sent before. */
  async close(): Promise<void> {
    if (this.#lost.signal.aborted || this.#isClosing) return;
    this.#isClosing = true;
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, patience);
    this.#connection.once('connection_close', () => resolve());
    this.whenLost(() => resolve());
    this.#connection.close();
    await promise;
    clearTimeout(timer);
    this.cut(new Error('it was closed'));
  }
}

/** What an event of the library tells of the end. */
function causeIn(context: unknown): unknown {
  if (context instanceof Error) return context;
  const { error, connection, session } = (context ?? {}) as Partial<EventContext>;
  return error ?? session?.error ?? connection?.error ?? new Error('the far side has closed it');
}
