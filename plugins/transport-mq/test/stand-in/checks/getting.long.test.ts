import { eventually } from '@waybill/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MQC } from '../daemon/mqi.ts';
import { connected } from '../program/program.ts';
import { forAll, getInUnit, isHere, putInUnit, Rig, reason } from './rig.ts';

const id = (text: string) => Buffer.from(text.padEnd(24, '\0'), 'latin1');

describe.runIf(isHere)('a get', () => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await Rig.start();
  });
  afterAll(() => rig.close());

  /** Resolves when `one` waits for a message on the queue. */
  const isWaiting = (queue: string) =>
    eventually(async () => (await rig.qm.connections()).some(({ waitsOn }) => waitsOn === queue), { what: 'the get to wait' });

  it('takes messages of higher priority first, each priority in order of arrival', async () => {
    const { queue, object } = await rig.opened();
    for (const [body, Priority] of [
      ['a', 2],
      ['b', 7],
      ['c', 2],
      ['d', 7],
    ] as const)
      await rig.qm.put(queue, { body, descriptor: { Priority } });
    const got = [];
    for (let count = 0; count < 4; count += 1) got.push((await rig.one.get(object)).text);
    expect(got).toEqual(['b', 'd', 'a', 'c']);
  });

  it('takes them in order of arrival alone where the queue says so', async () => {
    const { queue, object } = await rig.opened({ sequence: 'fifo' });
    for (const [body, Priority] of [
      ['a', 2],
      ['b', 7],
    ] as const)
      await rig.qm.put(queue, { body, descriptor: { Priority } });
    expect((await rig.one.get(object)).text).toBe('a');
  });

  it('ends its wait when another process commits a put', async () => {
    const { queue, object } = await rig.opened();
    const got = rig.one.get(object, { wait: 10_000 });
    await isWaiting(queue);
    await rig.other.put1(queue, 'at last', putInUnit);
    await isWaiting(queue);
    await rig.other.commit();
    expect((await got).text).toBe('at last');
  });

  it('ends its wait when another process backs out a get', async () => {
    const { queue, object } = await rig.opened();
    await rig.qm.put(queue, 'again');
    const other = await rig.other.open(queue, forAll);
    await rig.other.get(other.object, getInUnit);
    const got = rig.one.get(object, { wait: 10_000 });
    await isWaiting(queue);
    await rig.other.backOut();
    expect(await got).toMatchObject({ text: 'again', descriptor: { BackoutCount: 1 } });
  });

  it('answers 2033 when its wait is over', async () => {
    const { object } = await rig.opened();
    const began = performance.now();
    await expect(rig.one.get(object, { wait: 100 })).rejects.toMatchObject(reason(MQC.MQRC_NO_MSG_AVAILABLE));
    expect(performance.now() - began).toBeGreaterThanOrEqual(99);
  });

  it('is refused, and ends its wait, where getting is inhibited', async () => {
    const { queue, object } = await rig.opened();
    const got = rig.one.get(object, { wait: 10_000 });
    await isWaiting(queue);
    await rig.qm.define(queue, { type: 'local', getInhibited: true });
    await expect(got).rejects.toMatchObject(reason(MQC.MQRC_GET_INHIBITED));
    await expect(rig.one.get(object)).rejects.toMatchObject(reason(MQC.MQRC_GET_INHIBITED));
    await rig.qm.define(queue, { type: 'local', getInhibited: false });
    await rig.qm.put(queue, 'open again');
    expect((await rig.one.get(object)).text).toBe('open again');
  });

  it('takes nothing for a program that was killed while it waited', async () => {
    const queue = await rig.queue();
    const program = await connected(rig.qm);
    const { object } = await program.open(queue, forAll);
    const got = program.get(object, { wait: 10_000 });
    await isWaiting(queue);
    await program.kill();
    await expect(got).rejects.toThrow('The program has ended.');
    await eventually(async () => !(await rig.qm.connections()).some(({ pid }) => pid === program.pid), { what: 'the end to be seen' });
    await rig.qm.put(queue, 'for somebody else');
    expect(await rig.texts(queue)).toEqual(['for somebody else']);
  });

  it('finds a message by its id, by its correlation id, or by both', async () => {
    const { queue, object } = await rig.opened();
    for (const [body, MsgId, CorrelId] of [
      ['a', '1', 'x'],
      ['b', '2', 'y'],
      ['c', '2', 'z'],
      ['d', '3', 'z'],
    ] as const) {
      await rig.qm.put(queue, { body, descriptor: { MsgId: id(MsgId), CorrelId: id(CorrelId) } });
    }
    expect((await rig.one.get(object, { descriptor: { MsgId: id('2'), CorrelId: id('z') } })).text).toBe('c');
    expect((await rig.one.get(object, { descriptor: { CorrelId: id('z') } })).text).toBe('d');
    expect((await rig.one.get(object, { descriptor: { MsgId: id('2') } })).text).toBe('b');
    await expect(rig.one.get(object, { descriptor: { MsgId: id('2') } })).rejects.toMatchObject(reason(MQC.MQRC_NO_MSG_AVAILABLE));
    expect((await rig.one.get(object, { descriptor: { MsgId: id('2') }, matchOptions: MQC.MQMO_NONE })).text).toBe('a');
  });

  it('waits for the message that it wants, and leaves the others', async () => {
    const { queue, object } = await rig.opened();
    const got = rig.one.get(object, { wait: 10_000, descriptor: { CorrelId: id('mine') } });
    await isWaiting(queue);
    await rig.qm.put(queue, 'somebody else');
    await rig.qm.put(queue, { body: 'mine', descriptor: { CorrelId: id('mine') } });
    expect((await got).text).toBe('mine');
    expect(await rig.texts(queue)).toEqual(['somebody else']);
  });

  it('leaves a message that does not fit where it is, and says how long it is', async () => {
    const { queue, object } = await rig.opened();
    await rig.qm.put(queue, 'too long');
    expect(await rig.one.get(object, { room: 3, ...getInUnit })).toMatchObject({
      text: 'too',
      length: 8,
      warning: MQC.MQRC_TRUNCATED_MSG_FAILED,
    });
    expect(await rig.texts(queue)).toEqual(['too long']);
    expect((await rig.one.get(object, { room: 8 })).descriptor.BackoutCount).toBe(0);
  });

  it('takes the beginning of it where that is wanted', async () => {
    const { queue, object } = await rig.opened();
    await rig.qm.put(queue, 'too long');
    const got = await rig.one.get(object, { room: 3, options: MQC.MQGMO_ACCEPT_TRUNCATED_MSG });
    expect(got).toMatchObject({ text: 'too', length: 8, warning: MQC.MQRC_TRUNCATED_MSG_ACCEPTED });
    expect(await rig.qm.depth(queue)).toBe(0);
  });

  it('of a client is refused a buffer that its channel has no room for', async () => {
    const queue = await rig.queue();
    const client = await connected(rig.qm, { hosts: 'localhost(1414)', maxMsgLength: 1_000 });
    const { object } = await client.open(queue, forAll);
    await expect(client.get(object, { room: 1_001 })).rejects.toMatchObject(reason(MQC.MQRC_DATA_LENGTH_ERROR));
    await client.kill();
  });

  it('browses messages one after the other, which stay', async () => {
    const { queue, object } = await rig.opened();
    for (const text of ['a', 'b', 'c']) await rig.qm.put(queue, text);
    const seen = [(await rig.one.get(object, { options: MQC.MQGMO_BROWSE_FIRST })).text];
    // What others take in between does not matter.
    await rig.other.get((await rig.other.open(queue, forAll)).object);
    for (let count = 0; count < 2; count += 1) seen.push((await rig.one.get(object, { options: MQC.MQGMO_BROWSE_NEXT })).text);
    expect(seen).toEqual(['a', 'b', 'c']);
    await expect(rig.one.get(object, { options: MQC.MQGMO_BROWSE_NEXT })).rejects.toMatchObject(reason(MQC.MQRC_NO_MSG_AVAILABLE));
    expect((await rig.one.get(object, { options: MQC.MQGMO_MSG_UNDER_CURSOR })).text).toBe('c');
    expect(await rig.texts(queue)).toEqual(['b']);
    await expect(rig.one.get(object, { options: MQC.MQGMO_MSG_UNDER_CURSOR })).rejects.toMatchObject(reason(MQC.MQRC_NO_MSG_UNDER_CURSOR));
  });

  it('cannot browse under syncpoint', async () => {
    const { object } = await rig.opened();
    const options = MQC.MQGMO_BROWSE_FIRST | MQC.MQGMO_SYNCPOINT;
    await expect(rig.one.get(object, { options })).rejects.toMatchObject(reason(MQC.MQRC_OPTIONS_ERROR));
  });

  it('says what is left of the time until the message expires', async () => {
    const { queue, object } = await rig.opened();
    await rig.qm.put(queue, { body: 'x', descriptor: { Expiry: 600 } });
    const { descriptor } = await rig.one.get(object);
    expect(descriptor.Expiry).toBeGreaterThan(500);
    expect(descriptor.Expiry).toBeLessThanOrEqual(600);
  });

  it('needs a queue that is open for it', async () => {
    const queue = await rig.queue();
    const { object } = await rig.one.open(queue, MQC.MQOO_OUTPUT);
    await expect(rig.one.get(object)).rejects.toMatchObject(reason(MQC.MQRC_NOT_OPEN_FOR_INPUT));
    await expect(rig.one.get(object, { options: MQC.MQGMO_BROWSE_FIRST })).rejects.toMatchObject(reason(MQC.MQRC_NOT_OPEN_FOR_BROWSE));
    await rig.one.close(object);
    await expect(rig.one.get(object)).rejects.toMatchObject(reason(MQC.MQRC_HOBJ_ERROR));
  });

  it('is under syncpoint for persistent messages alone where that is wanted', async () => {
    const { queue, object } = await rig.opened();
    const options = MQC.MQGMO_SYNCPOINT_IF_PERSISTENT;
    await rig.qm.put(queue, { body: 'passing', descriptor: { Persistence: MQC.MQPER_NOT_PERSISTENT } });
    await rig.qm.put(queue, 'persistent');
    for (let count = 0; count < 2; count += 1) await rig.one.get(object, { options });
    await rig.one.backOut();
    expect(await rig.texts(queue)).toEqual(['persistent']);
  });

  it.each([
    ['messages in their groups', { options: MQC.MQGMO_LOGICAL_ORDER }],
    ['messages in another code page', { options: MQC.MQGMO_CONVERT }],
    ['a place in a group', { matchOptions: MQC.MQMO_MATCH_MSG_SEQ_NUMBER }],
  ])('is refused %s, which is not built', async (_, options) => {
    const { object } = await rig.opened();
    await expect(rig.one.get(object, options)).rejects.toMatchObject(reason(MQC.MQRC_FUNCTION_NOT_SUPPORTED));
  });
});
