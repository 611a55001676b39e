/** What the receiving side of a transport keeps to. Each member is proved by the transport suite and read by the kernel or the manifest check. */
export interface ReceiveGuarantees {
  /**
   * A delivery that is not settled (crash, lost connection) is handed out again. False, and nobody waits: `waybill check` warns
   * of entries that answer after the handler, since a crash loses the messages in hand.
   */
  readonly transacted: boolean;
  /**
   * 'per-endpoint': with concurrency 1, deliveries come in the order in which the messages were sent. 'no': their senders do
   * not wait for each other, so that there is no order to keep but that in which the kernel takes them; `waybill check` warns
   * where an entry wants more.
   */
  readonly ordered: 'no' | 'per-endpoint';
  /**
   * Several listeners may receive one endpoint at the same time: none gets what another one has in hand. False: the far side does not keep
   * them apart (a mailbox), and the kernel lets one process receive at a time, by a lease in the journal, whatever order the entry wants.
   */
  readonly shared: boolean;
  /**
   * The side can hold an endpoint alone: of several listeners that were opened with an `order`, one receives and the others
   * stand by. False: the kernel sees to that itself, by a lease in the journal.
   */
  readonly exclusive: boolean;
  /** 'open': answers go back on the open request; 'addressed': to `message.replyTo`, and listeners have `reply`; 'no': nowhere. */
  readonly replies: 'no' | 'open' | 'addressed';
  /** The sender waits for the settlement and is told of a failure: the kernel then keeps nothing of what failed. */
  readonly waits: boolean;
  /**
   * What 'retry' does. 'no': nothing comes again, the kernel keeps the message itself. 'at-once': `after` is not obeyed.
   * `upTo`: `after` is obeyed up to so many milliseconds. The kernel keeps whatever has to wait longer than that.
   */
  readonly redelivers: 'no' | 'at-once' | { readonly upTo: number };
  /** `delivery.attempt` is set and counts across restarts. False: after a crash the kernel counts for a while itself. */
  readonly countsAttempts: boolean;
}

/** What the sending side of a transport keeps to. Each member is proved by the transport suite and read by the kernel or the manifest check. */
export interface SendGuarantees {
  /** The sender has `request`. Without it `waybill check` refuses routes whose message is answered. */
  readonly requestReply: boolean;
  /**
   * Sending a message id a second time has no second effect, for a time that the plugin's README states. Then a send with an
   * unknown outcome is tried again by default; else it is parked.
   */
  readonly deduplicates: boolean;
}
