import { createKernel } from '@waybill/kernel';
import pack from '@waybill/pack-fulfillment';
import { MemoryJournalFile, memoryTransport, silentLog, testClock } from '@waybill/testing';
import { onTestFinished } from 'vitest';
import { Orders, shop } from './shop.ts';

/** The shop on queues in memory, with a clock that stands still until the test moves it. */
export async function setUp() {
  const clock = testClock();
  const queues = memoryTransport({ clock });
  const journal = new MemoryJournalFile({ clock });
  const orders = new Orders();
  const kernel = createKernel({
    manifest: {
      plugins: [],
      journal: { use: 'memory' },
      connections: { erp: { transport: 'memory' } },
      inbound: { status: { connection: 'erp', queue: 'STATUS', retry: { attempts: 40, first: '1s', most: '1h' } } },
      outbound: { questions: { connection: 'erp', queue: 'QUESTIONS' } },
      routes: [{ event: 'inventory.availability-requested', message: 'Request_WCS_BE_ProductInventory', to: ['questions'] }],
    },
    application: shop(orders),
    plugins: [queues.transport, journal.plugin, pack],
    clock,
    log: silentLog,
  });
  onTestFinished(() => kernel.stop());
  await kernel.start();
  return { clock, queues, orders, kernel };
}

/** A message that says that an order was shipped. */
export function shipped(order: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<Update_WCS_OrderStatus version="3.0">
  <ControlArea><Verb value="Update"/><Noun value="WCS_OrderStatus"/></ControlArea>
  <DataArea>
    <OrderShipping>
      <OrderStatusHeader>
        <OrderNumber type="ByWCS">${order}</OrderNumber>
        <Status StatusCondition="S">On its way</Status>
      </OrderStatusHeader>
    </OrderShipping>
  </DataArea>
</Update_WCS_OrderStatus>`;
}
