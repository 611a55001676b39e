import { openQueues } from '../src/index.ts';

/** What a child process is told to do with the queues of a file. */
export interface Order {
  readonly path: string;
  readonly lease?: number;
  /** hold: gets a message, puts one in its unit and waits. Then, when told anything, commits and tells how that went. */
  readonly act: 'hold' | 'put' | 'move';
  readonly count?: number;
}

async function hold(order: Order): Promise<void> {
  const queues = await openQueues(order);
  const unit = await queues.get('IN');
  await unit?.put('OUT', { id: 'from-unit', body: Buffer.from('<FromUnit/>'), properties: {} });
  process.send?.('held');
  process.once('message', () => {
    unit?.commit().then(
      () => process.send?.('committed'),
      (error: unknown) => process.send?.((error as { code?: string }).code ?? String(error)),
    );
  });
}

async function put({ path, count = 1 }: Order): Promise<void> {
  const queues = await openQueues({ path });
  for (let number = 0; number < count; number++)
    await queues.put('IN', { id: `${process.pid}-${number}`, body: Buffer.from(`<Put number="${number}"/>`), properties: {} });
  process.send?.('put');
  await queues.close();
  process.disconnect();
}

/** Moves messages from IN to OUT, four at a time, each in one unit, until it is killed. */
async function move({ path }: Order): Promise<void> {
  const queues = await openQueues({ path });
  process.send?.('moving');
  const pump = async (): Promise<void> => {
    for (;;) {
      const unit = await queues.get('IN');
      await unit?.put('OUT', unit.message);
      await unit?.commit();
    }
  };
  await Promise.all([pump(), pump(), pump(), pump()]);
}

process.once('message', (order: Order) => {
  const act = { hold, put, move }[order.act];
  act(order).catch((error: unknown) => process.send?.(String(error)));
});
