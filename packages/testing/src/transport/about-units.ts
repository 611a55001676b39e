import type { AnyTransport, Delivery } from '@waybill/contract';
import { expect } from 'vitest';
import { stays } from '../eventually.ts';
import { type Ask, group } from './question.ts';
import { newMessage, type Rig } from './rig.ts';

export function askAboutUnits(ask: Ask, transport: AnyTransport): void {
  if (!transport.send?.guarantees.joinsUnits) return;
  group('joinsUnits', () => {
    ask('belongs to a transport whose deliveries carry units', async () => {
      expect(transport.receive?.guarantees.transacted).toBe('receive-and-send');
    });
    if (transport.receive?.guarantees.transacted === 'receive-and-send') askAboutVisibility(ask, transport);
  });
}

/** A delivery in hand, and a sender of the same connection that has sent one message with its unit. */
async function sendWithUnit(rig: Rig) {
  const connection = await rig.connect();
  const desk = await rig.listen({ connection });
  const sender = await rig.openSender(connection);
  await rig.put();
  const held = await desk.next();
  const sendAgain = (delivery: Delivery, text: string) =>
    rig.within(sender.send(newMessage(text), { signal: new AbortController().signal, unit: delivery.unit }), 'the send');
  await sendAgain(held.delivery, '<Joined/>');
  return { desk, held, sendAgain };
}

function askAboutVisibility(ask: Ask, transport: AnyTransport): void {
  ask('makes a send visible with the acceptance, not before', async (rig) => {
    const { held } = await sendWithUnit(rig);
    await stays(() => true, { what: 'a moment', within: 50 });
    expect(await rig.taken()).toEqual([]);
    held.accept();
    await rig.eventually(async () => (await rig.taken()).length === 1, 'the message that was sent with the unit');
  });

  if (!transport.receive?.guarantees.redelivers) return;
  ask('loses a send whose delivery has to be tried again', async (rig) => {
    const { desk, held, sendAgain } = await sendWithUnit(rig);
    held.retry(0);
    const again = await desk.next();
    await sendAgain(again.delivery, '<Second/>');
    again.accept();
    const arrived = await rig.eventually(async () => {
      const taken = await rig.taken();
      return taken.length > 0 ? taken : undefined;
    }, 'the second message');
    expect(arrived.map((message) => Buffer.from(message.body).toString())).toEqual(['<Second/>']);
  });
}
