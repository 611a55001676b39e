import { eventually } from '@waybill/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MQC } from '../daemon/mqi.ts';
import { connected, type Program } from '../program/program.ts';
import { type QueueManager, startQueueManager } from '../queue-manager.ts';
import { forAll, getInUnit, isHere, putInUnit, reason } from './rig.ts';

const persistent = { Persistence: MQC.MQPER_PERSISTENT };

describe.runIf(isHere)('a queue manager that is killed and started again', () => {
  let qm: QueueManager;
  let program: Program;
  beforeAll(async () => {
    qm = await startQueueManager({ queues: { Q: { type: 'local' } } });
    program = await connected(qm);
  });
  afterAll(async () => {
    await program.kill();
    await qm.close();
  });

  /** Kills and starts it, and connects the program again. */
  async function crash(): Promise<void> {
    await qm.restart();
    await reconnect();
  }

  async function reconnect(): Promise<void> {
    await program.kill();
    program = await connected(qm);
  }

  const texts = async () => (await qm.take('Q')).map(({ text }) => text);

  it('has what is persistent and committed, nothing else', async () => {
    const { object } = await program.open('Q', forAll);
    await program.put(object, 'persistent', { descriptor: persistent });
    await program.put(object, 'not persistent');
    await program.put(object, 'not committed', { descriptor: persistent, ...putInUnit });
    await crash();
    expect(await texts()).toEqual(['persistent']);
  });

  it('has what was got in an open unit, and not what was got in a committed one', async () => {
    await qm.put('Q', 'committed');
    await qm.put('Q', 'open');
    const { object } = await program.open('Q', forAll);
    await program.get(object, getInUnit);
    await program.commit();
    await program.get(object, getInUnit);
    await crash();
    expect(await texts()).toEqual(['open']);
  });

  it('remembers how often a message was given back', async () => {
    await qm.put('Q', 'poison');
    const { object } = await program.open('Q', forAll);
    await program.get(object, getInUnit);
    await program.backOut();
    await crash();
    expect((await qm.take('Q')).map(({ descriptor }) => descriptor.BackoutCount)).toEqual([1]);
  });

  it('has ended every connection', async () => {
    const { object } = await program.open('Q', forAll);
    await qm.restart();
    await expect(program.get(object)).rejects.toMatchObject(reason(MQC.MQRC_CONNECTION_BROKEN));
    await expect(program.commit()).rejects.toMatchObject(reason(MQC.MQRC_CONNECTION_BROKEN));
    await expect(program.disconnect()).rejects.toMatchObject(reason(MQC.MQRC_CONNECTION_BROKEN));
    await expect(program.commit()).rejects.toMatchObject(reason(MQC.MQRC_HCONN_ERROR));
    await reconnect();
  });

  it.each([
    ['before a commit', 'before', []],
    ['in the middle of a commit', 'during', []],
    ['after a commit', 'after', ['put', 'put too']],
  ] as const)('has all of a unit or nothing when it is killed %s', async (_, when, left) => {
    await qm.put('Q', 'got');
    const { object } = await program.open('Q', forAll);
    await program.get(object, getInUnit);
    for (const text of ['put', 'put too']) await program.put(object, text, { descriptor: persistent, ...putInUnit });
    await qm.fault({ verb: 'CMIT', act: { crash: when } });
    await expect(program.commit()).rejects.toMatchObject(reason(MQC.MQRC_CONNECTION_BROKEN));
    await eventually(() => qm.hasEnded, { what: 'the process to end' });
    await crash();
    expect(await texts()).toEqual(left.length > 0 ? left : ['got']);
  });
});
