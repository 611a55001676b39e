import {
  events,
  inventoryExpect,
  inventoryReceive,
  orderRecordQuotation,
  orderShipStatus,
  pickBatchGenerate,
  pickList,
  pickListGet,
  shipmentConfirm,
} from '@waybill/commerce';
import { type CommandDefinition, type TSchema, unitKeyword } from '@waybill/contract';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { seeded } from '../src/index.ts';
import { deliver, type Published } from './support/deliver.ts';
import { askDistributor, quotation } from './support/distributors.ts';
import { KeepingPublisher, memoryStore, seededStore } from './support/fixture.ts';
import { confirmation, expected, receipt } from './support/fulfillment.ts';
import { available, shipped } from './support/messages.ts';

// As the kernel checks whatever an application publishes and answers.
const ajv = new Ajv({ strict: true });
ajv.addKeyword(unitKeyword);

function faults(schema: TSchema, value: unknown): unknown {
  const validate = ajv.compile(schema);
  return validate(value) ? undefined : validate.errors;
}

const definition = (name: string) => events.find((event) => event.name === name);
const eventFaults = ({ event, data }: Published) => faults(definition(event)?.data ?? {}, data);

describe('what the store says', () => {
  it('is an order.created as declared, of a guest and with every field that a caller may give', async () => {
    const { store } = await seededStore();
    const publisher = new KeepingPublisher();
    const order = { storeId: seeded.storeId, customerId: seeded.customerId };
    store.placeOrder({ ...order, items: [{ partNumber: 'HP-KIT-01', quantity: '1' }] });
    store.placeOrder({
      ...order,
      items: [{ partNumber: 'HP-LAMP-02', quantity: '3', comment: 'Ring twice' }],
      merchantOrderNumber: 'HP-2024-1180',
      instructions: 'Leave with concierge',
      fields: ['17', '2.5', 'x'],
      userData: { salesChannel: 'web' },
    });
    await store.announce(publisher);
    expect(publisher.published.map(eventFaults)).toEqual([undefined, undefined]);
  });

  it('names the ids of products, addresses and ship modes, which fixed-width records carry', async () => {
    const { store } = memoryStore();
    store.placeOrder({ storeId: seeded.storeId, customerId: seeded.customerId, items: [{ partNumber: 'HP-LAMP-02', quantity: '1' }] });
    const publisher = new KeepingPublisher();
    await store.announce(publisher);
    expect(publisher.published[0]?.data).toMatchObject({
      billToAddressId: '15022',
      items: [{ catalogEntryId: '30015', shipToAddressId: '15022', shipModeId: '10703' }],
    });
  });

  it('is a release.shipped as declared', async () => {
    const { application } = await seededStore();
    const { published } = await deliver(application, orderShipStatus, shipped, 'm1');
    expect(published.map(eventFaults)).toEqual([undefined]);
  });

  it('is an inventory.availability-requested as declared', async () => {
    const { store } = await seededStore();
    const publisher = new KeepingPublisher({ answer: available });
    await store.askAvailability(publisher, seeded.waitingOrderId);
    expect(publisher.asked.map(eventFaults)).toEqual([undefined]);
  });

  it('is a request to a distributor as declared, of each kind', async () => {
    const { store, application } = memoryStore();
    store.requestQuotation({ orderId: seeded.waitingOrderId, distributorId: 'NLD' });
    await deliver(application, orderRecordQuotation, quotation, 'm1');
    askDistributor(store);
    const publisher = new KeepingPublisher();
    await store.announce(publisher);
    expect(publisher.published.map((published) => [published.event, eventFaults(published)])).toEqual([
      ['order.quotation-requested', undefined],
      ['order.quotation-requested', undefined],
      ['order.transfer-requested', undefined],
      ['inventory.batch-availability-requested', undefined],
    ]);
  });

  it.each([
    [inventoryExpect, expected],
    [inventoryReceive, receipt],
    [pickBatchGenerate, { storeId: seeded.storeId, fulfillmentCenterId: seeded.centerId }],
    [shipmentConfirm, confirmation],
  ] as const)('is an answer as declared: $name', async (command, input) => {
    const { application } = memoryStore();
    const { output } = await deliver(application, command as CommandDefinition, input, 'm1');
    expect(faults(command.output ?? {}, output)).toBeUndefined();
  });

  it('is a pick list as declared', async () => {
    const { application } = await seededStore();
    const { output } = await deliver(application, pickListGet, { pickBatchId: seeded.pickBatchId }, 'm1');
    expect(faults(pickList, output)).toBeUndefined();
  });
});
