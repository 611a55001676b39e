import { eventually } from '@waybill/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MQC } from '../daemon/mqi.ts';
import { connected } from '../program/program.ts';
import { forAll, getInUnit, isHere, putInUnit, Rig, reason } from './rig.ts';

describe.runIf(isHere)('a unit of work', () => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await Rig.start({ maxUncommitted: 5 });
  });
  afterAll(() => rig.close());

  it('shows nobody what was put in it, its own connection included, until it is committed', async () => {
    const { queue, object } = await rig.opened();
    await rig.one.put(object, 'new', putInUnit);
    await expect(rig.one.get(object)).rejects.toMatchObject(reason(MQC.MQRC_NO_MSG_AVAILABLE));
    expect(await rig.texts(queue)).toEqual([]);
    expect(await rig.qm.depth(queue)).toBe(1);
    await rig.one.commit();
    expect(await rig.texts(queue)).toEqual(['new']);
  });

  it('hides what was got in it, which no longer counts in the depth', async () => {
    const { queue, object } = await rig.opened();
    await rig.qm.put(queue, 'first');
    await rig.one.get(object, getInUnit);
    expect(await rig.qm.depth(queue)).toBe(0);
    const other = await rig.other.open(queue, forAll);
    await expect(rig.other.get(other.object)).rejects.toMatchObject(reason(MQC.MQRC_NO_MSG_AVAILABLE));
    await rig.one.commit();
    expect(await rig.qm.depth(queue)).toBe(0);
  });

  it('gives messages back into their old places when it is backed out, each with one backout more', async () => {
    const { queue, object } = await rig.opened();
    for (const text of ['a', 'b', 'c']) await rig.qm.put(queue, text);
    await rig.one.get(object, getInUnit);
    await rig.one.get(object, getInUnit);
    await rig.one.put(object, 'dropped', putInUnit);
    await rig.one.backOut();
    expect(await rig.texts(queue)).toEqual(['a', 'b', 'c']);
    const again = await rig.one.get(object, getInUnit);
    expect([again.text, again.descriptor.BackoutCount]).toEqual(['a', 1]);
    await rig.one.backOut();
    expect((await rig.qm.browse(queue)).map(({ descriptor }) => descriptor.BackoutCount)).toEqual([2, 1, 0]);
  });

  it('has no part in what is done without syncpoint', async () => {
    const { queue, object } = await rig.opened();
    await rig.one.put(object, 'in it', putInUnit);
    await rig.one.put(object, 'outside');
    await rig.one.backOut();
    expect(await rig.texts(queue)).toEqual(['outside']);
  });

  it('holds so many gets and puts and no more', async () => {
    const { queue, object } = await rig.opened();
    for (let count = 0; count < 5; count += 1) await rig.one.put(object, 'x', putInUnit);
    await expect(rig.one.put(object, 'x', putInUnit)).rejects.toMatchObject(reason(MQC.MQRC_SYNCPOINT_LIMIT_REACHED));
    await rig.one.commit();
    expect(await rig.qm.depth(queue)).toBe(5);
  });

  it('is committed by MQDISC, which the record of units tells', async () => {
    const queue = await rig.queue();
    const program = await connected(rig.qm, { applName: 'leaver' });
    await program.put1(queue, 'left behind', putInUnit);
    await program.disconnect();
    expect(await rig.texts(queue)).toEqual(['left behind']);
    const [{ descriptor } = { descriptor: undefined }] = await rig.qm.browse(queue);
    const msgId = descriptor?.MsgId.toString('hex');
    expect((await rig.qm.units()).at(-1)).toMatchObject({
      applName: 'leaver',
      pid: program.pid,
      got: [],
      put: [{ queue, msgId }],
      end: 'disc',
    });
    await program.kill();
  });

  it('is backed out when its process is killed', async () => {
    const queue = await rig.queue();
    await rig.qm.put(queue, 'kept');
    const program = await connected(rig.qm, { applName: 'victim' });
    const { object } = await program.open(queue, forAll);
    await program.get(object, getInUnit);
    await program.put(object, 'half done', putInUnit);
    expect(await rig.qm.connections()).toContainEqual(
      expect.objectContaining({ applName: 'victim', pid: program.pid, objects: [queue], unit: { got: 1, put: 1 } }),
    );
    await program.kill();
    await eventually(async () => (await rig.texts(queue)).length > 0, { what: 'the message to be given back' });
    const [message] = await rig.qm.browse(queue);
    expect([message?.text, message?.descriptor.BackoutCount]).toEqual(['kept', 1]);
    expect((await rig.qm.units()).at(-1)).toMatchObject({ applName: 'victim', end: 'lost' });
  });

  it('stands in the record with how it ended', async () => {
    const { queue, object } = await rig.opened();
    const before = (await rig.qm.units()).length;
    await rig.one.put(object, 'at once');
    await rig.one.get(object, getInUnit);
    await rig.one.backOut();
    await rig.one.get(object, getInUnit);
    await rig.one.commit();
    const records = (await rig.qm.units()).slice(before);
    expect(records.map(({ end, got, put }) => [end, got.length, put.length])).toEqual([
      ['outside', 0, 1],
      ['backout', 1, 0],
      ['commit', 1, 0],
    ]);
    expect(records[1]?.got[0]?.queue).toBe(queue);
  });
});
