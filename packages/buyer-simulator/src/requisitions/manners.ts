/** How the buyer treats what comes to it. */
export interface BuyerManners {
  /** How long it takes before a cart is answered, in milliseconds. */
  readonly cartDelay: number;
  /** The same for documents of the shop. */
  readonly answerDelay: number;
  /**
   * What documents of the shop are answered with. `ok`: 200. `queued`: 201. `refused`: 406. `temporary`: 560. `invalid`: a page instead of cXML.
   * `http-refused`, `http-failing`: the status of HTTP is 403, or 503, as some platforms have it, too.
   */
  readonly answer: 'ok' | 'queued' | 'refused' | 'temporary' | 'invalid' | 'http-refused' | 'http-failing';
}

export const answers = [
  'ok',
  'queued',
  'refused',
  'temporary',
  'invalid',
  'http-refused',
  'http-failing',
] as const satisfies readonly BuyerManners['answer'][];

export const usualManners: BuyerManners = { cartDelay: 0, answerDelay: 0, answer: 'ok' };

/** The longest delay, in milliseconds. */
export const longestDelay = 600_000;
