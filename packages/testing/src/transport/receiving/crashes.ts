import type { ReceiveGuarantees } from '@waybill/contract';
import { expect } from 'vitest';
import type { Ask } from '../asking/question.ts';
import { crashWithOneInHand } from '../crashing/in-hand.ts';
import type { Desk } from '../held.ts';
import { newMessage } from '../rig.ts';

export function askAboutCrashes(ask: Ask, guarantees: ReceiveGuarantees): void {
  ask.declared(guarantees.transacted, 'transacted', () => {
    ask.group('transacted', () => {
      askAboutWhatIsUnsettled(ask, guarantees);
      ask.declared(guarantees.shared, 'shared', () => askAboutTwoListeners(ask));
    });
  });
}

function askAboutWhatIsUnsettled(ask: Ask, guarantees: ReceiveGuarantees): void {
  ask('hands out again what a crash left unsettled, with the same id', async (rig) => {
    await rig.put(newMessage('<Unsettled/>'));
    const lost = await crashWithOneInHand(rig, '<Unsettled/>');
    const held = await (await rig.listen()).next();
    expect([held.id, held.text]).toEqual([lost.id, '<Unsettled/>']);
    expect(held.id).toBeDefined();
    if (guarantees.countsAttempts) expect(held.delivery.attempt).toBe((lost.attempt ?? 0) + 1);
  });

  ask('hands it out with the same id also when it was put without one', async (rig) => {
    await rig.put({ body: Buffer.from('<Nameless/>') });
    const lost = await crashWithOneInHand(rig, '<Nameless/>');
    const held = await (await rig.listen()).next();
    expect([held.id, held.text]).toEqual([lost.id, '<Nameless/>']);
    expect(held.id).toBeDefined();
  });

  ask.declared(guarantees.shared, 'shared', () => {
    if (!guarantees.exclusive) askAboutThoseWhoWereThere(ask);
  });
  ask.declared(guarantees.exclusive, 'exclusive', () => {
    ask('lets the one that stands by take over when the one that receives crashes', async (rig) => {
      await rig.put(newMessage('<Unsettled/>'));
      let desk: Desk | undefined;
      const lost = await crashWithOneInHand(rig, '<Unsettled/>', async () => {
        const other = await rig.listen({ order: 'serial' });
        await rig.eventually(() => other.told.at(-1) === 'standing-by', 'the other one to stand by');
        desk = other;
      });
      const held = await desk?.next();
      expect([held?.id, held?.text]).toEqual([lost.id, '<Unsettled/>']);
      expect(desk?.told.at(-1)).toBe('receiving');
    });
  });
}

function askAboutThoseWhoWereThere(ask: Ask): void {
  ask('hands out what a crash left also to a listener that was there before', async (rig) => {
    await rig.put(newMessage('<Unsettled/>'));
    let desk: Desk | undefined;
    const lost = await crashWithOneInHand(rig, '<Unsettled/>', async () => {
      desk = await rig.listen();
    });
    const held = await desk?.next();
    expect([held?.id, held?.text]).toEqual([lost.id, '<Unsettled/>']);
  });
}

function askAboutTwoListeners(ask: Ask): void {
  ask('never hands out one message twice at the same time, with two listeners', async (rig) => {
    const desks = [await rig.listen({ concurrency: 4 }), await rig.listen({ concurrency: 4 })];
    const messages = Array.from({ length: 40 }, (_, number) => newMessage(`<Shared number="${number}"/>`));
    const handed: string[] = [];
    for (const desk of desks) {
      desk.automatically((held) => {
        handed.push(held.text);
        setImmediate(() => held.accept());
      });
    }
    await rig.putAll(messages);
    await rig.eventually(() => handed.length >= messages.length, '40 deliveries');
    await Promise.all(desks.map((desk) => desk.stop()));
    expect(handed.toSorted()).toEqual(messages.map((message) => Buffer.from(message.body).toString()).toSorted());
  });
}
