import { add, compare } from '../../exact/exact.ts';
import { bookErrors } from '../errors.ts';
import type { BookedOrder } from '../order.ts';
import { plain } from '../standing.ts';
import type { KnownOrders, Submission } from './submission.ts';

/**
 * Judges a blanket order and the releases that call off from it. Answers with what a person has to look at, undefined where all is well. Throws WB_BOOK_AGREEMENT where a
 * release names no agreement, lies outside its time or exceeds its limit, or a blanket order would have less than was released.
 */
export function refuseOverdrawn(order: BookedOrder, submission: Submission, known: KnownOrders): string | undefined {
  switch (order.header.orderType) {
    case 'blanket':
      return refuseUndercut(order, known.releases);
    case 'release':
    case 'stockTransportRelease':
      return refuseRelease(order, submission, known);
    case 'regular':
    case 'stockTransport':
      return undefined;
  }
}

function refuseUndercut(order: BookedOrder, releases: readonly BookedOrder[]): string | undefined {
  const { effective, expires, total } = order.header;
  const released = totalOf(releases);
  if (compare(released, total.amount) > 0)
    throw bookErrors.WB_BOOK_AGREEMENT(`Order ${order.orderId}: ${released} of ${plain(total.amount)} would be released.`);
  if (effective !== undefined && expires !== undefined && Date.parse(expires) < Date.parse(effective))
    throw bookErrors.WB_BOOK_AGREEMENT(`Order ${order.orderId} expires at ${expires}, before it begins at ${effective}.`);
  if (expires !== undefined && effective === undefined) return `it expires at ${expires} and does not say from when it is good`;
  return undefined;
}

function refuseRelease({ orderId, header }: BookedOrder, { now }: Submission, { agreement, releases }: KnownOrders): string | undefined {
  const { agreementId, total, ordered } = header;
  if (agreementId === undefined) throw bookErrors.WB_BOOK_AGREEMENT(`Release ${orderId} names no agreement.`);
  if (!agreement || agreement.header.orderType !== 'blanket') return `the agreement ${agreementId} is not in the book`;
  const limit = agreement.header.total;
  if (agreement.state !== 'open') throw bookErrors.WB_BOOK_AGREEMENT(`The blanket order ${agreementId} is not in effect any more.`);
  if (limit.currency !== total.currency)
    throw bookErrors.WB_BOOK_AGREEMENT(
      `Release ${orderId} is in ${total.currency}, the blanket order ${agreementId} in ${limit.currency}.`,
    );
  refuseUntimely(agreement, Number.isNaN(Date.parse(ordered)) ? now : ordered);
  const all = add(total.amount, totalOf(releases.filter((each) => each.orderId !== orderId)));
  if (compare(all, limit.amount) > 0)
    throw bookErrors.WB_BOOK_AGREEMENT(`Blanket order ${agreementId}: ${all} of ${plain(limit.amount)} would be released.`);
  return undefined;
}

/** A time that nobody can read sets no bound. */
function refuseUntimely({ orderId, header }: BookedOrder, ordered: string): void {
  const { effective, expires } = header;
  const at = Date.parse(ordered);
  if (effective !== undefined && at < Date.parse(effective))
    throw bookErrors.WB_BOOK_AGREEMENT(`The blanket order ${orderId} is good from ${effective} on; the release is of ${ordered}.`);
  if (expires !== undefined && at > Date.parse(expires))
    throw bookErrors.WB_BOOK_AGREEMENT(`The blanket order ${orderId} was good until ${expires}; the release is of ${ordered}.`);
}

function totalOf(releases: readonly BookedOrder[]): string {
  return add('0', ...releases.filter(({ state }) => state === 'open').map(({ header }) => header.total.amount));
}
