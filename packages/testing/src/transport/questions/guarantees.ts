import type { ReceiveGuarantees } from '@waybill/contract';
import { expect } from 'vitest';
import { askAboutOrder } from './about-order.ts';
import { askAboutReplies } from './about-replies.ts';
import { crashWithOneInHand } from './crash.ts';
import type { TransportHarness } from './harness.ts';
import { type Ask, group } from './question.ts';
import { newMessage } from './rig.ts';

/** Node's timers may fire up to a millisecond early, and wires round to milliseconds. */
const rounding = 3;

export function askAboutGuarantees(ask: Ask, guarantees: ReceiveGuarantees, harness: TransportHarness): void {
  if (guarantees.transacted !== 'no')
    group(`transacted '${guarantees.transacted}'`, () => {
      askAboutCrashes(ask);
    });
  if (guarantees.redelivers)
    group('redelivers', () => {
      askAboutRedelivery(ask);
    });
  if (guarantees.countsAttempts)
    group('countsAttempts', () => {
      askAboutAttempts(ask, guarantees);
    });
  askAboutOrder(ask, guarantees, harness);
  askAboutReplies(ask, guarantees);
}

function askAboutCrashes(ask: Ask): void {
  ask('hands out again what a crash left unsettled, with the same id', async (rig) => {
    await rig.put(newMessage('<Unsettled/>'));
    const lost = await crashWithOneInHand(rig);
    const held = await (await rig.listen()).next();
    expect([held.id, held.text]).toEqual([lost, '<Unsettled/>']);
  });

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

function askAboutRedelivery(ask: Ask): void {
  ask('hands the same message out again, not before the wait is over', async (rig) => {
    const desk = await rig.listen();
    await rig.put(newMessage('<Again/>'));
    const first = await desk.next();
    first.retry(250);
    const second = await desk.next();
    expect([second.id, second.text]).toEqual([first.id, '<Again/>']);
    expect(second.at - (first.settledAt ?? 0)).toBeGreaterThanOrEqual(250 - rounding);
  });

  ask('hands it out again as often as it is asked to', async (rig) => {
    const desk = await rig.listen();
    await rig.put();
    const ids = new Set<string>();
    for (let round = 0; round < 5; round++) {
      const held = await desk.next();
      ids.add(held.id);
      held.retry(0);
    }
    (await desk.next()).accept();
    expect(ids.size).toBe(1);
  });

  ask('loses none of many that are retried side by side', async (rig) => {
    const desk = await rig.listen({ concurrency: 4 });
    const messages = Array.from({ length: 20 }, (_, number) => newMessage(`<Many number="${number}"/>`));
    await rig.putAll(messages);
    const accepted: string[] = [];
    const seen = new Set<string>();
    desk.automatically((held) => {
      if (seen.has(held.text)) {
        accepted.push(held.text);
        held.accept();
      } else {
        seen.add(held.text);
        held.retry(10);
      }
    });
    await rig.eventually(() => accepted.length === messages.length, 'every message to come a second time');
    expect(new Set(accepted).size).toBe(messages.length);
  });
}

function askAboutAttempts(ask: Ask, guarantees: ReceiveGuarantees): void {
  ask('counts from one', async (rig) => {
    const desk = await rig.listen();
    await rig.put();
    expect((await desk.next()).delivery.attempt).toBe(1);
  });

  if (!guarantees.redelivers) return;
  ask('counts on over retries and for a new listener', async (rig) => {
    const desk = await rig.listen();
    await rig.put();
    const attempts: (number | undefined)[] = [];
    for (let round = 0; round < 2; round++) {
      const held = await desk.next();
      attempts.push(held.delivery.attempt);
      held.retry(0);
      if (round === 1) desk.askToStop();
    }
    await desk.ending();
    const later = await (await rig.listen()).next();
    expect(attempts).toEqual([1, 2]);
    // The listener that was asked to stop may have had the message in hand once more.
    expect(later.delivery.attempt).toBe(desk.all.length + 1);
  });
}
