import { inventoryAdjust, inventoryExpect, inventoryReceive, inventorySetLevels } from '@waybill/commerce';
import { type CommandDefinition, isWaybillError } from '@waybill/contract';
import { array, assert, asyncProperty, constantFrom, integer, record } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Store, seeded } from '../src/index.ts';
import { deliver } from './support/deliver.ts';
import { memoryStore } from './support/fixture.ts';
import { adjustment, expected, receipt } from './support/fulfillment.ts';

interface Step {
  readonly kind: 'level' | 'receipt' | 'expected receipt' | 'adjustment' | 'order';
  readonly quantity: number;
  /** Messages with the same number are one message that comes again. */
  readonly message: number;
}

const steps = array(
  record<Step>({
    kind: constantFrom('level', 'receipt', 'expected receipt', 'adjustment', 'order'),
    quantity: integer({ min: -60, max: 60 }),
    message: integer({ min: 0, max: 30 }),
  }),
  { maxLength: 40 },
);

const lamps = { storeId: seeded.storeId, centerId: seeded.centerId, partNumber: 'HP-LAMP-02' };
const where = { storeId: seeded.storeId, partNumber: 'HP-LAMP-02' };

/** What the stock and the missing part of what is expected become, in plain numbers; undefined where the step is refused. */
function model({ kind, quantity }: Step, stock: number, missing: number): readonly [stock: number, missing: number] | undefined {
  switch (kind) {
    case 'level':
      return quantity < 0 ? undefined : [quantity, missing];
    case 'receipt':
      return quantity <= 0 ? undefined : [stock + quantity, missing];
    case 'expected receipt':
      return quantity <= 0 || missing === 0 ? undefined : [stock + quantity, Math.max(0, missing - quantity)];
    case 'adjustment':
      return stock + quantity < 0 ? undefined : [stock + quantity, missing];
    case 'order':
      return quantity < 0 || stock < quantity ? undefined : [stock - quantity, missing];
  }
}

const commands: Readonly<Record<Exclude<Step['kind'], 'order'>, readonly [CommandDefinition, (quantity: string) => object]>> = {
  level: [inventorySetLevels, (quantity) => ({ levels: [{ ...where, quantity }] })],
  receipt: [inventoryReceive, (quantity) => ({ ...receipt, quantity })],
  'expected receipt': [inventoryReceive, (quantity) => ({ ...receipt, quantity, expectedDetailId: '41011' })],
  adjustment: [inventoryAdjust, (quantity) => ({ ...adjustment, quantity })],
};

describe('stock after any sequence of commands and orders', () => {
  it('is what a plain model says, and never below zero', async () => {
    let refused = 0;
    await assert(
      asyncProperty(steps, async (sequence) => {
        const { store, application } = memoryStore();
        await deliver(application, inventoryExpect, expected, 'expected');
        const run = async ({ kind, quantity }: Step, messageId: string) => {
          if (kind === 'order') return place(store, String(quantity));
          const [command, inputOf] = commands[kind];
          return deliver(application, command, inputOf(String(quantity)), messageId);
        };
        let [stock, missing] = [5000, 120];
        const done = new Set<string>();
        for (const step of sequence) {
          const id = `${step.kind} ${step.message}`;
          const isAgain = step.kind !== 'order' && done.has(id);
          const next = isAgain ? ([stock, missing] as const) : model(step, stock, missing);
          const accepted = await isAccepted(() => run(step, id));
          expect(accepted).toBe(next !== undefined);
          if (accepted) done.add(id);
          else refused++;
          [stock, missing] = next ?? [stock, missing];
          expect(store.stock(lamps)).toBe(String(stock));
          expect(store.database.get("SELECT remaining FROM expected_details WHERE detail_id = '41011'")?.['remaining']).toBe(
            String(missing),
          );
        }
        expect(stock).toBeGreaterThanOrEqual(0);
        store.close();
      }),
      { numRuns: 60 },
    );
    expect(refused).toBeGreaterThan(0);
  });
});

function place(store: Store, quantity: string): void {
  store.placeOrder({ storeId: seeded.storeId, customerId: seeded.customerId, items: [{ partNumber: 'HP-LAMP-02', quantity }] });
}

/** A refusal is an error with a code and a hint; any other failure is one of the test. */
async function isAccepted(run: () => Promise<unknown>): Promise<boolean> {
  try {
    await run();
    return true;
  } catch (error) {
    if (!isWaybillError(error) || !error.hint) throw error;
    return false;
  }
}
