import type { ReceiveGuarantees } from '@waybill/contract';
import type { Clock } from '../../tools/clock.ts';

export interface MemoryTransportOptions {
  /** The word for it in a manifest. Default `memory`. */
  readonly name?: string | undefined;
  /** What it does with a message that is to be tried again. Default: it waits up to a minute. */
  readonly redelivers?: ReceiveGuarantees['redelivers'] | undefined;
  /** Deliveries say how often they were handed out. Default true. */
  readonly countsAttempts?: boolean | undefined;
  /** Several listeners may receive from one queue at the same time. False: it says that they may not, as a mailbox does. Default true. */
  readonly shared?: boolean | undefined;
  /** A listener with an order holds its queue alone. Default true. */
  readonly exclusive?: boolean | undefined;
  /** After so many hand-outs a message goes to the queue with `.given-up` behind its name. Default: never. */
  readonly giveUpAfter?: number | undefined;
  /**
   * Like HTTP: whoever puts a message waits for its settlement and gets the reply with it (`exchange`); nothing is handed out
   * a second time. Default false.
   */
  readonly waits?: boolean | undefined;
  /** What the waits of messages and of requests are taken from, and the times of messages that are put. Default: the time of the system. */
  readonly clock?: Clock | undefined;
}

export function guaranteesOf(options: MemoryTransportOptions): ReceiveGuarantees {
  const { redelivers = { upTo: 60_000 }, countsAttempts = true, shared = true, exclusive = true, waits = false } = options;
  return {
    transacted: !waits,
    ordered: 'per-endpoint',
    shared,
    exclusive,
    replies: waits ? 'open' : 'addressed',
    waits,
    redelivers: waits ? 'no' : redelivers,
    countsAttempts: countsAttempts && !waits,
  };
}
