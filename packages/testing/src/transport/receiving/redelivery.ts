import type { ReceiveGuarantees } from '@waybill/contract';
import { expect } from 'vitest';
import type { Ask } from '../asking/question.ts';
import { newMessage } from '../rig.ts';

/** Node's timers may fire up to a millisecond early, and wires round to milliseconds. */
const rounding = 3;

/** As long as `most`, or as the side can hold a message back. */
export function pauseOf({ redelivers }: ReceiveGuarantees, most: number): number {
  return redelivers === 'no' || redelivers === 'at-once' ? 0 : Math.min(most, redelivers.upTo);
}

export function askAboutRedelivery(ask: Ask, guarantees: ReceiveGuarantees): void {
  ask.declared(guarantees.redelivers !== 'no', 'redelivers', () => {
    ask.group('redelivers', () => {
      askAboutTheSameMessage(ask);
      askAboutWaitingOverStop(ask, pauseOf(guarantees, 500));
      ask.declared(typeof guarantees.redelivers === 'object', 'redelivers with a time', () =>
        askAboutPauses(ask, pauseOf(guarantees, 250), guarantees),
      );
    });
  });
  ask.declared(guarantees.countsAttempts, 'countsAttempts', () => {
    ask.group('countsAttempts', () => askAboutAttempts(ask, guarantees));
  });
}

function askAboutTheSameMessage(ask: Ask): void {
  ask('hands the same message out again', async (rig) => {
    const desk = await rig.listen();
    await rig.put(newMessage('<Again/>'));
    const first = await desk.next();
    first.retry(0);
    const second = await desk.next();
    expect([second.id, second.text]).toEqual([first.id, '<Again/>']);
    expect(first.id).toBeDefined();
  });

  ask('hands a message that was put without an id out under the same id each time', async (rig) => {
    const desk = await rig.listen();
    await rig.put({ body: Buffer.from('<Nameless/>') });
    const first = await desk.next();
    first.retry(0);
    const second = await desk.next();
    expect([second.id, second.text]).toEqual([first.id, '<Nameless/>']);
    expect(first.id).toBeDefined();
  });

  ask('hands it out again as often as it is asked to', async (rig) => {
    const desk = await rig.listen();
    await rig.put();
    const ids = new Set<string | undefined>();
    const first = await desk.next();
    const rounds = Math.min(5, (first.delivery.giveUpAfter ?? 6) - 1);
    first.retry(0);
    for (let round = 1; round < rounds; round++) {
      const held = await desk.next();
      ids.add(held.id);
      held.retry(0);
    }
    const last = await desk.next();
    last.accept();
    expect(new Set([first.id, ...ids, last.id]).size).toBe(1);
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

function askAboutWaitingOverStop(ask: Ask, pause: number): void {
  ask('leaves what waits for its next try to the next listener', async (rig) => {
    const desk = await rig.listen();
    await rig.put(newMessage('<Waiting/>'));
    const held = await desk.next();
    held.retry(pause);
    await rig.stays(() => true, 'a moment', 30);
    desk.askToStop();
    // It may have come again meanwhile.
    desk.automatically((again) => again.release());
    await desk.ending();
    const next = await (await rig.listen()).next();
    expect([next.id, next.text]).toEqual([held.id, '<Waiting/>']);
  });
}

function askAboutPauses(ask: Ask, pause: number, { shared }: ReceiveGuarantees): void {
  ask('hands it out not before the wait is over', async (rig) => {
    const desk = await rig.listen();
    await rig.put(newMessage('<Again/>'));
    const first = await desk.next();
    first.retry(pause);
    const second = await desk.next();
    expect(second.at - (first.settledAt ?? 0)).toBeGreaterThanOrEqual(pause - rounding);
  });

  ask(`keeps the wait for every place of a listener${shared ? ', and for other listeners' : ''}`, async (rig) => {
    const desks = [await rig.listen({ concurrency: 2 })];
    if (shared) desks.push(await rig.listen({ concurrency: 2 }));
    await rig.put(newMessage('<Again/>'));
    const all = () => desks.flatMap((desk) => desk.all);
    await rig.eventually(() => all().length === 1, 'the first delivery');
    const [first] = all();
    first?.retry(pause);
    await rig.eventually(() => all().length === 2, 'the second delivery');
    const second = all().find((held) => held !== first);
    expect((second?.at ?? 0) - (first?.settledAt ?? 0)).toBeGreaterThanOrEqual(pause - rounding);
  });
}

function askAboutAttempts(ask: Ask, guarantees: ReceiveGuarantees): void {
  ask('counts from one', async (rig) => {
    const desk = await rig.listen();
    await rig.put();
    expect((await desk.next()).delivery.attempt).toBe(1);
  });

  if (guarantees.redelivers === 'no') return;
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
