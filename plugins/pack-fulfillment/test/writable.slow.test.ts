import { commands, events } from '@waybill/commerce';
import { type EventDefinition, type MessageType, type TSchema, typeName } from '@waybill/contract';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import pack from '../src/index.ts';
import { faultsAgainst } from './support/conforms.ts';
import { context, readBody, textOf } from './support/messages.ts';
import { valuesOf } from './support/values.ts';

// Whatever the schema of an event allows can be written: an application that has kept to the schema never loses an event to this pack.

const told: readonly (readonly [string, MessageType, EventDefinition])[] = pack.messages.flatMap((type) =>
  type.event ? [[`${type.event.name} as ${typeName(type)}`, type, type.event] as const] : [],
);

/** Replies tell of what a command answered with. */
const answered: readonly (readonly [string, MessageType, TSchema])[] = pack.messages.flatMap((type) => {
  const output = commands.find(({ name }) => type.reply && type.commands?.some((command) => command.name === name))?.output;
  return output ? [[`${type.commands?.[0]?.name} as ${type.reply?.name}`, type, output] as const] : [];
});

/** What is missing when an event is read back, since its message has no place for it. */
function withoutPlace({ name }: MessageType, data: unknown): readonly string[] {
  switch (name) {
    // It has one for the store among the ids of the merchant only, and demands a name and an address of a merchant.
    case 'Report_NC_PurchaseOrder':
      return (data as { readonly merchant?: unknown }).merchant === undefined ? ['/storeId is missing'] : [];
    case 'priceAndAvailabilityRequest':
      return ['/orderId is missing', '/storeId is missing'];
    case 'shoppingCartTransferRequest':
    case 'batchAvailabilityRequest':
      return ['/storeId is missing'];
    default:
      return [];
  }
}

function readAgain(type: MessageType, data: unknown): unknown {
  return readBody(textOf(pack.compose(type, data, context))).read.input;
}

function answerAgain(type: MessageType, output: unknown): unknown {
  const outcome = { ok: true, output, read: { command: type.commands?.[0]?.name ?? '', input: {} } } as const;
  return (readBody(textOf(pack.reply?.(type, outcome, context))).read.input as { readonly pickList: unknown }).pickList;
}

describe.each(told)('%s', (_title, type, event) => {
  it('can be written whatever its schema allows, and reads back', () => {
    fc.assert(
      fc.property(valuesOf(event.data), (data) => {
        expect(faultsAgainst(event.data, data)).toEqual([]);
        const read = readAgain(type, data);
        expect(faultsAgainst(event.data, read)).toEqual(withoutPlace(type, data));
        expect(readAgain(type, read)).toEqual(read);
      }),
      { numRuns: 120 },
    );
  });
});

describe.each(answered)('%s', (_title, type, output) => {
  it('can be written whatever its schema allows, and reads back', () => {
    fc.assert(
      fc.property(valuesOf(output), (data) => {
        const read = answerAgain(type, data);
        expect(faultsAgainst(output, read)).toEqual([]);
        expect(answerAgain(type, read)).toEqual(read);
      }),
      { numRuns: 60 },
    );
  });
});

describe('an order with a comment of 300 characters', () => {
  it('keeps all of them', () => {
    const comment = 'Ring twice, then leave it with the lighthouse keeper. '.repeat(6).slice(0, 300);
    const type = pack.messages.find(({ event }) => event?.name === 'order.created') as MessageType;
    const times = { placed: '2026-03-14T16:20:05Z' };
    const shipTo = {
      name: { lastName: 'Okonkwo' },
      address: { lines: ['77 Signal Hill Road'], city: 'Port Merrin', state: 'NS', postalCode: 'B3X 2T5', country: 'CA' },
      comment,
    };
    const item = { partNumber: 'HP-LAMP-02', unitPrice: { amount: '61.50' }, quantity: '1', shipTo, ...times };
    const totals = { net: '61.50', shipping: '8.00', shippingTax: '1.04' };
    expect(readAgain(type, { orderId: '12012', storeId: '10151', totals, items: [item], ...times })).toMatchObject({
      items: [{ shipTo: { comment } }],
    });
  });
});

describe('the events that nobody here tells of', () => {
  it('are those that go to customers', () => {
    const named = told.map(([, , event]) => event.name);
    expect(events.map(({ name }) => name).filter((name) => !named.includes(name))).toEqual(['release.shipped']);
  });
});
