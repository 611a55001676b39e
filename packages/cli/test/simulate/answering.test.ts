import { type MessagePackDefinition, type MessageType, typeName } from '@waybill/contract';
import fulfillment from '@waybill/pack-fulfillment';
import { describe, expect, it } from 'vitest';
import type { Said } from '../../src/simulate/far-sides/far-pack.ts';
import { defaultsOf } from '../../src/simulate/far-sides/pack-settings.ts';
import { answerTo, type Occasion, refusalOf, sampleOf } from '../../src/simulate/playing/answering.ts';

const pack: MessagePackDefinition = fulfillment;
const seeds = [undefined, ...Array.from({ length: 12 }, (_, seed) => seed)];

function typeNamed(name: string): MessageType {
  const type = pack.messages.find((one) => typeName(one) === name);
  if (!type) throw new Error(`There is no message ${name}.`);
  return type;
}

function occasion(request: string, answer: string, seed: number | undefined): Occasion {
  const type = typeNamed(answer);
  const asked = sampleOf(pack, typeNamed(request), seed === undefined ? undefined : seed + 1_000);
  if (!asked) throw new Error('There is no sample.');
  return { pack, type, seed, request: asked.input, schema: typeNamed(request).event?.data };
}

function answered(one: Occasion): Said {
  const said = answerTo(one);
  if (!said) throw new Error(`Nothing answers with ${one.type.name}.`);
  return said;
}

/** What whoever gets the message reads in it. */
function readBack({ type }: Occasion, said: Said): unknown {
  const body = Buffer.from(
    pack.compose(type, said, { time: '2026-03-16T08:00:00.000Z', messageId: 'answer', options: defaultsOf(pack) }).body,
  );
  const message = { id: 'answer', createdAt: 0, body, properties: {}, encoding: 'utf-8' };
  return pack.read(type, message, defaultsOf(pack)).input;
}

describe.each([
  ['Request_WCS_BE_ProductInventory@1.0', 'Request_WCS_BE_ProductInventory_Reply@1.0', 'items'],
  ['priceAndAvailabilityRequest@1.0', 'Update_WCS_PriceAndAvailability@1.0', 'lines'],
  ['shoppingCartTransferRequest@1.0', 'Update_WCS_ShoppingCartTransfer@1.0', 'lines'],
  ['batchAvailabilityRequest@1.0', 'Update_WCS_BatchAvailability@1.0', 'lines'],
])('what answers %s', (request, answer, list) => {
  it('can be written and says, for each item, what was asked about it', () => {
    for (const seed of seeds) {
      const one = occasion(request, answer, seed);
      const said = answered(one);
      const read = readBack(one, said) as Readonly<Record<string, unknown>>;
      expect(read).toEqual(said.input);
      const asked = one.request as Readonly<Record<string, readonly object[]>>;
      expect(read[list]).toHaveLength(asked[list]?.length ?? -1);
      expect(read['requestId']).toEqual(asked['requestId']);
    }
  });
});

describe('the answer about stock', () => {
  const stock = ['Request_WCS_BE_ProductInventory@1.0', 'Request_WCS_BE_ProductInventory_Reply@1.0'] as const;

  it('tells of no failure, and names no order where none was named', () => {
    const one = occasion(...stock, undefined);
    const question = { partNumber: 'LAMP-3', requestedQuantity: '2', storeId: '1', fulfillmentCenterId: '2' };
    const { input } = answered({ ...one, request: { items: [question, { ...question, orderId: '7' }] } });
    const [first, second] = (input as { readonly items: readonly object[] }).items;
    expect(first).toMatchObject({ ...question, reply: { status: 'OK' } });
    expect(first).not.toHaveProperty('orderId');
    expect(first).toHaveProperty('deliveries');
    expect(second).toMatchObject({ orderId: '7' });
  });

  it('that is a refusal says so, and nothing beside what was asked', () => {
    const question = { partNumber: 'LAMP-3', requestedQuantity: '2', storeId: '1', fulfillmentCenterId: '2' };
    const one = { ...occasion(...stock, undefined), request: { items: [question] } };
    expect(refusalOf(one)?.input).toEqual({ items: [{ ...question, reply: { status: 'ERROR', code: 'SIMULATED' } }] });
  });

  it('does not take over what it could not say', () => {
    const one = occasion(...stock, undefined);
    const { input } = answered({ ...one, request: { items: [{ partNumber: 5, requestedQuantity: 'many' }] } });
    expect(input).toMatchObject({ items: [{ partNumber: 'HP-LAMP-02', requestedQuantity: '6' }] });
  });
});

it('is no refusal where a message has no place for one', () => {
  expect(refusalOf(occasion('priceAndAvailabilityRequest@1.0', 'Update_NC_ProductInventory@1.0', undefined))).toBeUndefined();
});
