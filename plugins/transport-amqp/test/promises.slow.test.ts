import { eventually, Held, newMessage, Rig } from '@waybill/testing';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { atArtemis } from '../../../test/vehicles/at-artemis.ts';
import transport from '../src/index.ts';
import { inboundOf, openUnitIn, texts } from './open-unit.ts';
import { common, prepareWorld, Shared, type World } from './world.ts';

const shared = new Shared();
afterAll(() => shared.end());
const signal = new AbortController().signal;

async function openRig(): Promise<Rig<World>> {
  const rig = await Rig.open<World>(transport, { ...common, prepare: () => prepareWorld(shared, 'artemis') });
  onTestFinished(() => rig.close());
  return rig;
}

atArtemis('nothing was asked of transport-amqp that only it promises', () => {
  describe('two messages that are settled at the same time', () => {
    it.each([
      ['the first one is accepted', (one: Held, other: Held) => (one.accept(), other.release()), '<B/>'],
      ['the second one is accepted', (one: Held, other: Held) => (one.release(), other.accept()), '<A/>'],
    ])('are settled each in its way: %s', async (_, settle, left) => {
      const rig = await openRig();
      const desk = await rig.listen({ concurrency: 2 });
      await rig.putAll([newMessage('<A/>'), newMessage('<B/>')]);
      const [one, other] = await desk.nextFew(2);
      if (one && other) settle(one, other);
      const again = await desk.next();
      expect(again.text).toBe(left);
      again.accept();
      await eventually(async () => (await rig.world.outside.browse(inboundOf(rig))).length === 0, { what: 'the queue to be empty' });
      expect(desk.all.length).toBe(3);
    });
  });

  describe('the attempts that the broker counts', () => {
    it('are not spent by a stop, whatever is on its way or in hand', async () => {
      const rig = await openRig();
      await rig.putAll(Array.from({ length: 40 }, () => newMessage()));
      for (let round = 0; round < 4; round++) {
        const desk = await rig.listen({ concurrency: 8 });
        await desk.nextFew(2 * round + 1);
        desk.askToStop();
        desk.automatically((held) => held.release());
        await desk.ending();
      }
      const left = await rig.world.outside.browse(inboundOf(rig));
      expect(left.map(({ attempts }) => attempts)).toEqual(Array.from({ length: 40 }, () => 0));
    });

    it('are not spent by tries of this side: a message that failed stays in hand', async () => {
      const rig = await openRig();
      const desk = await rig.listen();
      await rig.put();
      for (let round = 0; round < 12; round++) (await desk.next()).retry(0);
      (await desk.next()).release();
      await desk.stop();
      expect((await rig.world.outside.browse(inboundOf(rig))).map(({ attempts }) => attempts)).toEqual([0]);
    });
  });

  describe('a message that is to be tried again', () => {
    it('keeps its place until then, and what is behind it waits', async () => {
      const rig = await openRig();
      const desk = await rig.listen();
      await rig.putAll([newMessage('<A/>'), newMessage('<B/>')]);
      const first = await desk.next();
      first.retry(300);
      const again = await desk.next();
      expect(again.text).toBe('<A/>');
      expect(again.at - (first.settledAt ?? 0)).toBeGreaterThanOrEqual(297);
      again.accept();
      expect((await desk.next()).text).toBe('<B/>');
    });

    it('is given back by a stop, and does not hold it up', async () => {
      const rig = await openRig();
      const desk = await rig.listen();
      await rig.put(newMessage('<A/>'));
      (await desk.next()).retry(9_000);
      await rig.stays(() => true, 'a moment', 20);
      await desk.stop();
      expect((await (await rig.listen()).next()).text).toBe('<A/>');
    });
  });

  describe('a message that cannot be taken', () => {
    it('is handed over as a defect where the library cannot decode it, and those behind it come', async () => {
      const rig = await openRig();
      const desk = await rig.listen();
      // A section with one value of a type that AMQP does not have, behind one that is sound.
      const sound = [0x00, 0x53, 0x73, 0xc0, 0x04, 0x01, 0xa1, 0x01, 0x61];
      await rig.world.outside.send(inboundOf(rig), Buffer.from([...sound, 0x00, 0x53, 0x77, 0x3f]));
      await rig.put(newMessage('<Behind/>'));
      const broken = await desk.next();
      expect(broken.delivery.defect?.code).toBe('WB_AMQP_UNREADABLE');
      broken.reject();
      expect((await desk.next()).text).toBe('<Behind/>');
    });

    it('has no id where its sender gave it none', async () => {
      const rig = await openRig();
      const desk = await rig.listen();
      await rig.world.outside.send(inboundOf(rig), { body: 'nameless' });
      const held = await desk.next();
      expect([held.id, held.text]).toEqual([undefined, 'nameless']);
    });
  });

  describe('an address', () => {
    it('that is taken away ends run() with an error that says to try again', async () => {
      const rig = await openRig();
      const desk = await rig.listen();
      await rig.put();
      (await desk.next()).accept();
      await rig.world.outside.manage('destroyQueue', inboundOf(rig), true, true);
      await expect(desk.ending()).rejects.toMatchObject({ retryable: true });
    });

    it.each([
      ['receives', async (rig: Rig<World>) => void (await rig.openListener({ connection: await closedInbound(rig) }))],
      ['sends', async (rig: Rig<World>) => void (await rig.openSender(undefined, { queue: 'closed.nobody' }))],
    ])('that is not there is told as soon as somebody %s', async (_, open) => {
      const rig = await openRig();
      await expect(open(rig)).rejects.toMatchObject({ code: 'WB_AMQP_ADDRESS', retryable: true, connectionLost: false });
    });

    it('that is full takes nothing more: what it refuses was not sent', async () => {
      const rig = await openRig();
      const sender = await rig.openSender(undefined, { queue: `full.${rig.world.replyTo}` });
      const send = () => sender.send(newMessage('x'.repeat(8_000)), { signal });
      const filling = async () => {
        for (let count = 0; count < 20; count++) await send();
      };
      await expect(filling()).rejects.toMatchObject({ code: 'WB_AMQP_BUSY', outcome: 'not-sent', retryable: true });
    });

    it('that is full and lets senders wait gives no credit: what waits for it was not sent', async () => {
      const rig = await openRig();
      const sender = await rig.openSender(undefined, { queue: `blocked.${rig.world.replyTo}` });
      // A thousand may come before the broker looks whether there is room.
      const failures: object[] = [];
      for (let batch = 0; batch < 30 && failures.length === 0; batch++) {
        const time = AbortSignal.timeout(1_500);
        const sending = Array.from({ length: 100 }, () => sender.send(newMessage('x'.repeat(100)), { signal: time }));
        failures.push(...(await Promise.allSettled(sending)).flatMap((one) => (one.status === 'rejected' ? [one.reason as object] : [])));
      }
      expect(failures.length).toBeGreaterThan(0);
      for (const failure of failures) expect(failure).toMatchObject({ code: 'WB_AMQP_GIVEN_UP', outcome: 'not-sent', retryable: true });
    });
  });

  describe('a reply', () => {
    it('does not go to an address that is not among those that the entry names: the kernel keeps it', async () => {
      const rig = await openRig();
      Object.assign(rig.world.inbound ?? {}, { replyQueues: ['elsewhere'] });
      const desk = await rig.listen();
      await rig.put({ ...newMessage(), replyTo: rig.world.replyTo });
      (await desk.next()).accept(newMessage('<Answer/>'));
      await eventually(() => desk.undelivered.length === 1, { what: 'the reply to be handed back' });
      expect(await rig.world.replies?.()).toEqual([]);
    });

    it('that others await at the same address is left to them', async () => {
      const rig = await openRig();
      const { outside, replyTo } = rig.world;
      const sender = await rig.openSender(undefined, { ...rig.world.outbound, replyQueue: replyTo });
      await outside.put(replyTo, { ...newMessage('<Foreign/>'), correlationId: 'somebody-else' });
      await rig.world.answer?.(() => ({ body: Buffer.from('<Own/>') }));
      const reply = await sender.request?.(newMessage('<Question/>'), { signal, timeout: 10_000 });
      expect(reply && texts([reply])).toEqual(['<Own/>']);
      await rig.closeSender(sender);
      expect(texts(await outside.browse(replyTo))).toEqual(['<Foreign/>']);
    });
  });

  describe('a transaction', () => {
    const openUnit = async () => openUnitIn(await openRig());

    it('shows the reply when its message is removed, and not before', async () => {
      const { unit, link, arrival, left, sent, count } = await openUnit();
      await unit.accept(link, arrival);
      expect([await sent(), await count()]).toEqual([[], 1]);
      await unit.commit();
      expect([await left(), await sent()]).toEqual([[], ['<Answer/>']]);
    });

    it('that is rolled back has sent nothing, and its message is not removed', async () => {
      const { unit, link, arrival, left, sent } = await openUnit();
      await unit.rollBack();
      await link.release(arrival);
      expect([await left(), await sent()]).toEqual([['<Question/>'], []]);
    });

    it('whose connection is cut has sent nothing, and its message comes again', async () => {
      const { unit, link, arrival, left, sent, cable, wire } = await openUnit();
      await unit.accept(link, arrival);
      // By then the broker has heard of it.
      expect(await sent()).toEqual([]);
      cable.cut();
      await eventually(() => wire.lost.aborted, { what: 'the connection to be lost' });
      await expect(unit.commit()).rejects.toMatchObject({ retryable: true });
      expect([await left(), await sent()]).toEqual([['<Question/>'], []]);
    });
  });

  describe('a connection', () => {
    it('is made to the first of the hosts that answers', async () => {
      const rig = await openRig();
      const { connection } = rig.world;
      const hosts = ['127.0.0.1:1', ...(connection['hosts'] as readonly string[])];
      const sender = await rig.openSender(await rig.connect({ ...connection, hosts }));
      await sender.send(newMessage('<Second/>'), { signal });
      expect(texts(await rig.taken())).toEqual(['<Second/>']);
    });

    it('to a broker that falls silent is given up on after its idle time', async () => {
      const rig = await openRig();
      const desk = await rig.listen({ connection: await rig.connect({ ...rig.world.connection, idleTimeout: '2s' }) });
      rig.world.cable.mute();
      await expect(desk.ending()).rejects.toMatchObject({ code: 'WB_AMQP_GONE', retryable: true });
    });
  });
});

async function closedInbound(rig: Rig<World>): Promise<unknown> {
  Object.assign(rig.world.inbound ?? {}, { queue: 'closed.nobody' });
  return rig.connect();
}
