import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { temporaryFolder } from '@waybill/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MQC } from '../daemon/mqi.ts';
import { connected, type Program, startProgram } from '../program/program.ts';
import type { ConnectOptions } from '../program/session.ts';
import { type QueueManager, startQueueManager } from '../queue-manager.ts';
import { isHere, reason } from './rig.ts';

describe.runIf(isHere)('a connection', () => {
  let [first, second]: QueueManager[] = [];
  let program: Program;
  beforeAll(async () => {
    first = await startQueueManager({ hosts: ['one(1414)', 'also-one(1500)'], channels: ['APP.SVRCONN'], maxConnections: 3 });
    second = await startQueueManager({
      name: 'QM2',
      hosts: ['two(1414)'],
      users: { shop: 'secret' },
      tokens: ['token'],
      cipher: 'TLS_AES_256_GCM_SHA384',
    });
    const both = `${first.env.WAYBILL_MQ_STAND_IN};${second.env.WAYBILL_MQ_STAND_IN}`;
    program = startProgram({ ...first.env, WAYBILL_MQ_STAND_IN: both });
  });
  afterAll(async () => {
    await program.kill();
    await first?.close();
    await second?.close();
  });

  /** Connects as a client and disconnects again. */
  async function reaches(name: string, options: ConnectOptions): Promise<void> {
    await program.connect(name, options);
    await program.disconnect();
  }

  it('is shown with its process, its application name, its host and its channel', async () => {
    await program.connect('QM1', { applName: 'waybill orders', hosts: 'also-one(1500)', channel: 'APP.SVRCONN' });
    expect(await first?.connections()).toEqual([
      expect.objectContaining({
        pid: program.pid,
        applName: 'waybill orders',
        host: 'also-one(1500)',
        channel: 'APP.SVRCONN',
        objects: [],
      }),
    ]);
    await program.disconnect();
    await expect(program.commit()).rejects.toMatchObject(reason(MQC.MQRC_HCONN_ERROR));
  });

  it('without a host leads to the queue manager of this machine', async () => {
    await program.connect('');
    expect(await first?.connections()).toEqual([expect.objectContaining({ applName: 'node', host: '' })]);
    await program.disconnect();
  });

  it('takes the first host of a list that is there', async () => {
    await reaches('QM1', { hosts: 'nowhere(1414),one' });
    await expect(reaches('QM1', { hosts: 'nowhere(1414),one(1415)' })).rejects.toMatchObject(reason(MQC.MQRC_HOST_NOT_AVAILABLE));
  });

  it('passes by a host whose queue manager has ended', async () => {
    await first?.end();
    await expect(reaches('', { hosts: 'one(1414)' })).rejects.toMatchObject(reason(MQC.MQRC_Q_MGR_NOT_AVAILABLE));
    await expect(reaches('', { hosts: 'one(1414),two(1414)' })).rejects.toMatchObject(reason(MQC.MQRC_SSL_INITIALIZATION_ERROR));
    await first?.start();
    await reaches('', { hosts: 'one(1414)' });
  });

  it('is refused under the name of another queue manager', async () => {
    await expect(reaches('QM9', { hosts: 'one' })).rejects.toMatchObject(reason(MQC.MQRC_Q_MGR_NAME_ERROR));
    await expect(reaches('QM9', {})).rejects.toMatchObject(reason(MQC.MQRC_Q_MGR_NAME_ERROR));
    await reaches('*QM1', { hosts: 'one' });
  });

  it('is refused over a channel that there is not', async () => {
    await expect(reaches('QM1', { hosts: 'one', channel: 'OTHER' })).rejects.toMatchObject(reason(MQC.MQRC_UNKNOWN_CHANNEL_NAME));
  });

  it('is refused without the right user, password or token', async () => {
    const way = { hosts: 'two', cipher: 'TLS_AES_256_GCM_SHA384', keyRepository: join(await temporaryFolder(), 'key') };
    await writeFile(`${way.keyRepository}.kdb`, '');
    await expect(reaches('QM2', way)).rejects.toMatchObject(reason(MQC.MQRC_NOT_AUTHORIZED));
    await expect(reaches('QM2', { ...way, user: 'shop', password: 'guessed' })).rejects.toMatchObject(reason(MQC.MQRC_NOT_AUTHORIZED));
    await reaches('QM2', { ...way, user: 'shop', password: 'secret' });
    await reaches('QM2', { ...way, token: 'token' });
  });

  it('is refused with another cipher, or without the keys for it', async () => {
    const keyRepository = join(await temporaryFolder(), 'key.p12');
    const way = { hosts: 'two', user: 'shop', password: 'secret' };
    await expect(reaches('QM2', way)).rejects.toMatchObject(reason(MQC.MQRC_SSL_INITIALIZATION_ERROR));
    const cipher = 'ANY_TLS12_OR_HIGHER';
    await expect(reaches('QM2', { ...way, cipher, keyRepository })).rejects.toMatchObject(reason(MQC.MQRC_KEY_REPOSITORY_ERROR));
    await writeFile(keyRepository, '');
    await reaches('QM2', { ...way, cipher, keyRepository });
    const other = { ...way, cipher: 'TLS_CHACHA20_POLY1305_SHA256', keyRepository };
    await expect(reaches('QM2', other)).rejects.toMatchObject(reason(MQC.MQRC_SSL_INITIALIZATION_ERROR));
  });

  it('finds its channel in a table', async () => {
    const path = join(await temporaryFolder(), 'ccdt.json');
    const table = pathToFileURL(path).href;
    const channel = (host: string) => ({
      name: 'APP.SVRCONN',
      type: 'clientConnection',
      clientConnection: { connection: [{ host, port: 1500 }], queueManager: 'GROUP' },
    });
    await expect(reaches('*GROUP', { table })).rejects.toMatchObject(reason(MQC.MQRC_CCDT_URL_ERROR));
    await writeFile(path, JSON.stringify({ channel: [channel('also-one')] }));
    await reaches('*GROUP', { table });
    await expect(reaches('*OTHER', { table })).rejects.toMatchObject(reason(MQC.MQRC_Q_MGR_NAME_ERROR));
    await writeFile(path, JSON.stringify({ channel: [channel('nowhere')] }));
    await expect(reaches('*GROUP', { table })).rejects.toMatchObject(reason(MQC.MQRC_HOST_NOT_AVAILABLE));
  });

  it('may come from the environment', async () => {
    const env = { ...(first as QueueManager).env, MQSERVER: 'APP.SVRCONN/TCP/one(1414)' };
    const other = startProgram(env);
    await other.connect('QM1');
    expect(await first?.connections()).toEqual([expect.objectContaining({ host: 'one(1414)', channel: 'APP.SVRCONN' })]);
    await other.disconnect();
    await other.connect('QM1', { isLocal: true });
    expect(await first?.connections()).toEqual([expect.objectContaining({ host: '', channel: '' })]);
    await other.kill();
  });

  it('is one of several, up to the most that there may be', async () => {
    const queueManager = first as QueueManager;
    const programs = await Promise.all(['a', 'b', 'c'].map((applName) => connected(queueManager, { applName })));
    expect((await queueManager.connections()).map(({ applName }) => applName).sort()).toEqual(['a', 'b', 'c']);
    await expect(reaches('QM1', {})).rejects.toMatchObject(reason(MQC.MQRC_MAX_CONNS_LIMIT_REACHED));
    await Promise.all(programs.map((each) => each.kill()));
  });

  it('finds nobody where the process has been killed', async () => {
    await first?.kill();
    await expect(reaches('QM1', {})).rejects.toMatchObject(reason(MQC.MQRC_Q_MGR_NOT_AVAILABLE));
    await expect(reaches('QM1', { hosts: 'one' })).rejects.toMatchObject(reason(MQC.MQRC_HOST_NOT_AVAILABLE));
    await first?.restart();
    await reaches('QM1', { hosts: 'one' });
  });
});
