import type { WaybillError } from './errors.ts';
import type { Message } from './message.ts';

/** Somebody whom a transport or the application's authenticator has recognised. */
export interface Principal {
  readonly name: string;
  readonly roles?: readonly string[] | undefined;
}

/**
 * A unit of work on one connection: what is sent with it becomes visible when the delivery that carried it is accepted.
 * When that is rejected or has to be tried again, or its connection is lost, what was sent with it is dropped. Opaque to
 * the kernel, which hands it from a delivery to a sender of the same connection; the transport that made it knows what
 * is inside.
 */
export interface UnitOfWork {
  readonly connection: object;
}

/** One message in the hands of the kernel, not yet settled. */
export interface Delivery {
  readonly message: Message;
  /** How often this message was handed out, this time included (so at least 1), where the far side counts. */
  readonly attempt?: number | undefined;
  /** Present when the side is transacted 'receive-and-send'. */
  readonly unit?: UnitOfWork | undefined;
  /** Who sent it, where the transport authenticated somebody. */
  readonly principal?: Principal | undefined;
  /** The sender waits for this very settlement (an open HTTP request): it is told of a failure, so nothing is parked. */
  readonly waits?: boolean | undefined;
  /** The id was made up for this very delivery, so that nobody can know the message yet: the journal need not be asked. */
  readonly fresh?: boolean | undefined;
  /** Aborts when the far side no longer waits (a closed HTTP request). */
  readonly abandoned?: AbortSignal | undefined;
  /**
   * The transport could not take the message whole (too large, unreadable). The kernel gives it up with this error;
   * `message.body` holds what could be kept, possibly nothing.
   */
  readonly defect?: WaybillError | undefined;
}

/**
 * What was decided about a delivery. `reply` goes to whoever waits for it: the open request, or `message.replyTo`. With
 * a rejected delivery it is all that is sent: what came with the delivery's unit is dropped. The kernel sets the
 * reply's correlation id.
 *
 * - accepted: it is done with, remove it. `stored` tells that it is durable in the journal but not yet worked on.
 * - retry: hand it out again, not before `after` milliseconds have passed.
 * - rejected: it will never be worked on, remove it; the kernel has kept what has to be kept. `code` is the error code.
 */
export type Settlement =
  | { readonly outcome: 'accepted'; readonly reply?: Message | undefined; readonly stored?: boolean | undefined }
  | {
      readonly outcome: 'retry';
      readonly after: number;
      readonly code: string;
      readonly reason: string;
      readonly reply?: Message | undefined;
    }
  | { readonly outcome: 'rejected'; readonly code: string; readonly reason: string; readonly reply?: Message | undefined };

/** Hands a message to the kernel. Always resolves, whatever happens to the message; waiting for it is the backpressure. */
export type Deliver = (delivery: Delivery) => Promise<Settlement>;
