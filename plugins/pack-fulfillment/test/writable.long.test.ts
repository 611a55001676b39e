import { commands, type ExpectedInventory, events, pickListGet } from '@waybill/commerce';
import {
  type CommandDefinition,
  CommandError,
  type EventDefinition,
  type MessageType,
  type MessageTypeRef,
  type ReplyOutcome,
  type TSchema,
  typeName,
} from '@waybill/contract';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import pack from '../src/index.ts';
import { faultsAgainst } from './support/conforms.ts';
import { context, readBody, textOf, typeOf } from './support/messages.ts';
import { valuesOf } from './support/values.ts';

// Whatever the schema of an event allows can be written: an application that has kept to the schema never loses an event to this pack.

const told: readonly (readonly [string, MessageType, EventDefinition])[] = pack.messages.flatMap((type) =>
  type.event ? [[`${type.event.name} as ${typeName(type)}`, type, type.event] as const] : [],
);

/** Replies tell of what a command was asked for and answered with. */
const answered: readonly (readonly [string, MessageType, CommandDefinition])[] = pack.messages.flatMap((type) => {
  const command = commands.find(({ name }) => type.reply && type.commands?.some((each) => each.name === name));
  return command ? [[`${typeName(type)} with ${type.reply?.name}`, type, command] as const] : [];
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

function typeNamed({ name, version }: MessageTypeRef): MessageType {
  return typeOf(name, version);
}

function readAgain(type: MessageType, data: unknown): unknown {
  return readBody(textOf(pack.compose(type, data, context))).read.input;
}

function answer(type: MessageType, outcome: ReplyOutcome, made = context): unknown {
  return readBody(textOf(pack.reply?.(type, outcome, made))).read.input;
}

/** The part of a reply that a command answered with. */
const outputIn: Readonly<Record<string, (said: never) => unknown>> = {
  'inventory.expect': ({ recordId, details = [] }: { recordId: string; details?: readonly ExpectedInventory['details'][number][] }) => ({
    recordId,
    details: details.map(({ detailId, backendId }) => ({ detailId, ...(backendId === undefined ? {} : { backendId }) })),
  }),
  'inventory.receive': ({ receiptId }: { receiptId: string }) => ({ receiptId }),
  'pick-batch.generate': ({ batch: { backendPickBatchId: _id, ...batch } }: { batch: { backendPickBatchId?: string } }) => batch,
  'pick-list.get': ({ pickList }: { pickList: unknown }) => pickList,
  'shipment.confirm': ({ shipmentId, orderId }: { shipmentId: string; orderId: string }) => ({ shipmentId, orderId }),
};

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

describe.each(answered)('%s', (_title, type, { name, input, output }) => {
  it('can be written whatever its command is asked for and answers with, and reads back', () => {
    fc.assert(
      fc.property(valuesOf(input), output ? valuesOf(output) : fc.constant(undefined), (asked, made) => {
        const read = { command: name, input: asked };
        const said = answer(type, { ok: true, output: made, read });
        expect(readAgain(typeNamed(type.reply as MessageTypeRef), said)).toEqual(said);
        if (output === undefined) return;
        const told = outputIn[name]?.(said as never);
        expect(faultsAgainst(output, told)).toEqual([]);
        expect(outputIn[name]?.(answer(type, { ok: true, output: told, read }) as never)).toEqual(told);
      }),
      { numRuns: 60 },
    );
  });

  it('can be written when its command fails, whatever it is asked for', () => {
    const error = new CommandError('WB_REFUSED', 'No.');
    fc.assert(
      fc.property(valuesOf(input), (asked) => {
        const said = answer(type, { ok: false, error, read: { command: name, input: asked } });
        expect(said).toMatchObject({ status: 'ERROR', code: 'WB_REFUSED', message: 'No.' });
      }),
      { numRuns: 30 },
    );
  });
});

describe('a pick list in version 1.0', () => {
  it('can be written whatever the command answers with', () => {
    const made = { ...context, options: { ...context.options, pickListVersion: '1.0' as const } };
    const inquiry = typeNamed({ name: 'Inquire_WCS_PickPackListDetail', version: '1.0' });
    const reply = { name: 'Report_WCS_PickPackListDetail', version: '1.0' };
    fc.assert(
      fc.property(valuesOf(pickListGet.output as TSchema), (output) => {
        const said = answer(inquiry, { ok: true, output, read: { command: pickListGet.name, input: {} } }, made);
        expect(readAgain(typeNamed(reply), said)).toEqual(said);
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
  it('are those that go to customers, and those to the procurement systems of buyers', () => {
    const named = told.map(([, , event]) => event.name);
    expect(events.map(({ name }) => name).filter((name) => !named.includes(name))).toEqual([
      'catalog.published',
      'purchase-order.confirmed',
      'purchase-order.invoiced',
      'purchase-order.progressed',
      'purchase-order.shipped',
      'release.shipped',
    ]);
  });
});
