import type { ReceiveGuarantees } from '@waybill/contract';
import { expect } from 'vitest';
import type { Ask } from '../asking/question.ts';
import { expectOurs, failureOf } from '../failure.ts';
import { faultKinds, type TransportHarness } from '../harness.ts';
import { newMessage } from '../rig.ts';

export function askAboutSettling(ask: Ask, guarantees: ReceiveGuarantees): void {
  ask.group('a settled message', () => {
    askAboutWhatIsGone(ask);
    ask.declared(guarantees.transacted, 'transacted', () => askAboutReleased(ask, guarantees));
    ask.given('failSettlements', (failSettlements) => askAboutFailing(ask, failSettlements));
  });
  ask.declared(guarantees.waits, 'waits', () => {
    ask.group('waits', () => askAboutTelling(ask));
  });
  const others = 'a message that others may take';
  ask.given('takeBack', (takeBack) => ask.group(others, () => askAboutLost(ask, takeBack)));
  ask.given('lease', (lease) => ask.group(others, () => askAboutLeases(ask, lease)));
}

function askAboutWhatIsGone(ask: Ask): void {
  ask('is gone when it was accepted, also for a new listener', async (rig) => {
    const desk = await rig.listen();
    for (const [text, stored] of [
      ['<A/>', undefined],
      ['<B/>', true],
    ] as const) {
      await rig.put(newMessage(text));
      const held = await desk.next();
      expect(held.text).toBe(text);
      held.settle({ outcome: 'accepted', stored });
    }
    await desk.stop();
    const later = await rig.listen();
    await rig.put(newMessage('<Marker/>'));
    const next = await later.next();
    expect(next.text).toBe('<Marker/>');
    next.accept();
    await rig.stays(() => later.all.length === 1, 'nothing else for the new listener');
  });

  ask('is gone when it was rejected, whatever was wrong with it', async (rig) => {
    const desk = await rig.listen();
    for (const kind of faultKinds) {
      await rig.put(newMessage(`<Wrong kind="${kind}"/>`));
      const held = await desk.next();
      expect(held.text).toBe(`<Wrong kind="${kind}"/>`);
      held.reject(kind);
    }
    await desk.stop();
    const later = await rig.listen();
    await rig.put(newMessage('<Marker/>'));
    const next = await later.next();
    expect(next.text).toBe('<Marker/>');
    next.accept();
    await rig.stays(() => later.all.length === 1, 'nothing else for the new listener');
  });
}

function askAboutReleased(ask: Ask, guarantees: ReceiveGuarantees): void {
  ask('comes again when it was released, to the next listener after a stop', async (rig) => {
    const desk = await rig.listen({ concurrency: 1 });
    await rig.putAll([newMessage('<First/>'), newMessage('<Second/>')]);
    const held = await desk.next();
    desk.askToStop();
    held.release();
    await desk.ending();
    const later = await rig.listen({ concurrency: 1 });
    later.automatically((next) => next.accept());
    await rig.eventually(() => later.all.length === 2, 'both messages');
    const texts = later.all.map(({ text }) => text);
    expect(guarantees.ordered === 'per-endpoint' ? texts : texts.toSorted()).toEqual([
      held.text,
      held.text === '<First/>' ? '<Second/>' : '<First/>',
    ]);
    expect(later.all.find(({ text }) => text === held.text)?.id).toBe(held.id);
  });
}

function askAboutFailing(ask: Ask, failSettlements: NonNullable<TransportHarness['failSettlements']>): void {
  ask('whose settlement fails ends run() with an error that says to try again, and comes again', async (rig) => {
    const connection = await rig.connect();
    const desk = await rig.listen({ connection });
    await rig.put(newMessage('<Unsettled/>'));
    const held = await desk.next();
    await failSettlements(rig.world);
    held.accept();
    const error = await failureOf(rig, desk.ending());
    expectOurs(error);
    expect(error.retryable).toBe(true);
    await rig.harness.repairSettlements?.(rig.world);
    await rig.disconnect(connection);
    const again = await (await rig.listen()).next();
    expect([again.id, again.text]).toEqual([held.id, '<Unsettled/>']);
  });
}

function askAboutTelling(ask: Ask): void {
  ask('tells the sender that its message was taken, or of whatever failure', async (rig) => {
    const desk = await rig.listen();
    const told: (boolean | undefined)[] = [];
    const rounds = faultKinds.length + 3;
    for (let round = 0; round < rounds; round++) {
      const put = await rig.put();
      if (!put?.told) throw new Error('`put` of the harness has to give `told`, because `waits` is declared');
      const held = await desk.next();
      const kind = faultKinds[round];
      if (kind) held.reject(kind);
      else if (round === faultKinds.length) held.retry(0);
      else if (round === faultKinds.length + 1) held.release();
      else held.accept();
      told.push(await rig.within(put.told, 'the sender to be told'));
    }
    expect(told).toEqual([...Array.from({ length: rounds - 1 }, () => false), true]);
  });
}

function askAboutLost(ask: Ask, takeBack: NonNullable<TransportHarness['takeBack']>): void {
  ask('is lost when it is taken back, and comes again whatever is said of the first delivery', async (rig) => {
    const desk = await rig.listen({ concurrency: 2 });
    await rig.put(newMessage('<Taken/>'));
    const held = await desk.next();
    const { lost } = held.delivery;
    expect(lost?.aborted).toBe(false);
    await takeBack(rig.world);
    await rig.eventually(() => lost?.aborted, 'the delivery to be lost');
    const again = await desk.next();
    expect([again.id, again.text]).toEqual([held.id, '<Taken/>']);
    held.accept();
    again.accept();
    await rig.stays(() => desk.all.length === 2, 'no third delivery');
  });
}

function askAboutLeases(ask: Ask, lease: number): void {
  ask('stays with its listener for as long as it is in hand, also for longer than the lease', async (rig) => {
    const desks = [await rig.listen(), await rig.listen()];
    await rig.put(newMessage('<Long/>'));
    const all = () => desks.flatMap((desk) => desk.all);
    await rig.eventually(() => all().length === 1, 'the delivery');
    await rig.stays(() => all().length === 1, 'one delivery only', lease * 2.5 + 100);
    all()[0]?.accept();
    await rig.stays(() => all().length === 1, 'one delivery only');
  });
}
