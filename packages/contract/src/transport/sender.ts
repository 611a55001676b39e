import type { Answer, Message } from '../message/message.ts';
import type { RecipientOutcome } from '../message/recipient-outcome.ts';
import type { OpenContext } from '../open-context.ts';

/** What the far side said about a message that it has taken. */
export interface Receipt {
  /** The id that the far side gave it, where it gives one. Later reports may speak of it. */
  readonly id?: string | undefined;
  /** Where it went, in words for a log: a file name, a queue, an HTTP status. Never secret. */
  readonly detail?: string | undefined;
  /** What became of each recipient, where the message has several. The kernel tries again for those with `later`. */
  readonly recipients?: readonly RecipientOutcome[] | undefined;
  /** What it said, in its own words, where `SendOptions.answer` asks for that. */
  readonly answer?: Answer | undefined;
}

export interface SendContext extends OpenContext {
  /** How many sends the kernel makes at the same time at most. */
  readonly concurrency: number;
  /** Hands over a reply that came after its request had timed out. The kernel records it beside the request. */
  readonly late: (reply: Message) => void;
}

export interface SendOptions {
  /** Aborts when the time for this attempt is over. The sender then throws as soon as it can. */
  readonly signal: AbortSignal;
  /** True: what the far side says is wanted, with the receipt or with the error. A wire that says nothing leaves it out. */
  readonly answer?: boolean | undefined;
  /** The recipients that are still open, at a further attempt for a message with several. Undefined: all. */
  readonly to?: readonly string[] | undefined;
  /**
   * Records what is known of the recipients while the attempt goes on, for a sender that serves them in several steps: all of them, with `later` for
   * those whose turn has not come. Where the process ends, the next attempt goes to those alone who are open then. To be awaited before the next
   * step; false: the message is somebody else's by now, and this attempt sends to nobody any more. Undefined where nobody tries again.
   */
  readonly note?: ((recipients: readonly RecipientOutcome[]) => Promise<boolean>) | undefined;
}

export interface RequestOptions {
  readonly signal: AbortSignal;
  /** How long to wait for the reply, in milliseconds. */
  readonly timeout: number;
}

/** The sending side of an endpoint. Methods may be called concurrently. */
export interface Sender {
  /**
   * Resolves when the far side has the message for good. Throws a `TransportError` whose `outcome` says what is known:
   * 'not-sent', 'refused', or 'unknown' where the far side may have it. An attempt that was aborted after the last byte is
   * 'unknown'. After an abort the sender is usable, or every later call throws `connectionLost`.
   */
  send(message: Message, options: SendOptions): Promise<Receipt>;
  /**
   * The ids by which reports will speak of this message whatever becomes of an attempt to send it: those that the sender makes of the message
   * itself. Pure, and the same at every attempt; asked for also where nothing is sent, and when the sender is closed. The kernel keeps them with
   * every outcome, beside the id that the far side gives.
   */
  references?(message: Message): readonly string[];
  /** Sends and waits for the reply whose correlation id is the id of `message`. Throws as `send` does; a timeout is `unknown`. */
  request?(message: Message, options: RequestOptions): Promise<Message>;
  /**
   * Waits for sends in flight, then releases what `open` took. Called once. The kernel sends nothing afterwards; a send that comes all the same
   * throws, and nothing of it reaches the far side.
   */
  close(): Promise<void>;
}
