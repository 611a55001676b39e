import { handle, type InputOf, type OutputOf } from '@waybill/contract/application';
import { describe, expect, expectTypeOf, it } from 'vitest';
import {
  type InventoryLevel,
  type OrderStatusInput,
  orderUpdateStatus,
  type PackComponent,
  type PickList,
  pickListGet,
} from '../src/index.ts';

describe('the types of the definitions', () => {
  it('are those that handlers receive and return', () => {
    expectTypeOf<InputOf<typeof orderUpdateStatus>>().toEqualTypeOf<OrderStatusInput>();
    expectTypeOf<OutputOf<typeof orderUpdateStatus>>().toEqualTypeOf<void>();
    expectTypeOf<OutputOf<typeof pickListGet>>().toEqualTypeOf<PickList>();
    expectTypeOf<OrderStatusInput['updateMode']>().toEqualTypeOf<'C' | 'P' | undefined>();
    expectTypeOf<PickList['packSlips'][number]['items'][number]['components']>().toEqualTypeOf<PackComponent[] | undefined>();
  });

  it('refuse a handler that answers with something else', () => {
    // @ts-expect-error -- a pick list has packing lists
    expect(handle(pickListGet, () => ({ pickTicket: {} })).command).toBe(pickListGet);
  });

  it('refuse a product without a name', () => {
    // @ts-expect-error -- neither catalogEntryId nor partNumber
    const level: InventoryLevel = { storeId: '10151', quantity: '1' };
    expectTypeOf(level).toEqualTypeOf<InventoryLevel>();
  });
});
