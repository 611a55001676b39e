import { eventually } from '@waybill/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MQC } from '../daemon/mqi.ts';
import { getInUnit, isHere, putInUnit, Rig } from './rig.ts';

describe.runIf(isHere)('a report', () => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await Rig.start();
  });
  afterAll(() => rig.close());

  /** A queue, one for reports on its messages, and the descriptor of a message that wants them. */
  async function asking(report: number) {
    const answers = await rig.queue();
    return { ...(await rig.opened()), answers, descriptor: { Report: report, ReplyToQ: answers, Format: 'MQSTR' } };
  }

  const ids = async (queue: string) => (await rig.qm.browse(queue)).map(({ descriptor }) => descriptor.CorrelId.toString('hex'));

  it('of arrival comes with the commit of the put', async () => {
    const { object, answers, descriptor } = await asking(MQC.MQRO_COA);
    const { MsgId } = await rig.one.put(object, 'body', { descriptor, ...putInUnit });
    expect(await ids(answers)).toEqual([]);
    await rig.one.commit();
    const [report] = await rig.qm.browse(answers);
    expect(report?.descriptor).toMatchObject({ MsgType: MQC.MQMT_REPORT, Feedback: MQC.MQFB_COA, CorrelId: MsgId, Report: 0 });
    expect(report?.descriptor.MsgId).not.toEqual(MsgId);
    expect(report?.body.length).toBe(0);
  });

  it('of delivery comes with the commit of the get, once, however often it was backed out', async () => {
    const { object, answers, descriptor } = await asking(MQC.MQRO_COD);
    const { MsgId } = await rig.one.put(object, 'body', { descriptor });
    await rig.one.get(object, { options: MQC.MQGMO_BROWSE_FIRST });
    await rig.one.get(object, getInUnit);
    await rig.one.backOut();
    await rig.one.get(object, getInUnit);
    expect(await ids(answers)).toEqual([]);
    await rig.one.commit();
    expect(await ids(answers)).toEqual([MsgId.toString('hex')]);
    expect((await rig.qm.browse(answers))[0]?.descriptor.Feedback).toBe(MQC.MQFB_COD);
  });

  it('of expiry comes when the time is over, also where nobody looks', async () => {
    const { queue, object, answers, descriptor } = await asking(MQC.MQRO_EXPIRATION);
    const { MsgId } = await rig.one.put(object, 'body', { descriptor: { ...descriptor, Expiry: 2 } });
    expect(await rig.texts(queue)).toEqual(['body']);
    await eventually(async () => (await ids(answers)).length > 0, { what: 'the report' });
    expect((await rig.qm.browse(answers))[0]?.descriptor).toMatchObject({ Feedback: MQC.MQFB_EXPIRATION, CorrelId: MsgId });
    expect(await rig.texts(queue)).toEqual([]);
  });

  it('takes over the ids that it is asked to', async () => {
    const { object, answers, descriptor } = await asking(MQC.MQRO_COA | MQC.MQRO_PASS_MSG_ID | MQC.MQRO_PASS_CORREL_ID);
    const CorrelId = Buffer.from('the id of the first one!');
    const { MsgId } = await rig.one.put(object, 'body', { descriptor: { ...descriptor, CorrelId } });
    expect((await rig.qm.browse(answers))[0]?.descriptor).toMatchObject({ MsgId, CorrelId });
  });

  it('for another queue manager is on its way there', async () => {
    const { object, descriptor } = await asking(MQC.MQRO_COA);
    await rig.qm.define('QM9', { type: 'local' });
    await rig.one.put(object, 'body', { descriptor: { ...descriptor, ReplyToQ: 'ANSWERS', ReplyToQMgr: 'QM9' } });
    expect((await rig.qm.browse('QM9')).map(({ remote }) => remote)).toEqual([{ queue: 'ANSWERS', queueManager: 'QM9' }]);
  });

  it.each([
    ['100 bytes', MQC.MQRO_COA_WITH_DATA, 100],
    ['all', MQC.MQRO_COA_WITH_FULL_DATA, 150],
  ])('carries %s of the message where that is asked', async (_, report, length) => {
    const { object, answers, descriptor } = await asking(report);
    await rig.one.put(object, 'x'.repeat(150), { descriptor });
    const [seen] = await rig.qm.browse(answers);
    expect([seen?.text, seen?.descriptor.Format]).toEqual(['x'.repeat(length), 'MQSTR']);
  });

  it('is as persistent as its message, and survives a crash with what it tells of', async () => {
    const { queue, object, answers, descriptor } = await asking(MQC.MQRO_COA);
    await rig.one.put(object, 'body', { descriptor: { ...descriptor, Persistence: MQC.MQPER_PERSISTENT } });
    await rig.qm.restart();
    expect([await rig.texts(queue), (await ids(answers)).length]).toEqual([['body'], 1]);
  });
});

describe.runIf(isHere)('a message whose time is over', () => {
  it('is got by nobody', async () => {
    const rig = await Rig.start();
    try {
      const { queue, object } = await rig.opened();
      await rig.one.put(object, 'short-lived', { descriptor: { Expiry: 1 } });
      await rig.one.put(object, 'long-lived');
      await eventually(async () => (await rig.texts(queue)).length === 1, { what: 'the message to expire' });
      expect((await rig.one.get(object)).text).toBe('long-lived');
    } finally {
      await rig.close();
    }
  });
});
