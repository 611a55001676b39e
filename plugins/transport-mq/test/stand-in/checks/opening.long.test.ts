import { eventually } from '@waybill/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MQC } from '../daemon/mqi.ts';
import { connected } from '../program/program.ts';
import { forAll, isHere, putInUnit, Rig, reason } from './rig.ts';

describe.runIf(isHere)('an open', () => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await Rig.start({ maxHandles: 100 });
  });
  afterAll(() => rig.close());

  it('of a queue that there is not is refused', async () => {
    await expect(rig.one.open('NOWHERE', forAll)).rejects.toMatchObject(reason(MQC.MQRC_UNKNOWN_OBJECT_NAME));
  });

  it('is refused what the queue denies, and that alone', async () => {
    const queue = await rig.queue({ deny: ['input', 'inquire', 'context'] });
    await rig.one.open(queue, MQC.MQOO_OUTPUT | MQC.MQOO_BROWSE);
    for (const options of [MQC.MQOO_INPUT_SHARED, MQC.MQOO_INPUT_EXCLUSIVE, MQC.MQOO_INQUIRE, MQC.MQOO_SET_ALL_CONTEXT]) {
      await expect(rig.one.open(queue, options | MQC.MQOO_OUTPUT)).rejects.toMatchObject(reason(MQC.MQRC_NOT_AUTHORIZED));
    }
  });

  it('for input alone keeps others from input of any kind, until it is closed', async () => {
    const queue = await rig.queue();
    const { object } = await rig.one.open(queue, MQC.MQOO_INPUT_EXCLUSIVE);
    for (const options of [MQC.MQOO_INPUT_SHARED, MQC.MQOO_INPUT_EXCLUSIVE, MQC.MQOO_INPUT_AS_Q_DEF]) {
      await expect(rig.other.open(queue, options)).rejects.toMatchObject(reason(MQC.MQRC_OBJECT_IN_USE));
    }
    await rig.other.open(queue, MQC.MQOO_OUTPUT | MQC.MQOO_BROWSE);
    await rig.one.close(object);
    await rig.other.open(queue, MQC.MQOO_INPUT_SHARED);
  });

  it('for input alone is refused while others share', async () => {
    const queue = await rig.queue();
    const { object } = await rig.one.open(queue, MQC.MQOO_INPUT_SHARED);
    await rig.other.open(queue, MQC.MQOO_INPUT_SHARED);
    await expect(rig.other.open(queue, MQC.MQOO_INPUT_EXCLUSIVE)).rejects.toMatchObject(reason(MQC.MQRC_OBJECT_IN_USE));
    await rig.one.close(object);
  });

  it('for input alone ends with a killed process', async () => {
    const queue = await rig.queue();
    const program = await connected(rig.qm);
    await program.open(queue, MQC.MQOO_INPUT_EXCLUSIVE);
    await program.kill();
    const { resolved } = await eventually(() => rig.one.open(queue, MQC.MQOO_INPUT_EXCLUSIVE), { what: 'the queue to be free' });
    expect(resolved).toBe(queue);
  });

  it.each([
    ['its default', { defaultInput: 'exclusive' } as const, MQC.MQOO_INPUT_AS_Q_DEF],
    ['not shareable', { shareable: false } as const, MQC.MQOO_INPUT_SHARED],
  ])('is for one alone where the queue says so: %s', async (_, attributes, options) => {
    const queue = await rig.queue(attributes);
    await rig.one.open(queue, options);
    await expect(rig.other.open(queue, options)).rejects.toMatchObject(reason(MQC.MQRC_OBJECT_IN_USE));
  });

  it('of an alias leads to the queue behind it', async () => {
    const base = await rig.queue();
    await rig.qm.define('ALIAS', { type: 'alias', target: base });
    const { object, resolved } = await rig.one.open('ALIAS', MQC.MQOO_OUTPUT);
    await rig.one.put(object, 'through the alias');
    expect([resolved, await rig.texts(base), await rig.texts('ALIAS')]).toEqual([base, ['through the alias'], ['through the alias']]);
    await rig.qm.define('ALIAS.LOST', { type: 'alias', target: 'NOWHERE' });
    await expect(rig.one.open('ALIAS.LOST', MQC.MQOO_OUTPUT)).rejects.toMatchObject(reason(MQC.MQRC_UNKNOWN_ALIAS_BASE_Q));
  });

  it('of a model makes a queue under a name of its own', async () => {
    await rig.qm.define('MODEL', { type: 'model' });
    const [first, second] = [await rig.one.open('MODEL', forAll, 'REPLY.*'), await rig.one.open('MODEL', forAll, 'REPLY.*')];
    expect(first.name).toMatch(/^REPLY\.[0-9A-F]+$/);
    expect(second.name).not.toBe(first.name);
    await rig.other.put1(first.name, 'an answer');
    expect((await rig.one.get(first.object)).text).toBe('an answer');
    const named = await rig.one.open('MODEL', forAll, 'REPLY.MINE');
    expect(named.name).toBe('REPLY.MINE');
    await expect(rig.one.open('MODEL', forAll, 'REPLY.MINE')).rejects.toMatchObject(reason(MQC.MQRC_OBJECT_ALREADY_EXISTS));
  });

  it('of a model makes a queue that goes with the handle that made it', async () => {
    await rig.qm.define('MODEL', { type: 'model' });
    const { object, name } = await rig.one.open('MODEL', forAll, 'REPLY.*');
    await expect(rig.one.put(object, 'x', { descriptor: { Persistence: MQC.MQPER_PERSISTENT } })).rejects.toMatchObject(
      reason(MQC.MQRC_PERSISTENT_NOT_ALLOWED),
    );
    const other = await rig.other.open(name, MQC.MQOO_OUTPUT);
    await rig.one.close(object);
    await expect(rig.other.put(other.object, 'x')).rejects.toMatchObject(reason(MQC.MQRC_Q_DELETED));
    await expect(rig.other.open(name, MQC.MQOO_OUTPUT)).rejects.toMatchObject(reason(MQC.MQRC_UNKNOWN_OBJECT_NAME));
  });

  it('of a model makes a queue that goes with its program, also when something is on its way there', async () => {
    await rig.qm.define('MODEL', { type: 'model' });
    const program = await connected(rig.qm);
    const { name } = await program.open('MODEL', forAll, 'REPLY.*');
    await rig.other.put1(name, 'too late', putInUnit);
    await program.kill();
    await eventually(
      () =>
        rig.qm.depth(name).then(
          () => false,
          () => true,
        ),
      { what: 'the queue to be gone' },
    );
    await rig.other.commit();
    expect((await rig.qm.units()).at(-1)?.put[0]?.queue).toBe(name);
  });

  it('of a model may make a queue that stays until it is deleted', async () => {
    await rig.qm.define('MODEL.PERMANENT', { type: 'model', keeps: 'permanent' });
    const { object, name } = await rig.one.open('MODEL.PERMANENT', forAll, 'KEPT.*');
    await rig.one.put(object, 'kept', { descriptor: { Persistence: MQC.MQPER_PERSISTENT } });
    await rig.one.close(object);
    expect(await rig.texts(name)).toEqual(['kept']);
    const second = await rig.one.open('MODEL.PERMANENT', forAll, 'KEPT.*');
    await rig.one.put(second.object, 'lost');
    await expect(rig.one.close(second.object, MQC.MQCO_DELETE)).rejects.toMatchObject(reason(MQC.MQRC_Q_NOT_EMPTY));
    await rig.one.close(second.object, MQC.MQCO_DELETE_PURGE);
    await expect(rig.one.open(second.name, forAll)).rejects.toMatchObject(reason(MQC.MQRC_UNKNOWN_OBJECT_NAME));
  });

  it('says what it is for, and that once', async () => {
    const queue = await rig.queue();
    for (const options of [MQC.MQOO_FAIL_IF_QUIESCING, MQC.MQOO_INPUT_SHARED | MQC.MQOO_INPUT_EXCLUSIVE]) {
      await expect(rig.one.open(queue, options)).rejects.toMatchObject(reason(MQC.MQRC_OPTIONS_ERROR));
    }
  });

  it('of a queue of another queue manager leads to the queue that has the name of that one, and is for output alone', async () => {
    await expect(rig.one.openElsewhere('Q', 'QM9', MQC.MQOO_OUTPUT)).rejects.toMatchObject(reason(MQC.MQRC_UNKNOWN_OBJECT_Q_MGR));
    await rig.qm.define('QM9', { type: 'local' });
    await rig.one.put(await rig.one.openElsewhere('Q', 'QM9', MQC.MQOO_OUTPUT), 'far away');
    expect(await rig.qm.browse('QM9')).toEqual([
      expect.objectContaining({ text: 'far away', remote: { queue: 'Q', queueManager: 'QM9' } }),
    ]);
    const input = rig.one.openElsewhere('Q', 'QM9', MQC.MQOO_INPUT_SHARED);
    await expect(input).rejects.toMatchObject(reason(MQC.MQRC_OPTION_NOT_VALID_FOR_TYPE));
    await rig.one.put(await rig.one.openElsewhere(await rig.queue(), 'QM1', MQC.MQOO_OUTPUT), 'not so far');
    expect(await rig.qm.depth('QM9')).toBe(1);
  });

  it('is refused when the connection has too many', async () => {
    const queue = await rig.queue();
    const program = await connected(rig.qm);
    for (let count = 0; count < 100; count += 1) await program.open(queue, MQC.MQOO_OUTPUT);
    await expect(program.open(queue, MQC.MQOO_OUTPUT)).rejects.toMatchObject(reason(MQC.MQRC_HANDLE_NOT_AVAILABLE));
    await program.kill();
  });
});

describe.runIf(isHere)('attributes', () => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await Rig.start({ deadLetterQueue: 'DEAD' });
  });
  afterAll(() => rig.close());

  it('of a queue are inquired by its program', async () => {
    const { queue, object } = await rig.opened({ backoutThreshold: 3, backoutQueue: 'BACKOUT', maxDepth: 7, putInhibited: true });
    await rig.qm.put(queue, 'x');
    const selectors = [
      MQC.MQCA_BACKOUT_REQ_Q_NAME,
      MQC.MQIA_BACKOUT_THRESHOLD,
      MQC.MQIA_CURRENT_Q_DEPTH,
      MQC.MQIA_MAX_Q_DEPTH,
      MQC.MQIA_INHIBIT_PUT,
      MQC.MQIA_INHIBIT_GET,
      MQC.MQIA_OPEN_INPUT_COUNT,
      MQC.MQIA_Q_TYPE,
    ];
    expect(await rig.one.inquire(object, selectors)).toEqual({ values: ['BACKOUT', 3, 1, 7, 1, 0, 1, MQC.MQQT_LOCAL], warning: 0 });
  });

  it('that are blank come as one blank', async () => {
    const { object } = await rig.opened();
    expect((await rig.one.inquire(object, [MQC.MQCA_BACKOUT_REQ_Q_NAME])).values).toEqual([' ']);
  });

  it('of an alias are few: the others are answered with a warning, beside those that there are', async () => {
    const base = await rig.queue({ backoutThreshold: 3 });
    await rig.qm.define('ALIAS', { type: 'alias', target: base });
    const { object } = await rig.one.open('ALIAS', MQC.MQOO_INQUIRE);
    const { values, warning } = await rig.one.inquire(object, [MQC.MQIA_BACKOUT_THRESHOLD, MQC.MQCA_BASE_Q_NAME]);
    expect([values[1], warning]).toEqual([base, MQC.MQRC_SELECTOR_NOT_FOR_TYPE]);
    expect(values[0]).toBe(MQC.MQIAV_NOT_APPLICABLE);
  });

  it('of the queue manager name its dead letter queue', async () => {
    const object = await rig.one.openQueueManager();
    const selectors = [MQC.MQCA_DEAD_LETTER_Q_NAME, MQC.MQCA_Q_MGR_NAME, MQC.MQIA_MAX_UNCOMMITTED_MSGS];
    expect((await rig.one.inquire(object, selectors)).values).toEqual(['DEAD', 'QM1', 10_000]);
  });

  it('are refused to who has not asked for them', async () => {
    const { object } = await rig.one.open(await rig.queue(), MQC.MQOO_OUTPUT);
    await expect(rig.one.inquire(object, [MQC.MQIA_Q_TYPE])).rejects.toMatchObject(reason(MQC.MQRC_NOT_OPEN_FOR_INQUIRE));
  });
});
