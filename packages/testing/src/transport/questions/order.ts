import type { ReceiveGuarantees } from '@waybill/contract';
import { expect } from 'vitest';
import type { TransportHarness } from './harness.ts';
import { type Ask, group } from './question.ts';
import { newMessage } from './rig.ts';

export function askAboutOrder(ask: Ask, guarantees: ReceiveGuarantees, harness: TransportHarness): void {
  switch (guarantees.ordered) {
    case 'no':
      return;
    case 'per-endpoint':
      group("ordered 'per-endpoint'", () => {
        askAboutOrderOfMany(ask);
        if (guarantees.redelivers) askAboutOrderAcrossRetry(ask);
      });
      return;
    case 'per-key':
      group("ordered 'per-key'", () => {
        askAboutKeys(ask, harness);
      });
      return;
  }
}

function askAboutOrderOfMany(ask: Ask): void {
  ask('hands a hundred messages out in the order in which they were put', async (rig) => {
    const desk = await rig.listen({ concurrency: 1 });
    desk.automatically((held) => setImmediate(() => held.accept()));
    const texts = Array.from({ length: 100 }, (_, number) => `<InOrder number="${number}"/>`);
    for (const text of texts) await rig.put(newMessage(text));
    await rig.eventually(() => desk.all.length >= texts.length, 'a hundred deliveries');
    expect(desk.all.map((held) => held.text)).toEqual(texts);
  });
}

function askAboutOrderAcrossRetry(ask: Ask): void {
  ask('keeps the order across a retry: what comes later waits', async (rig) => {
    const desk = await rig.listen({ concurrency: 1 });
    for (const text of ['<A/>', '<B/>', '<C/>']) await rig.put(newMessage(text));
    (await desk.next()).retry(100);
    desk.automatically((held) => held.accept());
    await rig.eventually(() => desk.all.length === 4, 'four deliveries');
    expect(desk.all.map((held) => held.text)).toEqual(['<A/>', '<A/>', '<B/>', '<C/>']);
  });

  ask('keeps the order for the next listener after a retry', async (rig) => {
    const desk = await rig.listen({ concurrency: 1 });
    for (const text of ['<A/>', '<B/>']) await rig.put(newMessage(text));
    const held = await desk.next();
    desk.askToStop();
    held.retry(0);
    await desk.ending();
    const later = await rig.listen({ concurrency: 1 });
    later.automatically((next) => next.accept());
    await rig.eventually(() => later.all.length === 2, 'two deliveries');
    expect(later.all.map((next) => next.text)).toEqual(['<A/>', '<B/>']);
  });
}

function askAboutKeys(ask: Ask, harness: TransportHarness): void {
  ask('keeps the order of messages with the same key, and has one of them in hand at a time', async (rig) => {
    const { withKey } = harness;
    if (!withKey) throw new Error('the harness has to give `withKey`, because order per key is declared');
    const desk = await rig.listen({ concurrency: 4 });
    const inHand = new Map<string, number>();
    const order = new Map<string, string[]>();
    let together = 0;
    desk.automatically((held) => {
      const [, key = ''] = /key="(\w)"/.exec(held.text) ?? [];
      inHand.set(key, (inHand.get(key) ?? 0) + 1);
      together = Math.max(together, inHand.get(key) ?? 0);
      order.set(key, [...(order.get(key) ?? []), held.text]);
      setImmediate(() => {
        inHand.set(key, (inHand.get(key) ?? 0) - 1);
        held.accept();
      });
    });
    const keys = ['a', 'b', 'c'];
    const texts = Array.from({ length: 30 }, (_, number) => ({ key: keys[number % 3] ?? 'a', number }));
    for (const { key, number } of texts) await rig.put(withKey(newMessage(`<Keyed key="${key}" number="${number}"/>`), key));
    await rig.eventually(() => desk.all.length === texts.length, 'thirty deliveries');
    expect(together).toBe(1);
    for (const key of keys) {
      const expected = texts.filter((text) => text.key === key).map(({ number }) => `<Keyed key="${key}" number="${number}"/>`);
      expect(order.get(key)).toEqual(expected);
    }
  });
}
