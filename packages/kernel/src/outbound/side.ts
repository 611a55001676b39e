import type { Message, Receipt, SendOptions } from '@waybill/contract';

/** Through which a destination sends: the sender of an outbound entry, or the listener of an inbound one for replies. */
export interface Side {
  /** True while the far side is believed to be away: nothing is counted then. */
  readonly isDown: boolean;
  /** In how many milliseconds the far side is tried again; 0 while it is not away. */
  readonly downFor: number;
  /** Resolves when something may be sent, or when `stop` aborts. Tries as long as it takes. */
  ready(stop: AbortSignal): Promise<void>;
  /** One attempt. Rejects with a `TransportError`. */
  send(message: Message, to: SendOptions['to']): Promise<Receipt>;
  close(): Promise<void>;
}
