import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Delivery } from '@waybill/contract';
import { eventually, settled, temporaryFolder } from '@waybill/testing';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { MqConnection } from '../../src/connection.ts';
import { openHostHandle } from '../../src/handle/host-handle.ts';
import type { QueueManager as Settings, Source } from '../../src/settings.ts';
import { MqListener } from '../../src/receiving/mq-listener.ts';
import { MqSender } from '../../src/sending/mq-sender.ts';
import { hasStandIn } from '../stand-in/library.ts';
import { type QueueManager, startQueueManager } from '../stand-in/queue-manager.ts';
import { accepted, newMessage, rejected, textOf } from '../world.ts';
import { recordingLog } from '@waybill/testing';

const isHere = hasStandIn('the processes that hold connections to IBM MQ were not tried');
const forever = new AbortController().signal;
const client = { hosts: ['elsewhere(1414)', 'localhost(1414)'], channel: 'WAYBILL.SVRCONN' };

let qm: QueueManager;
let number = 0;

beforeAll(async () => {
  if (!isHere) return;
  qm = await startQueueManager({
    sync: false,
    users: { anna: 'secret', bert: 'other' },
    tokens: ['a.token'],
    channels: ['WAYBILL.SVRCONN'],
    deadLetterQueue: 'DEAD',
    queues: { DEAD: { type: 'local' } },
  });
  Object.assign(process.env, qm.env);
});

afterAll(() => qm?.close());

/** A queue of its own for each test. */
async function queue(attributes = {}): Promise<string> {
  const name = `HOST.${++number}`;
  await qm.define(name, { type: 'local', ...attributes });
  return name;
}

function connect(more: Partial<Settings> = {}): MqConnection {
  const credentials = { user: 'anna', password: 'secret' };
  const defaults = { queueManager: 'QM1', server: client, credentials, application: `test-${++number}`, heartbeat: 30_000, patience: 60_000 };
  const connection = new MqConnection({ ...defaults, ...more }, openHostHandle);
  onTestFinished(() => connection.close());
  return connection;
}

const { log } = recordingLog();
const context = {
  name: 'test',
  log,
  signal: forever,
  folder: '/',
  concurrency: 1,
  order: 'parallel' as const,
  stateOf: async () => undefined,
  tell: () => undefined,
  report: async () => undefined,
  undeliverable: async () => undefined,
  late: () => undefined,
};
const source = (name: string, more: Partial<Source> = {}): Source => ({
  queue: name,
  limit: 1_000_000,
  identity: 'message-id',
  trustCcsid: true,
  rejected: 'backout-queue',
  ...more,
});

async function receive(listener: MqListener, deliver: Parameters<MqListener['run']>[0]) {
  const stop = new AbortController();
  const over = listener.run(deliver, stop.signal);
  over.catch(() => undefined);
  onTestFinished(async () => {
    stop.abort();
    await settled(over, { what: 'the end' }).catch(() => undefined);
  });
  return { over, stop: () => stop.abort() };
}

/** A message in an open unit is not on its queue any more either. */
const empty = (name: string) =>
  eventually(async () => (await qm.depth(name)) === 0 && (await qm.connections()).every(({ unit }) => unit.got === 0), { what: `nothing on ${name}` });

describe.runIf(isHere)('a unit of work', () => {
  it('has one message that was got, and its reply; none is committed by a disconnect', async () => {
    const [name, answers] = [await queue(), await queue()];
    const listener = await MqListener.open(connect({ application: 'units' }), source(name), { ...context, concurrency: 2 });
    for (const text of ['A', 'B', 'C']) await qm.put(name, { body: text, descriptor: { ReplyToQ: answers, MsgType: 1 } });
    const { over, stop } = await receive(listener, async () => ({ outcome: 'accepted', reply: newMessage('<Answer/>') }));
    await empty(name);
    stop();
    await over;
    const units = (await qm.units()).filter(({ applName }) => applName === 'units');
    expect(units.map(({ got, put, end }) => [got.length, put.map((one) => one.queue), end])).toEqual(Array.from({ length: 3 }, () => [1, [answers], 'commit']));
    expect((await qm.browse(answers)).map(({ text }) => text)).toEqual(['<Answer/>', '<Answer/>', '<Answer/>']);
  });

  it('that is rejected brings a copy with the ids and the origin of the message to the backout queue', async () => {
    const backout = await queue();
    const name = await queue({ backoutQueue: backout });
    await qm.put(name, { body: '<Bad/>', descriptor: { PutApplName: 'back end', UserIdentifier: 'carla', CorrelId: Buffer.from('correlation') } });
    const [before] = await qm.browse(name);
    await receive(await MqListener.open(connect(), source(name), context), async () => rejected);
    await empty(name);
    const [copy] = await qm.browse(backout);
    const facts = ({ MsgId, CorrelId, PutApplName, UserIdentifier, PutDate, PutTime }: NonNullable<typeof before>['descriptor']) => [MsgId, CorrelId, PutApplName, UserIdentifier, PutDate, PutTime];
    expect([copy?.text, copy && facts(copy.descriptor)]).toEqual(['<Bad/>', before && facts(before.descriptor)]);
  });

  it('brings it to the dead-letter queue in a header that says what follows', async () => {
    const name = await queue();
    await qm.put(name, { body: Buffer.from([0xc1, 0xc2]), descriptor: { CodedCharSetId: 500, Format: 'MQSTR' } });
    await receive(await MqListener.open(connect(), source(name, { rejected: 'dead-letter-queue' }), context), async () => rejected);
    await empty(name);
    const [copy] = await qm.take('DEAD');
    const body = copy?.body ?? Buffer.alloc(0);
    expect([copy?.descriptor.Format.trimEnd(), body.length, body.toString('latin1', 0, 4), body.readInt32LE(112), body.toString('latin1', 12, 60).trimEnd()]).toEqual(['MQDEAD', 174, 'DLH ', 500, name]);
  });

  it('is backed out when the process that has it is killed: its message comes again, and no other one', async () => {
    const name = await queue();
    const deliveries: Delivery[] = [];
    const { promise: wait, resolve } = Promise.withResolvers<void>();
    for (const text of ['A', 'B']) await qm.put(name, text);
    const listener = await MqListener.open(connect({ application: 'killed' }), source(name), { ...context, concurrency: 2 });
    await receive(listener, async (delivery) => {
      deliveries.push(delivery);
      if (deliveries.length <= 2) await wait;
      return accepted;
    });
    await eventually(() => deliveries.length === 2, { what: 'both in hand' });
    const holder = (await qm.connections()).find(({ applName, unit }) => applName === 'killed' && unit.got === 1);
    process.kill(holder?.pid ?? 0, 'SIGKILL');
    await eventually(() => deliveries.length === 3, { what: 'one of them again' });
    resolve();
    await empty(name);
    expect(deliveries.map(textOf).toSorted()).toHaveLength(3);
    expect(new Set(deliveries.map(textOf)).size).toBe(2);
  });

  it('that is committed for longer than the patience is given up with its process, and nobody can tell how it ended', async () => {
    const name = await queue();
    const sender = await MqSender.open(connect({ patience: 300 }), { queue: name, limit: 1_000, properties: true }, context);
    onTestFinished(() => sender.close());
    await qm.fault({ verb: 'CMIT', queue: name, act: { silence: 'after' } });
    await expect(sender.send(newMessage(), { signal: forever })).rejects.toMatchObject({ code: 'WB_MQ_DOUBT', outcome: 'unknown' });
    await sender.send(newMessage(), { signal: forever });
    expect(await qm.depth(name)).toBe(2);
  });

  it('into which a message is put for longer than the patience is surely not committed', async () => {
    const name = await queue();
    const sender = await MqSender.open(connect({ patience: 300 }), { queue: name, limit: 1_000, properties: true }, context);
    onTestFinished(() => sender.close());
    await qm.fault({ verb: 'PUT', queue: name, act: { silence: 'after' } });
    await expect(sender.send(newMessage(), { signal: forever })).rejects.toMatchObject({ code: 'WB_MQ_HOST_ENDED', outcome: 'not-sent' });
    expect(await qm.depth(name)).toBe(0);
  });
});

describe.runIf(isHere)('a process that holds a connection', () => {
  it('weighs at most 25 MB', async () => {
    const connection = connect();
    const handles = [await connection.open(100_000, forever), await connection.open(100_000, forever)];
    const name = await queue();
    for (const handle of handles) await handle.open(name, 'shared');
    const pids = (await qm.connections()).filter(({ objects }) => objects.includes(name)).map(({ pid }) => pid);
    const weights = pids.map((pid) => Number(/Pss:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1]) / 1024);
    expect(weights.map((weight) => weight > 5 && weight <= 25)).toEqual([true, true]);
  });

  it('is found under the name of the application, on the second of two hosts', async () => {
    const connection = connect({ application: 'order-flow' });
    await connection.open(100_000, forever);
    const [seen] = (await qm.connections()).filter(({ applName }) => applName === 'order-flow');
    expect([seen?.host, seen?.channel, seen?.user]).toEqual(['localhost(1414)', 'WAYBILL.SVRCONN', 'anna']);
  });

  it('ends with its parent, and leaves its unit to the queue manager', async () => {
    const name = await queue();
    await qm.put(name, 'A');
    const parent = join(import.meta.dirname, 'parent.ts');
    execFileSync(process.execPath, [parent, name], { env: { ...process.env, ...qm.env }, stdio: ['ignore', 'ignore', 'inherit'] });
    await eventually(async () => (await qm.browse(name)).length === 1, { what: 'the message on its queue' });
    const ends = (await qm.units()).filter(({ got }) => got.some((one) => one.queue === name)).map(({ end }) => end);
    expect(ends).toEqual(['lost']);
  });
});

describe.runIf(isHere)('who Waybill is to the queue manager', () => {
  it('is read anew at each attempt to connect', async () => {
    const file = join(await temporaryFolder(), 'password');
    writeFileSync(file, 'wrong\n');
    const connection = connect({ credentials: { user: 'bert', passwordFile: file } });
    await expect(connection.open(1_000, forever)).rejects.toMatchObject({ code: 'WB_MQ_NOT_AUTHORIZED', retryable: true, retryAfter: 30_000 });
    writeFileSync(file, 'other\n');
    await connection.open(1_000, forever);
    await expect(connect({ credentials: { user: 'bert', passwordFile: `${file}.none` } }).open(1_000, forever)).rejects.toMatchObject({ code: 'WB_MQ_SECRET_FILE' });
  });

  it('may be a token', async () => {
    const file = join(await temporaryFolder(), 'token');
    writeFileSync(file, 'a.token');
    await connect({ credentials: { tokenFile: file } }).open(1_000, forever);
  });
});

describe.runIf(isHere)('settings that the queue manager does not take', () => {
  it.each([
    [{ queueManager: 'QM2' }, 'WB_MQ_CONFIGURATION', false],
    [{ server: { ...client, channel: 'OTHER' } }, 'WB_MQ_CONFIGURATION', false],
    [{ server: { hosts: ['nowhere(1414)'], channel: 'WAYBILL.SVRCONN' } }, 'WB_MQ_UNREACHABLE', true],
    [{ server: { ccdt: 'file:///nowhere.json' } }, 'WB_MQ_CONFIGURATION', false],
    [{ credentials: undefined }, 'WB_MQ_NOT_AUTHORIZED', true],
  ] as const)('are told: %j', async (more, code, retryable) => {
    await expect(connect(more as Partial<Settings>).open(1_000, forever)).rejects.toMatchObject({ code, retryable });
  });

  it('that need a right which this user lacks are told, or done without', async () => {
    const [closed, unseen] = [await queue({ deny: ['input'] }), await queue({ deny: ['browse', 'inquire'] })];
    await expect(MqListener.open(connect(), source(closed), context)).rejects.toMatchObject({ code: 'WB_MQ_NOT_AUTHORIZED' });
    await qm.put(unseen, 'A');
    const texts: string[] = [];
    await receive(await MqListener.open(connect(), source(unseen), context), async (delivery) => {
      texts.push(textOf(delivery));
      return accepted;
    });
    await empty(unseen);
    expect(texts).toEqual(['A']);
  });

  it('without the client library are told in one sentence, with what to do', async () => {
    const { LD_LIBRARY_PATH } = process.env;
    delete process.env['LD_LIBRARY_PATH'];
    onTestFinished(() => void (process.env['LD_LIBRARY_PATH'] = LD_LIBRARY_PATH));
    const opening = connect().open(1_000, forever);
    await expect(opening).rejects.toMatchObject({ code: 'WB_MQ_NO_LIBRARY', retryable: false, hint: expect.stringContaining('npm install ibmmq@2') });
    await expect(opening).rejects.toThrow(/^Queue manager QM1 cannot be used: the package "ibmmq" cannot load IBM's client library: .+\.$/);
  });
});

describe.runIf(isHere)('a stop', () => {
  it('burns no backout of what is on the queue, nor of what comes', async () => {
    const name = await queue();
    const { promise: wait, resolve } = Promise.withResolvers<void>();
    const inHand: Delivery[] = [];
    for (const text of ['A', 'B', 'C', 'D']) await qm.put(name, text);
    const listener = await MqListener.open(connect(), source(name), { ...context, concurrency: 2 });
    const { over, stop } = await receive(listener, async (delivery) => {
      inHand.push(delivery);
      await wait;
      return accepted;
    });
    await eventually(() => inHand.length === 2, { what: 'two in hand' });
    stop();
    await qm.put(name, 'E');
    resolve();
    await over;
    expect((await qm.browse(name)).map(({ text, descriptor }) => [text, descriptor.BackoutCount])).toEqual([
      ['C', 0],
      ['D', 0],
      ['E', 0],
    ]);
  });

  it('of one that waits burns no backout either', async () => {
    const name = await queue();
    const { over, stop } = await receive(await MqListener.open(connect({ application: 'idle' }), source(name), context), async () => accepted);
    await eventually(async () => (await qm.connections()).some(({ applName, waitsOn }) => applName === 'idle' && waitsOn === name), { what: 'a wait' });
    stop();
    await qm.put(name, 'A');
    await over;
    expect((await qm.browse(name)).map(({ descriptor }) => descriptor.BackoutCount)).toEqual([0]);
  });
});
