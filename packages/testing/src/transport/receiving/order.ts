import type { ReceiveGuarantees } from '@waybill/contract';
import { expect } from 'vitest';
import type { Ask } from '../asking/question.ts';
import { newMessage } from '../rig.ts';
import { pauseOf } from './redelivery.ts';

export function askAboutOrder(ask: Ask, guarantees: ReceiveGuarantees): void {
  ask.declared(guarantees.ordered !== 'no', 'ordered', () => {
    ask.group("ordered 'per-endpoint'", () => {
      askAboutOrderOfMany(ask);
      ask.declared(guarantees.redelivers !== 'no', 'redelivers', () => {
        askAboutOrderAcrossRetry(ask, pauseOf(guarantees, 100));
        ask.declared(guarantees.shared, 'shared', () => askAboutOrderAcrossListeners(ask));
      });
    });
  });
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

function askAboutOrderAcrossRetry(ask: Ask, pause: number): void {
  ask('keeps the order across a retry: what comes later waits', async (rig) => {
    const desk = await rig.listen({ concurrency: 1 });
    for (const text of ['<A/>', '<B/>', '<C/>']) await rig.put(newMessage(text));
    (await desk.next()).retry(pause);
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

/** The kernel lets one process at a time receive in order; the one before may be suspended, with messages in hand. */
function askAboutOrderAcrossListeners(ask: Ask): void {
  for (const order of ['serial', 'key'] as const) {
    ask(`hands out nothing in the order '${order}' behind what another listener has in hand`, async (rig) => {
      const first = await rig.listen({ order, connection: await rig.connect() });
      await rig.put(newMessage('<A/>'));
      const held = await first.next();
      const second = await rig.listen({ order, connection: await rig.connect() });
      second.automatically((next) => next.accept());
      await rig.put(newMessage('<B/>'));
      await rig.stays(() => second.all.length === 0, 'nothing for the second listener');
      first.askToStop();
      held.retry(0);
      await first.ending();
      await rig.eventually(() => second.all.length === 2, 'two deliveries');
      expect(second.all.map((next) => next.text)).toEqual(['<A/>', '<B/>']);
    });
  }
}
