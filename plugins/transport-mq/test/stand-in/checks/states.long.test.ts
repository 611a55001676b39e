import { eventually } from '@waybill/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { MQC } from '../daemon/mqi.ts';
import { type Program, startProgram } from '../program/program.ts';
import { type QueueManager, startQueueManager } from '../queue-manager.ts';
import { forAll, getInUnit, isHere, putInUnit, reason } from './rig.ts';

describe.runIf(isHere)('a queue manager', () => {
  let qm: QueueManager;
  let program: Program;
  let other: Program;
  let object: number;
  beforeAll(async () => {
    qm = await startQueueManager({ queues: { Q: { type: 'local' } } });
    [program, other] = [startProgram(qm.env), startProgram(qm.env)];
  });
  afterAll(async () => {
    await Promise.all([program.kill(), other.kill()]);
    await qm.close();
  });
  beforeEach(async () => {
    await program.connect('QM1', { applName: 'worker' });
    ({ object } = await program.open('Q', forAll));
  });
  afterEach(async () => {
    await qm.start();
    // Some tests have ended the connection already.
    await program.disconnect().catch(() => undefined);
    await qm.take('Q');
  });

  const isWaiting = () =>
    eventually(async () => (await qm.connections()).some(({ waitsOn }) => waitsOn === 'Q'), { what: 'the get to wait' });

  it('that quiesces lets units be finished and nothing be begun', async () => {
    await program.put(object, 'in hand', putInUnit);
    await qm.quiesce();
    for (const call of [() => program.get(object), () => program.put(object, 'x'), () => other.connect('QM1')]) {
      await expect(call()).rejects.toMatchObject(reason(MQC.MQRC_Q_MGR_QUIESCING));
    }
    await expect(program.open('Q', MQC.MQOO_OUTPUT | MQC.MQOO_FAIL_IF_QUIESCING)).rejects.toMatchObject(reason(MQC.MQRC_Q_MGR_QUIESCING));
    await program.commit();
    expect((await qm.browse('Q')).map(({ text }) => text)).toEqual(['in hand']);
    await qm.resume();
    expect((await program.get(object)).text).toBe('in hand');
  });

  it('that quiesces ends the waits of its programs', async () => {
    const got = program.get(object, { wait: 30_000 });
    await isWaiting();
    await qm.quiesce();
    await expect(got).rejects.toMatchObject(reason(MQC.MQRC_Q_MGR_QUIESCING));
  });

  it('that ends backs out what is open and tells its programs', async () => {
    await qm.put('Q', 'got');
    await program.get(object, getInUnit);
    await program.put(object, 'put', putInUnit);
    await qm.end();
    await expect(program.commit()).rejects.toMatchObject(reason(MQC.MQRC_Q_MGR_STOPPING));
    await expect(program.commit()).rejects.toMatchObject(reason(MQC.MQRC_CONNECTION_BROKEN));
    await expect(other.connect('QM1')).rejects.toMatchObject(reason(MQC.MQRC_Q_MGR_NOT_AVAILABLE));
    await qm.start();
    expect(await qm.browse('Q')).toEqual([
      expect.objectContaining({ text: 'got', descriptor: expect.objectContaining({ BackoutCount: 1 }) }),
    ]);
  });

  it('that ends also ends the waits of its programs', async () => {
    const got = program.get(object, { wait: 30_000 });
    await isWaiting();
    await qm.end();
    await expect(got).rejects.toMatchObject(reason(MQC.MQRC_Q_MGR_STOPPING));
    await expect(program.get(object)).rejects.toMatchObject(reason(MQC.MQRC_CONNECTION_BROKEN));
  });

  it('that has ended has lost what is not persistent', async () => {
    await program.put(object, 'persistent', { descriptor: { Persistence: MQC.MQPER_PERSISTENT } });
    await program.put(object, 'not persistent', { descriptor: { Persistence: MQC.MQPER_NOT_PERSISTENT } });
    await qm.end();
    await qm.start();
    expect((await qm.browse('Q')).map(({ text }) => text)).toEqual(['persistent']);
  });

  it('loses connections when the network cuts them, of one application or of all', async () => {
    await other.connect('QM1', { applName: 'other' });
    await program.put(object, 'x', putInUnit);
    await qm.cut('worker');
    await expect(program.commit()).rejects.toMatchObject(reason(MQC.MQRC_CONNECTION_BROKEN));
    await other.commit();
    await qm.cut();
    await expect(other.commit()).rejects.toMatchObject(reason(MQC.MQRC_CONNECTION_BROKEN));
    expect(await qm.depth('Q')).toBe(0);
  });

  it('ends with whoever has started it', async () => {
    const orphan = await startQueueManager();
    orphan.letGo();
    await eventually(() => orphan.hasEnded, { what: 'its process to end' });
    await expect(orphan.depth('Q')).rejects.toThrow('The queue manager');
    await orphan.close();
  });
});
