/** How the book works with one buyer. `payloadIds` and `confirmations` are settings of its platform, too: a `Buyer` of the directory of partners can be given as it is. Defaults: `defaultRules`. The quirks of platforms: reference/procurement-messages.md, section 7.3. */
export interface OrderRules {
  /** `constant`: the buyer's system gives the same payload id to many documents, or its timestamp: then only the content tells them apart, and no reference to a document is believed. */
  readonly payloadIds: 'unique' | 'constant';
  /** Whether an update or a delete has to name the newest document of its order. `optional`: one that names none is matched by the number of the order. */
  readonly references: 'required' | 'optional';
  /** What becomes of an order whose total is not that of its lines. */
  readonly amounts: 'hold' | 'refuse';
  /** How an order is answered that nobody has to look at: as done with (200), or with the promise of a later status (201). One that is held is always `queued`. */
  readonly answer: 'done' | 'queued';
  /** Within how many milliseconds a status has to follow. */
  readonly reportWithin: number;
  /** Whether the buyer takes several confirmations of one order, or one alone that is never changed. */
  readonly confirmations: 'many' | 'one';
  /** What may be invoiced: what was ordered, or only what has shipped. */
  readonly invoices: 'ordered' | 'shipped';
  /** Whether a line is invoiced at the agreed price alone: that of the order, or of a confirmation that changed it. */
  readonly prices: 'agreed' | 'any';
}

export const defaultRules: OrderRules = {
  payloadIds: 'unique',
  references: 'required',
  amounts: 'hold',
  answer: 'done',
  reportWithin: 24 * 60 * 60 * 1000,
  confirmations: 'many',
  invoices: 'ordered',
  prices: 'agreed',
};
