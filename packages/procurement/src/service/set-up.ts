import type { CartLine, PunchoutSetUpInput } from '@waybill/commerce';
import { statusErrors } from '@waybill/cxml';
import type { CartSession } from '../carts/cart.ts';
import type { Buyer } from '../partners/buyer.ts';
import { requisitionerOf } from '../partners/requisitioner.ts';
import { checkedReturnAddress } from '../partners/return-address.ts';
import { isTest } from '../partners/test-flag.ts';
import { digestOf, newKey, newSessionId } from '../sessions/keys.ts';
import type { PunchoutSession } from '../sessions/session.ts';
import { punchoutErrors } from './errors.ts';
import type { Workings } from './workings.ts';

/**
 * Answers a set-up: a session that waits, and the address that opens it once. Everything that can be refused is refused before there is a session.
 */
export async function setUp(workings: Workings, input: PunchoutSetUpInput, buyerName: string): Promise<{ readonly startPage: string }> {
  const { partners, sessions, storefront, addresses, times, now } = workings;
  const buyer = await partners.buyer(buyerName);
  if (!buyer) throw punchoutErrors.WB_PUNCHOUT_UNKNOWN_BUYER(`There is no buyer "${buyerName.slice(0, 100)}".`);
  const back = wayBack(buyer, input);
  const test = isTest(buyer, input);
  const requisitioner = requisitionerOf(buyer, input);
  const lines = await linesOf(workings, buyer, input);
  const session: PunchoutSession = {
    id: newSessionId(),
    buyer: buyer.name,
    protocol: 'cxml',
    operation: input.operation,
    user: await storefront.registerUser(requisitioner, { buyer: buyer.name, test }),
    test,
    ...(input.selected && { selected: input.selected }),
    ...(back && { back: { ...back, test } }),
  };
  await storefront.openCart(session, lines);
  const key = newKey();
  const until = now() + 1000 * (buyer.startSeconds ?? times.start);
  await sessions.addWaiting(session, { key: digestOf(key), until }, now());
  return { startPage: addresses.start(key) };
}

/** Where the cart goes. Who only looks needs no address. */
function wayBack(buyer: Buyer, input: PunchoutSetUpInput): Extract<CartSession, { protocol: 'cxml' }> | undefined {
  const { returnAddress, operation, cookie, parties, test } = input;
  if (returnAddress === undefined && operation === 'inspect') return undefined;
  if (returnAddress === undefined) {
    throw statusErrors.WB_CXML_BAD_REQUEST(`The set-up (${operation}) has no BrowserFormPost, so that the cart could not come back.`);
  }
  return { protocol: 'cxml', cookie, operation, parties, returnAddress: checkedReturnAddress(buyer, returnAddress), test };
}

/**
 * The lines that a session begins with. An edit of lines that came with no cart of ours would return less than the buyer holds, and the buyer would delete the rest:
 * it is refused, or goes on with all that the buyer has sent (reference/procurement-messages.md, section 3.6).
 */
async function linesOf({ sessions }: Workings, buyer: Buyer, { operation, lines = [] }: PunchoutSetUpInput): Promise<readonly CartLine[]> {
  if (operation !== 'edit' && operation !== 'inspect') return [];
  if (lines.length === 0) {
    throw statusErrors.WB_CXML_PRECONDITION(`The set-up (${operation}) holds no line of an earlier session.`);
  }
  if (operation === 'inspect' || buyer.unknownEdit === 'open') return lines;
  const ids = lines.map(({ auxiliaryId }) => auxiliaryId ?? '');
  const known = await sessions.sessionsOf(buyer.name, ids);
  const unknown = lines.find(({ auxiliaryId }) => auxiliaryId === undefined || !known.has(auxiliaryId));
  if (!unknown) return lines;
  const { auxiliaryId, partId } = unknown;
  throw statusErrors.WB_CXML_PRECONDITION(
    auxiliaryId === undefined
      ? `The line with part ${partId ?? 'without number'} has no SupplierPartAuxiliaryID, so that its session is not known.`
      : `No session is known for the SupplierPartAuxiliaryID ${auxiliaryId}.`,
  );
}
