import type { ReceiveGuarantees } from '@waybill/contract';
import { expect } from 'vitest';
import type { Ask } from '../asking/question.ts';
import { newMessage, type Rig } from '../rig.ts';

export function askAboutStopping(ask: Ask, guarantees: ReceiveGuarantees): void {
  ask.group('a listener that is asked to stop', () => {
    askAboutIdle(ask);
    askAboutInHand(ask);
    ask.declared(guarantees.transacted, 'transacted', () => askAboutLeftovers(ask));
    ask.declared(guarantees.redelivers !== 'no', 'redelivers', () => askAboutLateRetry(ask));
  });
}

function askAboutIdle(ask: Ask): void {
  ask('ends at once when nothing is in hand', async (rig) => {
    const desk = await rig.listen();
    await rig.stays(() => !desk.ended, 'a listener that runs until it is stopped', 30);
    await desk.stop();
  });

  ask('ends at once when it was stopped before it began', async (rig) => {
    const listener = await rig.openListener();
    await rig.within(
      listener.run(() => Promise.reject(new Error('handed over after the stop')), AbortSignal.abort()),
      'run() to end',
    );
  });

  ask('hands over nothing that comes when it was asked to stop', async (rig) => {
    const desk = await rig.listen({ concurrency: 2 });
    desk.askToStop();
    // Where a message is an exchange, the server may be closed already, and the message cannot be put.
    await rig.put().catch(() => undefined);
    await desk.ending();
    await rig.stays(() => desk.all.length === 0, 'nothing handed over');
  });

  ask('can be followed by another one on the same connection', async (rig) => {
    const connection = await rig.connect();
    await (await rig.listen({ connection })).stop();
    const desk = await rig.listen({ connection });
    await rig.put();
    (await desk.next()).accept();
  });
}

/** How long a listener takes that has nothing in hand: one that waits has to wait visibly longer. */
async function timeOfAnIdleStop(rig: Rig): Promise<number> {
  const desk = await rig.listen();
  const start = performance.now();
  await desk.stop();
  return performance.now() - start;
}

function askAboutInHand(ask: Ask): void {
  ask('waits for the settlement of what is in hand, and takes nothing new', async (rig) => {
    const idle = await timeOfAnIdleStop(rig);
    const desk = await rig.listen({ concurrency: 1 });
    await rig.putAll([newMessage(), newMessage()]);
    const held = await desk.next();
    desk.askToStop();
    await rig.stays(() => !desk.ended, 'run() waiting for the settlement', idle * 4 + 150);
    held.accept();
    await desk.ending();
    expect(desk.all.length).toBe(1);
  });

  ask('takes nothing new although what is in hand is settled at once', async (rig) => {
    const desk = await rig.listen({ concurrency: 1 });
    await rig.putAll([newMessage(), newMessage()]);
    const held = await desk.next();
    desk.askToStop();
    held.accept();
    await desk.ending();
    expect(desk.all.length).toBe(1);
  });

  ask('waits for every one of several that are in hand', async (rig) => {
    const idle = await timeOfAnIdleStop(rig);
    const desk = await rig.listen({ concurrency: 3 });
    await rig.putAll([newMessage(), newMessage()]);
    const [first, second] = await desk.nextFew(2);
    desk.askToStop();
    first?.accept();
    await rig.stays(() => !desk.ended, 'run() waiting for the second settlement', idle * 4 + 150);
    second?.accept();
    await desk.ending();
    expect(desk.all.length).toBe(2);
  });
}

function askAboutLeftovers(ask: Ask): void {
  ask('leaves what it has not handed over to the next one', async (rig) => {
    const connection = await rig.connect();
    const desk = await rig.listen({ concurrency: 1, connection });
    await rig.putAll([newMessage('<First/>'), newMessage('<Second/>')]);
    const first = await desk.next();
    desk.askToStop();
    first.accept();
    await desk.ending();
    await rig.disconnect(connection);
    const later = await rig.listen();
    const second = await later.next();
    expect([first.text, second.text].toSorted()).toEqual(['<First/>', '<Second/>']);
    second.accept();
    await rig.stays(() => later.all.length === 1, 'the accepted message staying away');
  });

  ask('finds what was put while nobody listened', async (rig) => {
    await (await rig.listen()).stop();
    await rig.put(newMessage('<Waiting/>'));
    const held = await (await rig.listen()).next();
    expect(held.text).toBe('<Waiting/>');
  });
}

function askAboutLateRetry(ask: Ask): void {
  ask('applies a retry that comes after the stop: the next one gets the message', async (rig) => {
    const desk = await rig.listen();
    await rig.put(newMessage('<Again/>'));
    const held = await desk.next();
    desk.askToStop();
    held.retry(0);
    await desk.ending();
    const again = await (await rig.listen()).next();
    expect([again.id, again.text]).toEqual([held.id, '<Again/>']);
  });
}
