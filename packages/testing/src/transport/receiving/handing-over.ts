import { randomBytes } from 'node:crypto';
import { isWaybillError, type Message } from '@waybill/contract';
import { expect } from 'vitest';
import type { Ask } from '../asking/question.ts';
import type { TransportHarness } from '../harness.ts';
import { newMessage } from '../rig.ts';

const bodies: readonly (readonly [what: string, body: () => Uint8Array])[] = [
  ['text outside of ASCII', () => Buffer.from('<Übergrößenträger price="9,99 €">日本 🚚</Übergrößenträger>')],
  ['every value of a byte', () => Uint8Array.from({ length: 256 }, (_, index) => index)],
  ['no bytes at all', () => new Uint8Array(0)],
  ['one megabyte', () => randomBytes(1024 ** 2)],
];

export function askAboutHandingOver(ask: Ask, harness: TransportHarness): void {
  ask.group('what a listener hands over', () => {
    askAboutBodies(ask);
    askAboutIdentity(ask);
    askAboutCarried(ask, harness);
    ask.given('putOversized', (putOversized) => askAboutOversized(ask, putOversized));
  });
  ask.group('a listener that waits for settlements', () => {
    askAboutConcurrency(ask, harness);
    askAboutPromptness(ask, harness);
  });
}

function askAboutBodies(ask: Ask): void {
  for (const [what, body] of bodies) {
    ask(`is the bytes as they were put: ${what}`, async (rig) => {
      const bytes = body();
      const desk = await rig.listen();
      await rig.put(newMessage(bytes));
      const held = await desk.next();
      expect(Buffer.from(held.delivery.message.body).equals(bytes)).toBe(true);
      expect(held.delivery.defect).toBeUndefined();
    });
  }
}

function askAboutIdentity(ask: Ask): void {
  ask('has another id for another message, even if the bytes are the same, or none at all', async (rig) => {
    const desk = await rig.listen({ concurrency: 2 });
    const { body, properties } = newMessage('<Same/>');
    await rig.put({ body, properties });
    const first = await desk.next();
    first.accept();
    await rig.put({ body, properties });
    const second = await desk.next();
    expect(first.id).not.toBe('');
    if (first.id !== undefined) expect(second.id).not.toBe(first.id);
  });

  ask('counts hand-outs from one, where it counts them', async (rig) => {
    const desk = await rig.listen();
    await rig.put();
    const { attempt = 1, giveUpAfter = 1 } = (await desk.next()).delivery;
    expect([attempt, Number.isInteger(giveUpAfter), giveUpAfter >= 1]).toEqual([1, true, true]);
  });

  ask('was not made in the future', async (rig) => {
    const desk = await rig.listen();
    await rig.put({ body: Buffer.from('<Timeless/>') });
    const { createdAt = Date.now() } = (await desk.next()).delivery.message;
    expect(createdAt).toBeLessThanOrEqual(Date.now() + 1);
  });
}

function askAboutCarried(ask: Ask, harness: TransportHarness): void {
  for (const field of harness.carries ?? []) {
    ask(`has the ${field} that it was put with`, async (rig) => {
      const desk = await rig.listen();
      const message = withEverything(rig.world.replyTo);
      await rig.put(message);
      const arrived = (await desk.next()).delivery.message;
      if (field === 'properties') expect(arrived.properties).toMatchObject(message.properties);
      else expect(arrived[field]).toBe(message[field]);
    });
  }

  if (!harness.carries?.includes('properties')) return;
  ask('has names of properties as they were put, in lower case where the wire folds it', async (rig) => {
    const desk = await rig.listen();
    await rig.put({ ...newMessage(), properties: { 'Suite-Mixed-Case': 'Value As It Is', suite_plain: '' } });
    const { properties } = (await desk.next()).delivery.message;
    const name = harness.foldsCase ? 'suite-mixed-case' : 'Suite-Mixed-Case';
    expect(properties).toMatchObject({ [name]: 'Value As It Is', suite_plain: '' });
    expect(Object.values(properties).every((value) => typeof value === 'string')).toBe(true);
  });
}

/** A message that holds something in each field that a wire may carry. */
export function withEverything(replyTo = 'SUITE.REPLIES'): Message {
  const expiresAt = Math.ceil(Date.now() / 1000) * 1000 + 3_600_000;
  return { ...newMessage(), correlationId: 'suite-correlation', replyTo, priority: 7, expiresAt, persistent: false };
}

function askAboutOversized(ask: Ask, putOversized: NonNullable<TransportHarness['putOversized']>): void {
  ask('tells of a message that is too large with a defect, and is rid of it when it is rejected', async (rig) => {
    const desk = await rig.listen();
    await putOversized(rig.world);
    const held = await desk.next();
    expect(isWaybillError(held.delivery.defect)).toBe(true);
    expect(held.delivery.defect?.code).toMatch(/^WB_[A-Z0-9_]+$/);
    held.reject('invalid');
    await rig.put(newMessage('<Next/>'));
    const next = await desk.next();
    expect(next.text).toBe('<Next/>');
    expect(next.delivery.defect).toBeUndefined();
  });
}

function askAboutConcurrency(ask: Ask, harness: TransportHarness): void {
  ask('hands nothing over while as many are in hand as it may', async (rig) => {
    const desk = await rig.listen({ concurrency: 1 });
    await rig.putAll([newMessage(), newMessage()]);
    const first = await desk.next();
    await rig.stays(() => desk.all.length === 1, 'one delivery in hand');
    first.accept();
    await desk.next();
  });

  ask('never exceeds the concurrency, and hands everything over in the end', async (rig) => {
    const desk = await rig.listen({ concurrency: 3 });
    const messages = Array.from({ length: 12 }, () => newMessage());
    await rig.putAll(messages);
    desk.automatically((held) => setImmediate(() => held.accept()));
    await rig.eventually(() => desk.all.length === messages.length, `${messages.length} deliveries`);
    expect(desk.most).toBeLessThanOrEqual(3);
  });

  if (harness.parallel === false) return;
  ask('makes use of the concurrency', async (rig) => {
    const desk = await rig.listen({ concurrency: 3 });
    await rig.putAll(Array.from({ length: 5 }, () => newMessage()));
    await desk.nextFew(3);
    await rig.stays(() => desk.all.length === 3, 'three deliveries in hand');
  });
}

function askAboutPromptness(ask: Ask, { prompt = 400 }: TransportHarness): void {
  ask('gets a new message soon when it is idle', async (rig) => {
    const desk = await rig.listen();
    const waits: number[] = [];
    for (let round = 0; round < 5; round++) {
      const put = performance.now();
      await rig.put();
      const held = await desk.next();
      waits.push(held.at - put);
      held.accept();
    }
    // The median: a busy machine may be late now and then.
    expect(waits.toSorted((one, other) => one - other)[2]).toBeLessThan(prompt);
  });
}
