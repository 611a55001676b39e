import { execFileSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventually, temporaryFolder } from '@waybill/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { MqListener } from '../../src/receiving/mq-listener.ts';
import type { MqSettings } from '../../src/settings.ts';
import { accepted, textOf } from '../world.ts';
import { client, context, forever, isHere, source, World } from './world.ts';

const world = World.forThisFile();

describe.runIf(isHere)('a process that holds a connection', () => {
  it('is found under the name of the application, on the second of two hosts', async () => {
    const connection = world.connect({ application: 'order-flow' });
    await connection.open(100_000, forever);
    const [seen] = (await world.qm.connections()).filter(({ applName }) => applName === 'order-flow');
    expect([seen?.host, seen?.channel, seen?.user]).toEqual(['localhost(1414)', 'WAYBILL.SVRCONN', 'anna']);
  });

  it('ends with its parent, and leaves its unit to the queue manager', async () => {
    const name = await world.queue();
    await world.qm.put(name, 'A');
    const parent = join(import.meta.dirname, 'parent.ts');
    execFileSync(process.execPath, [parent, name], { env: { ...process.env, ...world.qm.env }, stdio: ['ignore', 'ignore', 'inherit'] });
    await eventually(async () => (await world.qm.browse(name)).length === 1, { what: 'the message on its queue' });
    const ends = (await world.qm.units()).filter(({ got }) => got.some((one) => one.queue === name)).map(({ end }) => end);
    expect(ends).toEqual(['lost']);
  });
});

describe.runIf(isHere)('who Waybill is to the queue manager', () => {
  it('is read anew at each attempt to connect', async () => {
    const file = join(await temporaryFolder(), 'password');
    writeFileSync(file, 'wrong\n');
    const connection = world.connect({ credentials: { user: 'bert', passwordFile: file } });
    await expect(connection.open(1_000, forever)).rejects.toMatchObject({
      code: 'WB_MQ_NOT_AUTHORIZED',
      retryable: true,
      retryAfter: 30_000,
    });
    writeFileSync(file, 'other\n');
    await connection.open(1_000, forever);
    await expect(world.connect({ credentials: { user: 'bert', passwordFile: `${file}.none` } }).open(1_000, forever)).rejects.toMatchObject(
      {
        code: 'WB_MQ_SECRET_FILE',
      },
    );
  });

  it('may be a token', async () => {
    const file = join(await temporaryFolder(), 'token');
    writeFileSync(file, 'a.token');
    await expect(world.connect({ credentials: { tokenFile: file } }).open(1_000, forever)).resolves.toBeDefined();
  });
});

describe.runIf(isHere)('settings that the queue manager does not take', () => {
  it.each([
    [{ queueManager: 'QM2' }, 'WB_MQ_CONFIGURATION', false],
    [{ server: { ...client, channel: 'OTHER' } }, 'WB_MQ_CONFIGURATION', false],
    [{ server: { hosts: ['nowhere(1414)'], channel: 'WAYBILL.SVRCONN' } }, 'WB_MQ_UNREACHABLE', true],
    [{ server: { ccdt: 'file:///nowhere.json' } }, 'WB_MQ_CONFIGURATION', false],
    [{ server: { ...client, hosts: Array.from({ length: 20 }, () => 'mq.example.com(1414)') } }, 'WB_MQ_CONFIGURATION', false],
    [{ credentials: undefined }, 'WB_MQ_NOT_AUTHORIZED', true],
  ] as const)('are told: %j', async (more, code, retryable) => {
    await expect(world.connect(more as Partial<MqSettings>).open(1_000, forever)).rejects.toMatchObject({ code, retryable });
  });

  it('that need a right which this user lacks are told, or done without', async () => {
    const [closed, unseen] = [await world.queue({ deny: ['input'] }), await world.queue({ deny: ['browse', 'inquire'] })];
    await expect(MqListener.open(world.connect(), source(closed), context)).rejects.toMatchObject({ code: 'WB_MQ_NOT_AUTHORIZED' });
    await world.qm.put(unseen, 'A');
    const texts: string[] = [];
    await world.receive(await MqListener.open(world.connect(), source(unseen), context), async (delivery) => {
      texts.push(textOf(delivery));
      return accepted;
    });
    await world.empty(unseen);
    expect(texts).toEqual(['A']);
  });

  // Where IBM's client is installed, it is found.
  it.runIf(!existsSync('/opt/mqm'))('without the client library are told in one sentence, with what to do', async () => {
    const { LD_LIBRARY_PATH } = process.env;
    delete process.env['LD_LIBRARY_PATH'];
    onTestFinished(() => void (process.env['LD_LIBRARY_PATH'] = LD_LIBRARY_PATH));
    const opening = world.connect().open(1_000, forever);
    await expect(opening).rejects.toMatchObject({
      code: 'WB_MQ_NO_LIBRARY',
      retryable: false,
      hint: expect.stringContaining('npm install ibmmq@2'),
    });
    await expect(opening).rejects.toThrow(/^Queue manager QM1 cannot be used: the package "ibmmq" cannot load IBM's client library: .+\.$/);
  });
});
