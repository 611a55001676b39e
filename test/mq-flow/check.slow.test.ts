import { existsSync, readFileSync } from 'node:fs';
import { symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '@waybill/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasStandIn } from '../../plugins/transport-mq/test/stand-in/library.ts';
import { type QueueManager, startQueueManager } from '../../plugins/transport-mq/test/stand-in/queue-manager.ts';
import { root } from '../../scripts/generate/workspace.ts';
import { type Ended, run } from '../house/commands.ts';

const isHere = hasStandIn('`waybill check --connect` was not tried on a queue manager');

let qm: QueueManager;

beforeAll(async () => {
  if (isHere)
    qm = await startQueueManager({ sync: false, queues: { THERE: { type: 'local' }, CLOSED: { type: 'local', deny: ['input'] } } });
});

afterAll(() => qm?.close());

/** Runs `waybill check` in a folder with this manifest. */
async function check(manifest: object, args: readonly string[], env: object = {}): Promise<Ended> {
  const cwd = await temporaryFolder();
  await symlink(join(root, 'node_modules'), join(cwd, 'node_modules'), 'junction');
  await writeFile(join(cwd, 'waybill.json'), JSON.stringify(manifest, undefined, 2));
  const { LD_LIBRARY_PATH: _, ...own } = process.env;
  return run(process.execPath, [join(root, 'packages/cli/bin/waybill.js'), 'check', ...args], { cwd, env: { ...own, ...env } });
}

const base = {
  plugins: ['@waybill/transport-mq', '@waybill/journal-sqlite', '@waybill/pack-fulfillment'],
  journal: { use: 'sqlite', path: './journal.db' },
};

describe('checking a manifest with MQ', () => {
  it('explains each wrong setting, where neither the package nor its client library is loaded', async () => {
    const { code, stdout } = await check(JSON.parse(readFileSync(join(import.meta.dirname, 'wrong.json'), 'utf8')) as object, []);
    expect(code).toBe(1);
    await expect(stdout).toMatchFileSnapshot('golden/wrong.txt');
  });

  // Where IBM's client is installed, it is found.
  it.runIf(!existsSync('/opt/mqm'))('tells that the client library is missing, with what to do, as soon as it has to connect', async () => {
    const manifest = { ...base, connections: { mq: { transport: 'mq', server: 'bindings' } } };
    const { code, stdout } = await check(manifest, ['--connect', '--json'], { LD_LIBRARY_PATH: '/nowhere' });
    expect([code, stdout]).toEqual([1, expect.stringContaining('WB_MQ_NO_LIBRARY')]);
    expect(stdout).toContain('npm install ibmmq@2');
  });

  it.runIf(isHere)('tries the queue manager, and each queue', async () => {
    const manifest = {
      ...base,
      connections: {
        there: { transport: 'mq', queueManager: 'QM1', server: { hosts: ['localhost(1414)'], channel: 'CHECK' } },
        gone: { transport: 'mq', queueManager: 'QM9', server: { hosts: ['localhost(1414)'], channel: 'CHECK' } },
      },
      inbound: {
        right: { connection: 'there', queue: 'THERE' },
        unknown: { connection: 'there', queue: 'NOT.THERE' },
        forbidden: { connection: 'there', queue: 'CLOSED' },
      },
      outbound: { open: { connection: 'there', queue: 'CLOSED' }, missing: { connection: 'there', queue: 'NOT.THERE' } },
    };
    const { code, stdout } = await check(manifest, ['--connect', '--json'], qm.env);
    const { probed } = JSON.parse(stdout) as { probed: readonly { name: string; kind: string; ok: boolean; error?: { code: string } }[] };
    expect(code).toBe(1);
    expect(probed.filter(({ kind }) => kind !== 'journal').map(({ name, error }) => [name, error?.code])).toEqual(
      expect.arrayContaining([
        ['there', undefined],
        ['gone', 'WB_MQ_CONFIGURATION'],
        ['right', undefined],
        ['unknown', 'WB_MQ_CONFIGURATION'],
        ['forbidden', 'WB_MQ_NOT_AUTHORIZED'],
        ['open', undefined],
        ['missing', 'WB_MQ_CONFIGURATION'],
      ]),
    );
  });
});
