import { handle, type InputOf, type OutputOf } from '@waybill/contract/application';
import { describe, expect, expectTypeOf, it } from 'vitest';
import {
  type ExpectedInventory,
  type InventoryLevel,
  type InventoryReceipt,
  inventoryAdjust,
  inventoryExpect,
  inventoryReceive,
  type OrderStatusInput,
  orderUpdateStatus,
  type PackComponent,
  type PickBatch,
  type PickList,
  type ProductOffer,
  pickBatchGenerate,
  pickListGet,
  type Shipment,
  shipmentConfirm,
} from '../src/index.ts';

describe('the types of the definitions', () => {
  it('are those that handlers receive and return', () => {
    expectTypeOf<InputOf<typeof orderUpdateStatus>>().toEqualTypeOf<OrderStatusInput>();
    expectTypeOf<OutputOf<typeof orderUpdateStatus>>().toEqualTypeOf<void>();
    expectTypeOf<OutputOf<typeof pickListGet>>().toEqualTypeOf<PickList>();
    expectTypeOf<OutputOf<typeof inventoryExpect>>().toEqualTypeOf<ExpectedInventory>();
    expectTypeOf<OutputOf<typeof inventoryReceive>>().toEqualTypeOf<InventoryReceipt>();
    expectTypeOf<OutputOf<typeof inventoryAdjust>>().toEqualTypeOf<void>();
    expectTypeOf<OutputOf<typeof pickBatchGenerate>>().toEqualTypeOf<PickBatch>();
    expectTypeOf<OutputOf<typeof shipmentConfirm>>().toEqualTypeOf<Shipment>();
    expectTypeOf<OrderStatusInput['updateMode']>().toEqualTypeOf<'C' | 'P' | undefined>();
    expectTypeOf<PickList['packSlips'][number]['items'][number]['components']>().toEqualTypeOf<PackComponent[] | undefined>();
  });

  it('refuse a handler that answers with something else', () => {
    // @ts-expect-error -- a pick list has packing lists
    expect(handle(pickListGet, () => ({ pickTicket: {} })).command).toBe(pickListGet);
  });

  it('refuse an offer of nothing', () => {
    // @ts-expect-error -- neither offerId nor catalogEntryId nor partNumber
    const offer: ProductOffer = { currency: 'CAD', price: '1' };
    expectTypeOf(offer).toEqualTypeOf<ProductOffer>();
  });

  it('refuse a product without a name', () => {
    // @ts-expect-error -- neither catalogEntryId nor partNumber
    const level: InventoryLevel = { storeId: '10151', quantity: '1' };
    expectTypeOf(level).toEqualTypeOf<InventoryLevel>();
  });
});
