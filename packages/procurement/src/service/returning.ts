import { newPayloadId, timestampOf } from '@waybill/cxml';
import type { Cart, CartItem, CartNote, Ending } from '../carts/cart.ts';
import { writeCart } from '../carts/write-cart.ts';
import type { Buyer } from '../partners/buyer.ts';
import type { PunchoutSession, Returned, Verb } from '../sessions/session.ts';
import type { Workings } from './workings.ts';

/**
 * What becomes of a wish to end a session.
 *
 * - returned: what the browser carries to the buyer is written, now or earlier: it is the same every time.
 * - refused: the buyer would not take these lines. The session goes on, and the cart is as it was.
 * - empty: a cart without lines is not returned by accident. Whoever shops chooses: to leave without a change, or, in an edit, to delete the lines at the buyer.
 * - only-looking: the session is an inspect, which returns nothing. It can be left.
 * - over: the session is over, or its buyer is gone.
 */
export type SessionEnding =
  | { readonly outcome: 'returned'; readonly returned: Returned }
  | { readonly outcome: 'refused'; readonly problems: readonly CartNote[] }
  | { readonly outcome: 'empty' }
  | { readonly outcome: 'only-looking' }
  | { readonly outcome: 'over' };

/** Ends a session, unless something is to be asked or corrected first. The document is written and kept before the browser leaves. */
export async function endSession(workings: Workings, session: PunchoutSession, wish: Verb): Promise<SessionEnding> {
  if (session.operation === 'inspect' && wish !== 'leave') return { outcome: 'only-looking' };
  const buyer = await workings.partners.buyer(session.buyer);
  if (!buyer) return { outcome: 'over' };
  const cart = await workings.storefront.cartOf(session);
  if (wish === 'return' && cart.lines.length === 0) return { outcome: 'empty' };
  // Only an edit has lines at the buyer that could be deleted.
  const verb = wish === 'empty' && session.operation !== 'edit' ? 'leave' : wish;
  return await written(workings, session, buyer, verb, cart);
}

async function written(workings: Workings, session: PunchoutSession, buyer: Buyer, verb: Verb, cart: Cart): Promise<SessionEnding> {
  const { partners, addresses, now } = workings;
  if (!session.back) return await kept(workings, session, { verb, warnings: [] }, []);
  const lines = session.protocol === 'cxml' ? withAuxiliaryIds(session, cart.lines) : cart.lines;
  const result = writeCart(endingOf(verb, { ...cart, lines }), {
    supplier: partners.supplier,
    buyer,
    session: session.back,
    payloadId: newPayloadId(addresses.host, now()),
    timestamp: timestampOf(now()),
  });
  switch (result.outcome) {
    case 'refused':
      return { outcome: 'refused', problems: result.problems };
    case 'written':
      return await kept(workings, session, { verb, form: result.form, warnings: result.warnings }, verb === 'return' ? lines : []);
  }
}

function endingOf(verb: Verb, cart: Cart): Ending {
  switch (verb) {
    case 'return':
      return { verb, cart };
    case 'empty':
    case 'leave':
      return { verb, currency: cart.currency };
  }
}

/** Of two wishes at the same time the first one is written, and both show it. */
async function kept(
  { sessions, times, now }: Workings,
  { id }: PunchoutSession,
  wanted: Returned,
  lines: readonly CartItem[],
): Promise<SessionEnding> {
  const ids = lines.flatMap(({ auxiliaryId }) => auxiliaryId ?? []);
  const keep = { document: now() + 1000 * times.document, lines: now() + 1000 * times.lines };
  const returned = await sessions.finish(id, wanted, ids, now(), keep);
  return returned ? { outcome: 'returned', returned } : { outcome: 'over' };
}

/** A line of cXML that has no auxiliary id gets one of its session, so that an edit finds back. Those that came with an edit stay as they are. */
function withAuxiliaryIds(session: PunchoutSession, lines: readonly CartItem[]): readonly CartItem[] {
  const taken = new Set(lines.map(({ auxiliaryId }) => auxiliaryId));
  let count = 0;
  return lines.map((line) => {
    if (line.auxiliaryId !== undefined) return line;
    do count += 1;
    while (taken.has(`${session.id}.${count}`));
    return { ...line, auxiliaryId: `${session.id}.${count}` };
  });
}
