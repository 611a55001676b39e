import type { ReceiveGuarantees } from '@waybill/contract';
import { expect } from 'vitest';
import { type Ask, group } from '../question.ts';
import { newMessage } from '../rig.ts';
import { pauseOf } from './redelivery.ts';

export function askAboutOrder(ask: Ask, guarantees: ReceiveGuarantees): void {
  if (guarantees.ordered === 'no') return;
  group("ordered 'per-endpoint'", () => {
    askAboutOrderOfMany(ask);
    if (guarantees.redelivers !== 'no') askAboutOrderAcrossRetry(ask, pauseOf(guarantees, 100));
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
