import { eventually, stays } from '@waybill/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MQC } from '../daemon/mqi.ts';
import { connected, type Program } from '../program/program.ts';
import { forAll, getInUnit, isHere, putInUnit, Rig, reason } from './rig.ts';

describe.runIf(isHere)('a fault', () => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await Rig.start();
  });
  afterAll(() => rig.close());

  /** A program of its own, which the fault may cost its connection; it has put one message under syncpoint. */
  async function victim(): Promise<{ readonly program: Program; readonly queue: string; readonly object: number }> {
    const queue = await rig.queue();
    const program = await connected(rig.qm, { applName: 'victim' });
    const { object } = await program.open(queue, forAll);
    await program.put(object, 'message', putInUnit);
    return { program, queue, object };
  }

  it('answers with a reason in place of the call, once', async () => {
    const { queue, object } = await rig.opened();
    await rig.qm.fault({ verb: 'PUT', act: { reason: MQC.MQRC_RESOURCE_PROBLEM } });
    await expect(rig.one.put(object, 'first')).rejects.toMatchObject(reason(MQC.MQRC_RESOURCE_PROBLEM));
    await rig.one.put(object, 'second');
    expect(await rig.texts(queue)).toEqual(['second']);
    expect(await rig.qm.faultsWaiting()).toBe(0);
  });

  it('strikes as many calls as it is told, and lets as many pass before', async () => {
    const { queue, object } = await rig.opened();
    await rig.qm.fault({ verb: 'PUT', queue, skip: 1, times: 2, act: { reason: MQC.MQRC_Q_SPACE_NOT_AVAILABLE } });
    const ends = [];
    for (const text of ['a', 'b', 'c', 'd']) {
      const end = await rig.one.put(object, text).catch((error: unknown) => error);
      ends.push(end instanceof Error);
    }
    expect(ends).toEqual([false, true, true, false]);
  });

  it('strikes only the queue and the application that it names', async () => {
    const { queue, object } = await rig.opened();
    const second = await rig.queue();
    await rig.qm.fault({ verb: 'OPEN', queue: second, applName: 'other', act: { reason: MQC.MQRC_NOT_AUTHORIZED } });
    await rig.one.put(object, 'x');
    await rig.one.open(second, forAll);
    await rig.other.open(queue, forAll);
    await expect(rig.other.open(second, forAll)).rejects.toMatchObject(reason(MQC.MQRC_NOT_AUTHORIZED));
  });

  it('strikes any call where it names no verb', async () => {
    const { object } = await rig.opened();
    await rig.qm.fault({ applName: 'one', times: 2, act: { reason: MQC.MQRC_RESOURCE_PROBLEM } });
    await expect(rig.one.put(object, 'x')).rejects.toMatchObject(reason(MQC.MQRC_RESOURCE_PROBLEM));
    await expect(rig.one.backOut()).rejects.toMatchObject(reason(MQC.MQRC_RESOURCE_PROBLEM));
    await rig.one.backOut();
  });

  it('strikes a commit by a queue that its unit has touched', async () => {
    const { queue, object } = await rig.opened();
    await rig.qm.fault({ verb: 'CMIT', queue, act: { reason: MQC.MQRC_RESOURCE_PROBLEM } });
    await rig.one.put1(await rig.queue(), 'elsewhere', putInUnit);
    await rig.one.commit();
    await rig.one.put(object, 'here', putInUnit);
    await expect(rig.one.commit()).rejects.toMatchObject(reason(MQC.MQRC_RESOURCE_PROBLEM));
    await rig.one.commit();
    expect(await rig.texts(queue)).toEqual(['here']);
  });

  it('backs the unit out when it answers a commit with 2003', async () => {
    const { queue, object } = await rig.opened();
    await rig.qm.put(queue, 'got');
    await rig.qm.fault({ verb: 'CMIT', act: { reason: MQC.MQRC_BACKED_OUT } });
    await rig.one.get(object, getInUnit);
    await rig.one.put(object, 'put', putInUnit);
    await expect(rig.one.commit()).rejects.toMatchObject(reason(MQC.MQRC_BACKED_OUT));
    const [left, ...more] = await rig.qm.browse(queue);
    expect([left?.text, left?.descriptor.BackoutCount, more.length]).toEqual(['got', 1, 0]);
  });

  it.each([
    ['before', []],
    ['after', ['message']],
  ] as const)('cuts the connection %s a commit takes effect', async (cut, left) => {
    const { program, queue, object } = await victim();
    await rig.qm.fault({ verb: 'CMIT', applName: 'victim', act: { cut } });
    await expect(program.commit()).rejects.toMatchObject(reason(MQC.MQRC_CONNECTION_BROKEN));
    await expect(program.get(object)).rejects.toMatchObject(reason(MQC.MQRC_CONNECTION_BROKEN));
    expect(await rig.texts(queue)).toEqual(left);
    expect((await rig.qm.units()).at(-1)).toMatchObject({ applName: 'victim', end: cut === 'before' ? 'lost' : 'commit' });
    await program.kill();
  });

  it.each([
    ['before', []],
    ['after', ['message']],
  ] as const)('is silent %s a commit takes effect, until the program is killed', async (silence, left) => {
    const { program, queue } = await victim();
    await rig.qm.fault({ verb: 'CMIT', applName: 'victim', act: { silence } });
    let hasAnswered = false;
    const commit = program.commit().finally(() => {
      hasAnswered = true;
    });
    await eventually(async () => (await rig.qm.faultsWaiting()) === 0, { what: 'the commit to be struck' });
    await stays(() => !hasAnswered, { what: 'no answer' });
    await program.kill();
    await expect(commit).rejects.toThrow('The program has ended.');
    await eventually(async () => !(await rig.qm.connections()).some(({ pid }) => pid === program.pid), { what: 'the end to be seen' });
    expect(await rig.texts(queue)).toEqual(left);
  });

  it('lets a call wait before it is done', async () => {
    const { queue, object } = await rig.opened();
    await rig.qm.fault({ verb: 'PUT', queue, act: { delay: 100 } });
    const began = performance.now();
    await rig.one.put(object, 'late');
    expect(performance.now() - began).toBeGreaterThanOrEqual(99);
    expect(await rig.texts(queue)).toEqual(['late']);
  });

  it('does nothing late for a connection that was cut while it waited', async () => {
    const { program, queue } = await victim();
    await rig.qm.fault({ verb: 'PUT1', times: 2, act: { delay: 1_000 } });
    const put = program.put1(queue, 'too late', putInUnit);
    await eventually(async () => (await rig.qm.faultsWaiting()) === 1, { what: 'the put to be struck' });
    await rig.qm.cut('victim');
    await expect(put).rejects.toMatchObject(reason(MQC.MQRC_CONNECTION_BROKEN));
    // It waits as long, and has begun later.
    await rig.one.put1(queue, 'in time');
    expect([await rig.texts(queue), await rig.qm.depth(queue)]).toEqual([['in time'], 1]);
    await program.kill();
  });

  it('can be taken back', async () => {
    const { queue, object } = await rig.opened();
    await rig.qm.fault({ verb: 'PUT', times: 100, act: { reason: MQC.MQRC_RESOURCE_PROBLEM } });
    await rig.qm.clearFaults();
    await rig.one.put(object, 'x');
    expect(await rig.texts(queue)).toEqual(['x']);
  });

  it('keeps a program from connecting', async () => {
    await rig.qm.fault({ verb: 'CONNX', act: { reason: MQC.MQRC_NOT_AUTHORIZED } });
    await expect(connected(rig.qm)).rejects.toMatchObject(reason(MQC.MQRC_NOT_AUTHORIZED));
  });
});
