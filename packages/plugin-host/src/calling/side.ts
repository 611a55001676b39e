import type { Message, Receipt, SendOptions } from '@waybill/contract';
import type { Finishing } from '../packs/finishing.ts';

/** What is known of one attempt to send. */
export type Sending = Pick<SendOptions, 'to' | 'note'> & {
  /** What the pack of the message does about it meanwhile, where it does anything. */
  readonly finishing?: Finishing | undefined;
};

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
