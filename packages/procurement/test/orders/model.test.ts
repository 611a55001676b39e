import { type Arbitrary, array, assert, constantFrom, integer, oneof, property, record, uniqueArray } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type LineStatus, type OrderBook, standingOf } from '../../src/index.ts';
import { countLine, creditedOf, type Happening } from './support/history.ts';
import { bolts, bookWith, document, later, now, place, refusal, usd } from './support/orders.ts';

const numbers = [1, 2, 3];
/** Tenths of a unit: 25 is 2.5. */
const asText = (tenths: number) => `${tenths < 0 ? '-' : ''}${Math.floor(Math.abs(tenths) / 10)}.${Math.abs(tenths) % 10}`;

const some: Arbitrary<ReadonlyMap<number, number>> = uniqueArray(
  record({ line: constantFrom(...numbers), tenths: integer({ min: 1, max: 60 }) }),
  {
    selector: ({ line }) => line,
    minLength: 1,
  },
).map((lines) => new Map(lines.map(({ line, tenths }) => [line, tenths])));

const id = (prefix: string) => integer({ min: 1, max: 4 }).map((number) => `${prefix}-${number}`);
const statuses = constantFrom('accept', 'reject', 'backordered', 'half');

const steps = array(
  oneof(
    record({ step: constantFrom('document' as const), type: constantFrom('update', 'update', 'update', 'delete'), lines: some }),
    record({
      step: constantFrom('confirm' as const),
      type: constantFrom('accept', 'except', 'detail', 'detail', 'reject'),
      lines: uniqueArray(constantFrom(...numbers)),
      status: statuses,
    }),
    record({
      step: constantFrom('ship' as const),
      id: id('S'),
      operation: constantFrom('new', 'update', 'delete'),
      lines: some,
      whole: constantFrom(true, false, false),
    }),
    record({ step: constantFrom('invoice' as const), id: id('I'), lines: some }),
    record({ step: constantFrom('credit' as const), id: id('C'), of: id('I'), lines: some }),
    record({ step: constantFrom('withdraw' as const), id: oneof(id('I'), id('C')) }),
  ),
  { maxLength: 30 },
);
type Step = typeof steps extends Arbitrary<readonly (infer One)[]> ? One : never;

const written = (lines: ReadonlyMap<number, number>) => [...lines].map(([number, tenths]) => ({ number, quantity: asText(tenths) }));
const negated = (lines: ReadonlyMap<number, number>) => new Map([...lines].map(([line, tenths]) => [line, -tenths]));
const goods = (lines: ReadonlyMap<number, number>) => written(lines).map((line) => ({ ...bolts, ...line, price: usd('0.30') }));

/** Takes a step; answers with what happened, undefined where it was refused. */
function take(book: OrderBook, step: Step, history: readonly Happening[]): Happening | undefined {
  let happening: Happening | undefined;
  const message = refusal(() => {
    happening = taken(book, step, history);
  });
  // What is refused is refused with a reason, and not because something else went wrong.
  expect(message ?? '').not.toMatch(/undefined|not a decimal|Cannot read/);
  return message === undefined ? happening : undefined;
}

function taken(book: OrderBook, step: Step, history: readonly Happening[]): Happening {
  switch (step.step) {
    case 'document': {
      const replaces = book.order(place).documents.at(-1)?.payloadId ?? '';
      book.submit('larkfield', document({ type: step.type, replaces, lines: goods(step.lines), total: usd('1') }), now);
      // Sums are not what is looked at here.
      if (book.order(place).holds.length > 0) book.approve(place);
      return { kind: 'document', type: step.type, lines: step.type === 'delete' ? new Map() : step.lines };
    }
    case 'confirm': {
      const lines = step.lines.map((line) => ({ number: line, statuses: statusesOf(countLine(history, line).ordered, step.status) }));
      const rejected = new Map(
        lines.map(({ number, statuses: said }) => [
          number,
          said.reduce((all, { type, tenths }) => all + (type === 'reject' ? tenths : 0), 0),
        ]),
      );
      const told = lines.map(({ number, statuses: said }) => ({
        number,
        statuses: said.map(({ type, tenths }) => ({ type, quantity: asText(tenths) })),
      }));
      book.confirm(place, { type: step.type, noticed: later, ...(told.length === 0 ? {} : { lines: told }) });
      return { kind: 'confirmed', whole: step.type !== 'detail', type: step.type, rejected };
    }
    case 'ship': {
      const lines = step.whole ? [] : written(step.lines);
      book.ship(place, { operation: step.operation, shipmentId: step.id, noticed: later, orders: [{ orderId: place.orderId, lines }] });
      const all = new Map(numbers.map((line) => [line, countLine(history, line).ordered - countLine(history, line).rejected]));
      const now = step.whole ? all : step.lines;
      return { kind: 'shipped', id: step.id, lines: step.operation === 'delete' ? new Map() : now };
    }
    case 'invoice':
      book.invoice(place, { invoiceId: step.id, invoiced: later, lines: written(step.lines) });
      return { kind: 'invoiced', id: step.id, lines: step.lines };
    case 'credit':
      book.credit(place, { invoiceId: step.id, of: step.of, invoiced: later, lines: written(negated(step.lines)) });
      return { kind: 'credited', id: step.id, of: step.of, lines: negated(step.lines) };
    case 'withdraw':
      book.withdraw(place, { invoiceId: step.id, invoiced: later });
      return { kind: 'withdrawn', id: step.id };
  }
}

function statusesOf(ordered: number, how: string): readonly { readonly type: LineStatus['type']; readonly tenths: number }[] {
  if (how !== 'half') return [{ type: how as LineStatus['type'], tenths: ordered }];
  const half = Math.floor(ordered / 2);
  return [
    { type: 'reject', tenths: half },
    { type: 'accept', tenths: ordered - half },
  ];
}

function refuseWrong(book: OrderBook, history: readonly Happening[]): void {
  const order = book.order(place);
  for (const line of numbers) {
    const counted = countLine(history, line);
    const { ordered, rejected, shipped, invoiced } = standingOf(order, line);
    expect([ordered, rejected, shipped, invoiced].map(Number)).toEqual(
      [counted.ordered, counted.rejected, counted.shipped, counted.invoiced].map((tenths) => tenths / 10),
    );
    expect(counted.shipped).toBeLessThanOrEqual(counted.ordered - counted.rejected);
    expect(counted.invoiced).toBeLessThanOrEqual(counted.ordered);
    expect(counted.invoiced).toBeGreaterThanOrEqual(0);
  }
  const tooMuch = history.flatMap((each) =>
    each.kind === 'invoiced' ? [...each.lines].filter(([line, tenths]) => creditedOf(history, each.id, line) > tenths) : [],
  );
  expect(tooMuch).toEqual([]);
}

describe('whatever is done with an order, in whatever sequence', () => {
  it('what was shipped, invoiced and credited is never more than there was, and the book says what one counts', () => {
    assert(
      property(some, steps, (first, all) => {
        const book = bookWith(document({ lines: goods(first), total: usd('1') }));
        if (book.order(place).holds.length > 0) book.approve(place);
        const history: Happening[] = [{ kind: 'document', type: 'new', lines: first }];
        for (const step of all) {
          const before = book.order(place);
          const happening = take(book, step, history);
          if (happening) history.push(happening);
          expect(happening !== undefined || book.order(place) === before).toBe(true);
          refuseWrong(book, history);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('goods that are there and were not shipped can always be shipped', () => {
    assert(
      property(some, steps, (first, all) => {
        const book = bookWith(document({ lines: goods(first), total: usd('1') }));
        if (book.order(place).holds.length > 0) book.approve(place);
        const history: Happening[] = [{ kind: 'document', type: 'new', lines: first }];
        for (const step of all) history.push(...[take(book, step, history)].filter((each) => each !== undefined));
        if (book.order(place).state !== 'open') return;
        for (const line of numbers) {
          const { ordered, rejected, shipped } = countLine(history, line);
          const left = ordered - rejected - shipped;
          if (left <= 0) continue;
          const orders = [{ orderId: place.orderId, lines: [{ number: line, quantity: asText(left) }] }];
          expect(refusal(() => book.ship(place, { shipmentId: `last-${line}`, noticed: later, orders }))).toBeUndefined();
        }
      }),
      { numRuns: 100 },
    );
  });
});
