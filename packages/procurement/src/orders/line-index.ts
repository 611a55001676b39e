import { add, compare } from '../exact/exact.ts';
import type { BookedLine, BookedOrder, Confirmation, Invoice } from './order.ts';

type LineStatus = Confirmation['lines'][number]['statuses'][number];

/** What an order says of its lines, by their numbers. */
export interface LineIndex {
  readonly lines: ReadonlyMap<number, BookedLine>;
  readonly shipped: ReadonlyMap<number, string>;
  /** Less what was credited. */
  readonly invoiced: ReadonlyMap<number, string>;
  /** What the confirmations in effect say of a line. */
  readonly statuses: ReadonlyMap<number, readonly LineStatus[]>;
  /** Whether the order as a whole is. */
  readonly rejected: boolean;
}

/** An order is never changed, only followed by another one: what was counted of it once stays right. Without this, an order of 1,000 lines takes a million looks. */
const indexes = new WeakMap<BookedOrder, LineIndex>();

export function lineIndexOf(order: BookedOrder): LineIndex {
  const known = indexes.get(order);
  if (known) return known;
  const inEffect = order.confirmations.filter(({ discarded }) => !discarded);
  const index: LineIndex = {
    lines: new Map(order.lines.map((booked) => [booked.line.number, booked])),
    shipped: sumsOf(order.shipments.filter(({ deleted }) => !deleted)),
    invoiced: sumsOf(standingInvoices(order)),
    statuses: statusesOf(inEffect),
    rejected: inEffect.some(({ type }) => type === 'reject'),
  };
  indexes.set(order, index);
  return index;
}

/** Invoices and credits that count. One that header credits give back as a whole counts for nothing, and neither do they. */
export function standingInvoices(order: BookedOrder): readonly Invoice[] {
  const live = order.invoices.filter(({ deleted }) => !deleted);
  const givenBack = (id: string) =>
    live.filter(({ original, purpose }) => original === id && purpose === 'creditMemo').map(({ net }) => net);
  const isVoid = ({ id, net }: Invoice) => compare(net, '0') !== 0 && compare(add(net, ...givenBack(id)), '0') === 0;
  const empty = new Set(
    live
      .filter(({ purpose }) => purpose === 'standard')
      .filter(isVoid)
      .map(({ id }) => id),
  );
  return live.filter(({ id, original }) => !empty.has(original ?? id));
}

/** What documents say of each line, added up. */
export function sumsOf(
  documents: readonly { readonly lines: readonly { readonly number: number; readonly quantity: string }[] }[],
): ReadonlyMap<number, string> {
  const sums = new Map<number, string>();
  for (const { lines } of documents) for (const { number, quantity } of lines) sums.set(number, add(sums.get(number) ?? '0', quantity));
  return sums;
}

function statusesOf(confirmations: readonly Confirmation[]): LineIndex['statuses'] {
  const statuses = new Map<number, LineStatus[]>();
  for (const { lines } of confirmations)
    for (const line of lines) {
      const known = statuses.get(line.number);
      if (known) known.push(...line.statuses);
      else statuses.set(line.number, [...line.statuses]);
    }
  return statuses;
}
