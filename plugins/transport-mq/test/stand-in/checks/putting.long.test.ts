import { userInfo } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MQC } from '../daemon/mqi.ts';
import { connected } from '../program/program.ts';
import { type QueueManager, startQueueManager } from '../queue-manager.ts';
import { isHere, putInUnit, Rig, reason } from './rig.ts';

const id = (text: string) => Buffer.from(text.padEnd(24, '\0'), 'latin1');

describe.runIf(isHere)('a put', () => {
  let rig: Rig;
  let roomy: QueueManager;
  beforeAll(async () => {
    rig = await Rig.start({ maxMsgLength: 2_000 });
    const queues = { LARGE: { type: 'local', maxMsgLength: 50_000_000 } } as const;
    roomy = await startQueueManager({ maxMsgLength: 50_000_000, queues });
  });
  afterAll(async () => {
    await rig.close();
    await roomy.close();
  });

  it('makes a message id where none is given, each another one, and answers with it', async () => {
    const { queue, object } = await rig.opened();
    const made = [await rig.one.put(object, 'a'), await rig.one.put(object, 'b')].map(({ MsgId }) => MsgId.toString('hex'));
    expect((await rig.qm.browse(queue)).map(({ descriptor }) => descriptor.MsgId.toString('hex'))).toEqual(made);
    expect(new Set(made).size).toBe(2);
  });

  it('keeps a message id that is given, also twice, unless a new one is wanted', async () => {
    const { object } = await rig.opened();
    const descriptor = { MsgId: id('mine') };
    for (let count = 0; count < 2; count += 1) expect((await rig.one.put(object, 'x', { descriptor })).MsgId).toEqual(id('mine'));
    expect((await rig.one.put(object, 'x', { descriptor, options: MQC.MQPMO_NEW_MSG_ID })).MsgId).not.toEqual(id('mine'));
  });

  it('fills in who has put it and when', async () => {
    const { queue, object } = await rig.opened();
    await rig.one.put(object, 'x', { descriptor: { UserIdentifier: 'somebody', PutApplName: 'something', PutDate: '19991231' } });
    const [message] = await rig.qm.browse(queue);
    const now = new Date().toISOString().replaceAll(/\D/g, '');
    expect(message?.descriptor).toMatchObject({ UserIdentifier: userInfo().username.slice(0, 12), PutApplName: 'one' });
    expect(`${message?.descriptor.PutDate}${message?.descriptor.PutTime.slice(0, 2)}`).toMatch(
      new RegExp(`^(${now.slice(0, 8)}|${now.slice(0, 6)})`),
    );
    expect(message?.descriptor.PutTime).toMatch(/^\d{8}$/);
  });

  it('lets a program say so itself where the queue was opened for that', async () => {
    const queue = await rig.queue();
    const { object } = await rig.one.open(queue, MQC.MQOO_OUTPUT | MQC.MQOO_SET_ALL_CONTEXT);
    const context = { UserIdentifier: 'somebody', PutApplName: 'something', PutDate: '19991231', PutTime: '23595900' };
    await rig.one.put(object, 'x', { descriptor: context, options: MQC.MQPMO_SET_ALL_CONTEXT });
    expect((await rig.qm.browse(queue))[0]?.descriptor).toMatchObject(context);
    const plain = await rig.one.open(queue, MQC.MQOO_OUTPUT);
    const put = rig.one.put(plain.object, 'x', { descriptor: context, options: MQC.MQPMO_SET_ALL_CONTEXT });
    await expect(put).rejects.toMatchObject(reason(MQC.MQRC_NOT_OPEN_FOR_SET_ALL));
  });

  it('cannot pass a context on, which the package has no way to ask for', async () => {
    const { object } = await rig.opened();
    const put = rig.one.put(object, 'x', { options: MQC.MQPMO_PASS_ALL_CONTEXT });
    await expect(put).rejects.toMatchObject(reason(MQC.MQRC_CONTEXT_HANDLE_ERROR));
  });

  it.each([
    [false, MQC.MQPER_NOT_PERSISTENT],
    [true, MQC.MQPER_PERSISTENT],
  ])('is as persistent as the queue says (%s) when the message does not say', async (persistent, expected) => {
    const { object } = await rig.opened({ persistent });
    expect((await rig.one.put(object, 'x', { descriptor: { Persistence: MQC.MQPER_PERSISTENCE_AS_Q_DEF } })).Persistence).toBe(expected);
  });

  it('takes the priority of the queue when the message does not say', async () => {
    const { object } = await rig.opened({ priority: 4 });
    expect((await rig.one.put(object, 'x', { descriptor: { Priority: MQC.MQPRI_PRIORITY_AS_Q_DEF } })).Priority).toBe(4);
  });

  it('stamps the code page of the client where none is given, whatever the bytes are', async () => {
    const { object } = await rig.opened();
    expect((await rig.one.put(object, 'ü', { descriptor: { CodedCharSetId: 0 } })).CodedCharSetId).toBe(819);
    expect((await rig.one.put(object, 'ü', { descriptor: { CodedCharSetId: 1208 } })).CodedCharSetId).toBe(1208);
  });

  it('makes an id for a group, and keeps what the program says of it', async () => {
    const { queue, object } = await rig.opened();
    const { GroupId } = await rig.one.put(object, 'a', { descriptor: { MsgFlags: MQC.MQMF_MSG_IN_GROUP } });
    await rig.one.put(object, 'b', { descriptor: { MsgFlags: MQC.MQMF_LAST_MSG_IN_GROUP, GroupId, MsgSeqNumber: 2 } });
    const seen = (await rig.qm.browse(queue)).map(({ descriptor }) => [descriptor.GroupId, descriptor.MsgSeqNumber, descriptor.MsgFlags]);
    expect(seen).toEqual([
      [GroupId, 1, MQC.MQMF_MSG_IN_GROUP],
      [GroupId, 2, MQC.MQMF_LAST_MSG_IN_GROUP],
    ]);
    expect(GroupId.every((byte) => byte === 0)).toBe(false);
  });

  it('names the queue manager of the reply queue', async () => {
    const { object } = await rig.opened();
    expect((await rig.one.put(object, 'x', { descriptor: { ReplyToQ: 'ANSWERS' } })).ReplyToQMgr).toBe('QM1');
  });

  it('carries any bytes, none included', async () => {
    const { object } = await rig.opened();
    const bytes = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
    await rig.one.put(object, bytes);
    await rig.one.put(object, Buffer.alloc(0));
    expect((await rig.one.get(object)).body).toEqual(bytes);
    expect((await rig.one.get(object)).length).toBe(0);
  });

  it('carries large messages, as far as queue and channel let it', async () => {
    const large = await connected(roomy, { hosts: 'localhost', maxMsgLength: 50_000_000 });
    const { object } = await large.open('LARGE', MQC.MQOO_OUTPUT | MQC.MQOO_INPUT_SHARED);
    const bytes = Buffer.alloc(20_000_000, 'waybill');
    await large.put(object, bytes);
    const got = await large.get(object, { room: 50_000_000 });
    expect(got.length).toBe(20_000_000);
    expect(got.body.equals(bytes)).toBe(true);
    await large.kill();
  });

  it('is refused when the queue is full, counting what is put in open units', async () => {
    const { queue, object } = await rig.opened({ maxDepth: 2 });
    await rig.one.put(object, 'a');
    await rig.one.put(object, 'b', putInUnit);
    await expect(rig.other.put1(queue, 'c')).rejects.toMatchObject(reason(MQC.MQRC_Q_FULL));
    await rig.one.backOut();
    await rig.other.put1(queue, 'c');
    expect(await rig.texts(queue)).toEqual(['a', 'c']);
  });

  it('is refused where putting is inhibited', async () => {
    const { object } = await rig.opened({ putInhibited: true });
    await expect(rig.one.put(object, 'x')).rejects.toMatchObject(reason(MQC.MQRC_PUT_INHIBITED));
  });

  it('is refused a message that is too long for the queue, the queue manager or the channel', async () => {
    const { queue, object } = await rig.opened({ maxMsgLength: 1_000 });
    await expect(rig.one.put(object, Buffer.alloc(1_001))).rejects.toMatchObject(reason(MQC.MQRC_MSG_TOO_BIG_FOR_Q));
    await expect(rig.one.put(object, Buffer.alloc(2_001))).rejects.toMatchObject(reason(MQC.MQRC_MSG_TOO_BIG_FOR_Q_MGR));
    await rig.one.put(object, Buffer.alloc(1_000));
    const client = await connected(rig.qm, { hosts: 'localhost', maxMsgLength: 500 });
    await expect(client.put1(queue, Buffer.alloc(501))).rejects.toMatchObject(reason(MQC.MQRC_DATA_LENGTH_ERROR));
    await client.kill();
  });

  it.each([
    ['a request', { MsgType: MQC.MQMT_REQUEST }, MQC.MQRC_MISSING_REPLY_TO_Q],
    ['a message whose arrival is to be reported', { Report: MQC.MQRO_COA }, MQC.MQRC_MISSING_REPLY_TO_Q],
    ['a message without a lifetime', { Expiry: 0 }, MQC.MQRC_EXPIRY_ERROR],
    ['a priority below all', { Priority: -2 }, MQC.MQRC_PRIORITY_ERROR],
    ['a persistence that there is not', { Persistence: 7 }, MQC.MQRC_PERSISTENCE_ERROR],
  ])('is refused %s without what it needs', async (_, descriptor, code) => {
    const { object } = await rig.opened();
    await expect(rig.one.put(object, 'x', { descriptor })).rejects.toMatchObject(reason(code));
  });

  it('takes a request whose correlation is left to the one who answers', async () => {
    const { object } = await rig.opened();
    const descriptor = { MsgType: MQC.MQMT_REQUEST, Report: MQC.MQRO_PASS_CORREL_ID, ReplyToQ: 'ANSWERS' };
    expect(await rig.one.put(object, 'x', { descriptor })).toMatchObject({ Report: MQC.MQRO_PASS_CORREL_ID });
  });

  it('by Put1 names the queue and leaves nothing open', async () => {
    const queue = await rig.queue();
    await rig.one.put1(queue, 'x');
    await expect(rig.one.put1('NOWHERE', 'x')).rejects.toMatchObject(reason(MQC.MQRC_UNKNOWN_OBJECT_NAME));
    expect(await rig.texts(queue)).toEqual(['x']);
    const seen = (await rig.qm.connections()).find(({ applName }) => applName === 'one');
    expect(seen?.objects).not.toContain(queue);
  });

  it('needs a queue that is open for it', async () => {
    const { object } = await rig.one.open(await rig.queue(), MQC.MQOO_INPUT_SHARED);
    await expect(rig.one.put(object, 'x')).rejects.toMatchObject(reason(MQC.MQRC_NOT_OPEN_FOR_OUTPUT));
  });
});
