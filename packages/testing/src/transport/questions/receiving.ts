import { randomBytes } from 'node:crypto';
import { type AnyTransport, isWaybillError } from '@waybill/contract';
import { expect } from 'vitest';
import { stays } from '../eventually.ts';
import type { TransportHarness } from './harness.ts';
import { type Ask, group } from './question.ts';
import { newMessage } from './rig.ts';

const bodies: readonly (readonly [what: string, body: () => Uint8Array])[] = [
  ['text outside of ASCII', () => Buffer.from('<Übergrößenträger price="9,99 €">日本 🚚</Übergrößenträger>')],
  ['every value of a byte', () => Uint8Array.from({ length: 256 }, (_, index) => index)],
  ['no bytes at all', () => new Uint8Array(0)],
  ['one megabyte', () => randomBytes(1024 ** 2)],
];

export function askAboutReceiving(ask: Ask, transport: AnyTransport, harness: TransportHarness): void {
  group('what a listener hands over', () => {
    askAboutBodies(ask);
    askAboutIdentity(ask, transport);
    askAboutCarried(ask, harness);
    askAboutOversized(ask, harness);
  });
  group('a listener that waits for settlements', () => {
    askAboutConcurrency(ask, harness);
  });
  group('a settled message', () => {
    askAboutSettled(ask);
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

function askAboutIdentity(ask: Ask, transport: AnyTransport): void {
  ask('has another id for another message, even if the bytes are the same', async (rig) => {
    const desk = await rig.listen({ concurrency: 2 });
    const { body, properties } = newMessage('<Same/>');
    await rig.put({ body, properties });
    const first = await desk.next();
    first.accept();
    await rig.put({ body, properties });
    const second = await desk.next();
    expect(first.id).not.toBe('');
    expect(second.id).not.toBe(first.id);
  });

  ask('has properties with names in lower case and text values', async (rig) => {
    const desk = await rig.listen();
    await rig.put({ ...newMessage(), properties: { 'Suite-Mixed-Case': 'Value As It Is' } });
    const { properties } = (await desk.next()).delivery.message;
    expect(Object.keys(properties)).toEqual(Object.keys(properties).map((name) => name.toLowerCase()));
    expect(Object.values(properties).every((value) => typeof value === 'string')).toBe(true);
  });

  ask('has a unit of work exactly if units are declared', async (rig) => {
    const desk = await rig.listen();
    await rig.put();
    const { unit } = (await desk.next()).delivery;
    expect(unit !== undefined).toBe(transport.receive?.guarantees.transacted === 'receive-and-send');
  });
}

function askAboutCarried(ask: Ask, harness: TransportHarness): void {
  for (const field of harness.carries ?? []) {
    ask(`has the ${field} that it was put with`, async (rig) => {
      const desk = await rig.listen();
      const replyTo = rig.world.replyTo ?? 'SUITE.REPLIES';
      const message = { ...newMessage(), correlationId: 'suite-correlation', replyTo };
      await rig.put(message);
      const arrived = (await desk.next()).delivery.message;
      if (field === 'properties') expect(arrived.properties).toMatchObject(message.properties);
      else expect(arrived[field]).toBe(message[field]);
    });
  }
}

function askAboutOversized(ask: Ask, harness: TransportHarness): void {
  const { putOversized } = harness;
  if (!putOversized) return;
  ask('tells of a message that is too large with a defect, and is rid of it when it is rejected', async (rig) => {
    const desk = await rig.listen();
    await putOversized(rig.world);
    const held = await desk.next();
    expect(isWaybillError(held.delivery.defect)).toBe(true);
    expect(held.delivery.defect?.code).toMatch(/^WB_[A-Z0-9_]+$/);
    held.reject();
    await rig.put();
    const next = await desk.next();
    expect(next.id).not.toBe(held.id);
    expect(next.delivery.defect).toBeUndefined();
  });
}

function askAboutConcurrency(ask: Ask, harness: TransportHarness): void {
  ask('hands nothing over while as many are in hand as it may', async (rig) => {
    const desk = await rig.listen({ concurrency: 1 });
    await rig.putAll([newMessage(), newMessage()]);
    const first = await desk.next();
    await stays(() => desk.all.length === 1, { what: 'one delivery in hand' });
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
    await stays(() => desk.all.length === 3, { what: 'three deliveries in hand' });
  });
}

function askAboutSettled(ask: Ask): void {
  for (const outcome of ['accepted', 'rejected'] as const) {
    ask(`is gone when it was ${outcome}, also for a new listener`, async (rig) => {
      const desk = await rig.listen();
      await rig.put();
      const held = await desk.next();
      if (outcome === 'accepted') held.accept();
      else held.reject();
      await rig.put();
      const marker = await desk.next();
      marker.accept();
      expect(marker.id).not.toBe(held.id);
      await desk.stop();
      const later = await rig.listen();
      await rig.put();
      const next = await later.next();
      expect([held.id, marker.id]).not.toContain(next.id);
      next.accept();
      await stays(() => later.all.length === 1, { what: 'nothing else for the new listener' });
    });
  }
}
