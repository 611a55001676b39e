import type { PurchaseOrderSubmitInput } from '@waybill/commerce';
import { type EventDefinition, isWaybillError, type MessageType } from '@waybill/contract';
import { memoryStorage, OrderBook } from '@waybill/procurement';
import pack from '../../src/index.ts';
import { contextWith, textOf, written } from '../support/messages.ts';
import type { Case } from './case.ts';
import { foundAnywhere, treeOf } from './tree.ts';

interface Line {
  readonly line: number;
  readonly quantity: string;
  readonly price: string;
}

interface Machine extends Case {
  readonly start: { readonly order: string; readonly lines: readonly Line[]; readonly total: string };
  readonly steps: readonly Step[];
}

type LineOf = readonly [number: string, quantity: string, price?: string, tax?: string];

interface Step {
  readonly confirm?: {
    readonly type: 'accept';
    readonly lines?: readonly { readonly line: number; readonly status: readonly [string, string][] }[];
  };
  readonly ship?: { readonly id: string; readonly lines: readonly LineOf[] };
  readonly invoice?: { readonly id: string; readonly lines: readonly LineOf[] };
  readonly credit?: { readonly id: string; readonly of: string; readonly lines: readonly LineOf[] };
  readonly expect: 'ok' | 'refused';
  readonly why?: string;
  readonly written?: Readonly<Record<string, string>>;
}

const noticed = '2026-10-06T09:00:00+00:00';
const parties = { from: [{ domain: 'NetworkID', identity: 'AN11000000123' }], to: [{ domain: 'NetworkID', identity: 'AN11000000321' }] };
const currency = 'USD';

/** The steps of the business on one order: what is refused says why, and what is not can be written as a document. */
export function judgeMachine(given: Case): readonly string[] {
  const { start, steps } = given as Machine;
  const book = new OrderBook(memoryStorage());
  book.submit('larkfield', orderOf(start), '2026-10-05T14:00:00.000Z');
  const place = { buyer: 'larkfield', orderId: start.order };
  return steps.flatMap((step, index) => {
    const at = `step ${index + 1}`;
    try {
      const { type, data } = take(book, place, step);
      if (step.expect === 'refused') return [`${at} is taken, and should be refused: ${step.why}`];
      return faultsIn(type, data, step.written ?? {}).map((fault) => `${at}: ${fault}`);
    } catch (error) {
      if (!isWaybillError(error)) throw error;
      if (step.expect === 'ok') return [`${at} is refused: ${error.message}`];
      return saysWhy(error.message, step.why ?? '') ? [] : [`${at} says "${error.message}", and should say "${step.why}"`];
    }
  });
}

type Place = { readonly buyer: string; readonly orderId: string };

function take(book: OrderBook, place: Place, { confirm, ship, invoice, credit }: Step): { readonly type: string; readonly data: object } {
  if (confirm) {
    const lines = confirm.lines?.map(({ line, status }) => ({
      number: line,
      statuses: status.map(([type, quantity]) => ({ type: type as 'accept', quantity })),
    }));
    return { type: 'ConfirmationRequest', data: book.confirm(place, { type: confirm.type, noticed, lines }) };
  }
  if (ship) {
    const lines = ship.lines.map(([number, quantity]) => ({ number: Number(number), quantity }));
    const step = { shipmentId: ship.id, noticed, orders: [{ orderId: place.orderId, lines }] };
    return { type: 'ShipNoticeRequest', data: book.ship(place, step) };
  }
  const step = (id: string, lines: readonly LineOf[]) => ({
    payloadId: `${id}@shop.harborpine.example`,
    invoiceId: id,
    invoiced: noticed,
    lines: lines.map(billed),
  });
  if (invoice) return { type: 'InvoiceDetailRequest', data: book.invoice(place, step(invoice.id, invoice.lines)) };
  if (credit) return { type: 'InvoiceDetailRequest', data: book.credit(place, { ...step(credit.id, credit.lines), of: credit.of }) };
  throw new Error('A step of no kind.');
}

function billed([number, quantity, price = '', tax]: LineOf) {
  const amount = (text: string) => ({ amount: text, currency });
  const more = tax === undefined ? {} : { tax: { amount: amount(tax.replace('tax ', '')), description: 'Sales tax' } };
  return { number: Number(number), quantity, price: amount(price), ...more };
}

/** What is wrong with the document that tells of a step. */
function faultsIn(name: string, data: object, values: Readonly<Record<string, string>>): readonly string[] {
  const type = pack.messages.find((each) => each.name === name) as MessageType & { readonly event: EventDefinition };
  const root = treeOf(textOf(pack.compose(type, data, contextWith(written()))));
  return Object.entries(values).flatMap(([path, value]) => {
    const texts = foundAnywhere(root, path);
    return texts.length > 0 && texts.every((text) => text === value) ? [] : [`${path} is ${JSON.stringify(texts)}, and should be ${value}`];
  });
}

/** In these terms: its figures are there, and its words. */
function saysWhy(message: string, why: string): boolean {
  const words = (text: string) => text.toLowerCase().match(/[a-z0-9-]+/g) ?? [];
  const said = new Set(words(message));
  return words(why).every((word) => said.has(word) || /^(?:a|the|is|in|of|per|which|means|have|only|use|carries)$/.test(word));
}

function orderOf({ order, lines, total }: Machine['start']): PurchaseOrderSubmitInput {
  return {
    payloadId: '1790009999.1@buy.larkfield.example',
    timestamp: '2026-10-05T10:00:00-04:00',
    test: false,
    parties,
    orderId: order,
    ordered: '2026-10-05T10:00:00-04:00',
    type: 'new',
    orderType: 'regular',
    total: { amount: total, currency },
    lines: lines.map(({ line, quantity, price }) => ({
      number: line,
      quantity,
      partId: `P-${line}`,
      price: { amount: price, currency },
      unit: 'EA',
      description: `Part ${line}`,
    })),
  };
}
