import type { TransportError } from '../errors.ts';
import type { Message } from '../message/message.ts';
import type { OpenContext } from '../open-context.ts';
import type { Deliver, Principal, Report } from './delivery.ts';
import type { Receipt } from './sender.ts';

/** How much order an inbound entry wants: none, one message after the other, or that among the messages of one object. */
export type Order = 'parallel' | 'serial' | 'key';

/**
 * - receiving: messages come as the far side has them.
 * - standing-by: another process holds the endpoint; this one takes over when that one ends.
 * - paused: the far side gives nothing at the moment (inhibited, quiescing, throttled).
 */
export type ListenerState = 'receiving' | 'standing-by' | 'paused';

export interface ReceiveContext extends OpenContext {
  /** How many deliveries may be in the kernel's hands at the same time, at least 1. The listener never exceeds it. */
  readonly concurrency: number;
  /** Unless it is `parallel`, a side that is `exclusive` holds the endpoint alone, or stands by until it can. */
  readonly order: Order;
  /**
   * What became of a message that was accepted as stored; undefined when the journal does not know it. `principal`: that of
   * its delivery. The messages of each principal are kept apart, so that nobody meets another one's ids.
   */
  readonly stateOf: (messageId: string, principal?: Principal) => Promise<StoredState | undefined>;
  /** Says what the listener does, with the reason where it does not receive. Shown by `status`; `receiving` is assumed. */
  readonly tell: (state: ListenerState, reason?: string) => void;
  /** Records news about something that was sent earlier, on whatever connection. Resolves when it is durable; throws when it could not be recorded. */
  readonly report: (report: Report) => Promise<void>;
  /**
   * Hands back a reply that could not be delivered, to the address `to`. The kernel keeps it and tries again or parks it.
   * Resolves when it is durable: only then the delivery that it answers may be removed. Throws when it could not be recorded: then the delivery
   * is handed out again.
   */
  readonly undeliverable: (reply: Message, to: string, error: TransportError) => Promise<void>;
}

export type StoredState = 'stored' | 'done' | 'parked';

/** The receiving side of an endpoint. */
export interface Listener {
  /**
   * Receives until `stop` aborts, then takes no new message, waits for the settlements of what is in flight and applies
   * them, releases what `open` took, and resolves. Called once.
   *
   * Throws when receiving cannot go on, with deliveries in hand or without: their settlements are then of no effect, and
   * the far side hands the messages out again. The kernel waits and opens a new listener.
   */
  run(deliver: Deliver, stop: AbortSignal): Promise<void>;
  /**
   * Sends a reply to the address that a delivery of this endpoint carried as `message.replyTo`, possibly long after it was
   * settled. Present where the side `replies` 'addressed'. Called while `run` is running; throws as `Sender.send` does.
   */
  reply?(reply: Message, to: string, options: { readonly signal: AbortSignal }): Promise<Receipt>;
}
