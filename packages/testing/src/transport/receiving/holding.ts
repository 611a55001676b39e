import type { Order, ReceiveGuarantees } from '@waybill/contract';
import { expect } from 'vitest';
import type { Ask } from '../asking/question.ts';
import type { TransportHarness } from '../harness.ts';
import type { Desk } from '../held.ts';
import { newMessage, type Rig } from '../rig.ts';

export function askAboutHolding(ask: Ask, guarantees: ReceiveGuarantees, harness: TransportHarness): void {
  ask.declared(guarantees.exclusive, 'exclusive', () => {
    ask.group('exclusive', () => {
      for (const order of ['serial', 'key'] as const) askAboutStandingBy(ask, order);
      askAboutGoingAway(ask);
      if (harness.parallel !== false) ask.declared(guarantees.shared, 'shared', () => askAboutSharing(ask));
    });
  });
}

/** Two listeners with an order: the one that receives, with its first message in hand, and the one that stands by. */
async function openTwo(rig: Rig, order: Order): Promise<{ readonly holder: Desk; readonly other: Desk; readonly connection: unknown }> {
  const connections = [await rig.connect(), await rig.connect()];
  const desks: Desk[] = [];
  for (const connection of connections) desks.push(await rig.listen({ order, connection }));
  await rig.put(newMessage('<First/>'));
  const holder = await rig.eventually(() => desks.find((desk) => desk.all.length > 0), 'one of two listeners to receive');
  const other = desks.find((desk) => desk !== holder) ?? holder;
  return { holder, other, connection: connections[desks.indexOf(holder)] };
}

function askAboutStandingBy(ask: Ask, order: Order): void {
  ask(
    `lets one listener receive in the order '${order}', while the other stands by and says so, until the first one stops`,
    async (rig) => {
      const { holder, other } = await openTwo(rig, order);
      await rig.eventually(() => other.told.at(-1) === 'standing-by', 'the other one to say that it stands by');
      await rig.put(newMessage('<Second/>'));
      await rig.stays(() => other.all.length === 0, 'nothing for the one that stands by');
      const first = await holder.next();
      holder.askToStop();
      first.accept();
      await holder.ending();
      expect((await other.next()).text).toBe('<Second/>');
      expect(other.told.at(-1)).toBe('receiving');
      expect(holder.told).not.toContain('standing-by');
    },
  );
}

function askAboutGoingAway(ask: Ask): void {
  ask('lets the one that stands by take over what the first one had in hand when its connection goes', async (rig) => {
    const { holder, other, connection } = await openTwo(rig, 'serial');
    const first = await holder.next();
    await rig.disconnect(connection);
    const again = await other.next();
    expect([again.id, again.text]).toEqual([first.id, '<First/>']);
  });
}

function askAboutSharing(ask: Ask): void {
  ask('lets listeners that want no order share the endpoint', async (rig) => {
    const desks = [await rig.listen(), await rig.listen()];
    await rig.putAll([newMessage(), newMessage()]);
    await rig.eventually(() => desks.every((desk) => desk.inHand.length === 1), 'a message for each');
  });
}
