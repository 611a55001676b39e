import type { Delivery, Report } from '@waybill/contract';
import { eventually, settled } from '@waybill/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { MqListener } from '../../src/receiving/mq-listener.ts';
import { MqSender } from '../../src/sending/mq-sender.ts';
import type { Target } from '../../src/settings.ts';
import { accepted, newMessage, rejected, textOf } from '../world.ts';
import { context, forever, isHere, source, World } from './world.ts';

const world = World.forThisFile();

describe.runIf(isHere)('a unit of work', () => {
  it('has one message that was got, and its reply; none is committed by a disconnect', async () => {
    const [name, answers] = [await world.queue(), await world.queue()];
    const listener = await MqListener.open(world.connect({ application: 'units' }), source(name), { ...context, concurrency: 2 });
    for (const text of ['A', 'B', 'C']) await world.qm.put(name, { body: text, descriptor: { ReplyToQ: answers, MsgType: 1 } });
    const { over, stop } = await world.receive(listener, async () => ({ outcome: 'accepted', reply: newMessage('<Answer/>') }));
    await world.empty(name);
    stop();
    await over;
    const units = (await world.qm.units()).filter(({ applName }) => applName === 'units');
    expect(units.map(({ got, put, end }) => [got.length, put.map((one) => one.queue), end])).toEqual(
      Array.from({ length: 3 }, () => [1, [answers], 'commit']),
    );
    const sent = (await world.qm.browse(answers)).map(({ text, descriptor }) => [text, descriptor.CodedCharSetId]);
    // The queue manager would name the code page of this machine where none is named.
    expect(sent).toEqual(Array.from({ length: 3 }, () => ['<Answer/>', 1208]));
  });

  it('that is open at the end of its connection is backed out: a disconnect would commit it', async () => {
    const name = await world.queue();
    await world.qm.put(name, 'A');
    const connection = world.connect();
    const handle = await connection.open(100_000, forever);
    await handle.open(name, 'shared');
    await handle.get({ maxBytes: 1_000, waitMs: 10_000 });
    await connection.close();
    expect((await world.qm.browse(name)).map(({ text }) => text)).toEqual(['A']);
  });

  it('that is rejected brings a copy with the ids and the origin of the message to the backout queue', async () => {
    const backout = await world.queue();
    const name = await world.queue({ backoutQueue: backout });
    await world.qm.put(name, {
      body: '<Bad/>',
      descriptor: { PutApplName: 'back end', UserIdentifier: 'carla', CorrelId: Buffer.from('correlation') },
    });
    const [before] = await world.qm.browse(name);
    await world.receive(await MqListener.open(world.connect(), source(name), context), async () => rejected);
    await world.empty(name);
    const [copy] = await world.qm.browse(backout);
    const facts = ({ MsgId, CorrelId, PutApplName, UserIdentifier, PutDate, PutTime }: NonNullable<typeof before>['descriptor']) => [
      MsgId,
      CorrelId,
      PutApplName,
      UserIdentifier,
      PutDate,
      PutTime,
    ];
    expect([copy?.text, copy && facts(copy.descriptor)]).toEqual(['<Bad/>', before && facts(before.descriptor)]);
  });

  it('brings it to the dead-letter queue in a header that says what follows', async () => {
    const name = await world.queue();
    await world.qm.put(name, { body: Buffer.from([0xc1, 0xc2]), descriptor: { CodedCharSetId: 500, Format: 'MQSTR' } });
    await world.receive(
      await MqListener.open(world.connect(), source(name, { rejected: 'dead-letter-queue' }), context),
      async () => rejected,
    );
    await world.empty(name);
    const [copy] = await world.qm.take('DEAD');
    const body = copy?.body ?? Buffer.alloc(0);
    expect([
      copy?.descriptor.Format.trimEnd(),
      body.length,
      body.toString('latin1', 0, 4),
      body.readInt32LE(112),
      body.toString('latin1', 12, 60).trimEnd(),
    ]).toEqual(['MQDEAD', 174, 'DLH ', 500, name]);
  });

  it('is backed out when the process that has it is killed: its message comes again, and no other one', async () => {
    const name = await world.queue();
    const deliveries: Delivery[] = [];
    const { promise: wait, resolve } = Promise.withResolvers<void>();
    for (const text of ['A', 'B']) await world.qm.put(name, text);
    const listener = await MqListener.open(world.connect({ application: 'killed' }), source(name), { ...context, concurrency: 2 });
    await world.receive(listener, async (delivery) => {
      deliveries.push(delivery);
      if (deliveries.length <= 2) await wait;
      return accepted;
    });
    await eventually(() => deliveries.length === 2, { what: 'both in hand' });
    const holder = (await world.qm.connections()).find(({ applName, unit }) => applName === 'killed' && unit.got === 1);
    process.kill(holder?.pid ?? 0, 'SIGKILL');
    await eventually(() => deliveries.length === 3, { what: 'one of them again' });
    resolve();
    await world.empty(name);
    expect(deliveries.map(textOf).toSorted()).toHaveLength(3);
    expect(new Set(deliveries.map(textOf)).size).toBe(2);
  });

  it('that is committed for longer than the patience is given up with its process, and nobody can tell how it ended', async () => {
    const name = await world.queue();
    const sender = await MqSender.open(world.connect({ patience: 2_000 }), { queue: name, limit: 1_000, properties: true }, context);
    onTestFinished(() => sender.close());
    await world.qm.fault({ verb: 'CMIT', queue: name, act: { silence: 'after' } });
    await expect(sender.send(newMessage(), { signal: forever })).rejects.toMatchObject({ code: 'WB_MQ_DOUBT', outcome: 'unknown' });
    await sender.send(newMessage(), { signal: forever });
    expect(await world.qm.depth(name)).toBe(2);
  });

  it('into which a message is put for longer than the patience is surely not committed', async () => {
    const name = await world.queue();
    const sender = await MqSender.open(world.connect({ patience: 2_000 }), { queue: name, limit: 1_000, properties: true }, context);
    onTestFinished(() => sender.close());
    await world.qm.fault({ verb: 'PUT', queue: name, act: { silence: 'after' } });
    await expect(sender.send(newMessage(), { signal: forever })).rejects.toMatchObject({ code: 'WB_MQ_HOST_ENDED', outcome: 'not-sent' });
    expect(await world.qm.depth(name)).toBe(0);
  });
});

describe.runIf(isHere)('a stop', () => {
  it('burns no backout of what is on the queue, nor of what comes', async () => {
    const name = await world.queue();
    const { promise: wait, resolve } = Promise.withResolvers<void>();
    const inHand: Delivery[] = [];
    for (const text of ['A', 'B', 'C', 'D']) await world.qm.put(name, text);
    const listener = await MqListener.open(world.connect(), source(name), { ...context, concurrency: 2 });
    const { over, stop } = await world.receive(listener, async (delivery) => {
      inHand.push(delivery);
      await wait;
      return accepted;
    });
    await eventually(() => inHand.length === 2, { what: 'two in hand' });
    stop();
    await world.qm.put(name, 'E');
    resolve();
    await over;
    expect((await world.qm.browse(name)).map(({ text, descriptor }) => [text, descriptor.BackoutCount])).toEqual([
      ['C', 0],
      ['D', 0],
      ['E', 0],
    ]);
  });

  it('of one that waits burns no backout either', async () => {
    const name = await world.queue();
    const { over, stop } = await world.receive(
      await MqListener.open(world.connect({ application: 'idle' }), source(name), context),
      async () => accepted,
    );
    await eventually(async () => (await world.qm.connections()).some(({ applName, waitsOn }) => applName === 'idle' && waitsOn === name), {
      what: 'a wait',
    });
    stop();
    await world.qm.put(name, 'A');
    await over;
    expect((await world.qm.browse(name)).map(({ descriptor }) => descriptor.BackoutCount)).toEqual([0]);
  });
});

describe.runIf(isHere)('a queue manager that quiesces', () => {
  it('ends what receives with an error that says to come back, and brings everything afterwards', async () => {
    const name = await world.queue();
    const { over } = await world.receive(await MqListener.open(world.connect(), source(name), context), async () => accepted);
    await world.qm.quiesce();
    await expect(settled(over, { what: 'the end' })).rejects.toMatchObject({
      code: 'WB_MQ_QUIESCING',
      connectionLost: true,
      retryAfter: 5_000,
    });
    await world.qm.resume();
    await world.qm.put(name, 'A');
    await world.receive(await MqListener.open(world.connect(), source(name), context), async () => accepted);
    await world.empty(name);
    expect(await world.qm.browse(name)).toEqual([]);
  });
});

describe.runIf(isHere)('what was sent', () => {
  it('is reported to have arrived, and to have been taken, under the id of its receipt', async () => {
    const [name, news] = [await world.queue(), await world.queue()];
    const reports: Report[] = [];
    const connection = world.connect();
    const listener = await MqListener.open(connection, source(news), { ...context, report: async (report) => void reports.push(report) });
    await world.receive(listener, async () => accepted);
    const target: Target = { queue: name, limit: 1_000, properties: true, reports: { queue: news, of: ['arrival', 'delivery'] } };
    const sender = await MqSender.open(connection, target, context);
    onTestFinished(() => sender.close());
    const { id } = await sender.send({ ...newMessage(), id: crypto.randomUUID() }, { signal: forever });
    await eventually(() => reports.length === 1, { what: 'the first report' });
    await world.receive(await MqListener.open(world.connect(), source(name), context), async () => accepted);
    await eventually(() => reports.length === 2, { what: 'the second report' });
    expect(reports.map(({ about, kind }) => [about, kind])).toEqual([
      [id, 'delivered'],
      [id, 'read'],
    ]);
    expect(new Set(reports.map((report) => report.id)).size).toBe(2);
  });
});
