import { execFile } from 'node:child_process';
import { symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { checkManifest, formatProblems, readManifest } from '@waybill/manifest';
import { temporaryFolder } from '@waybill/testing';
import { describe, expect, it } from 'vitest';
import { root } from '../../../scripts/generate/workspace.ts';
import { putterOf, takerOf } from '../src/counterpart.ts';

const sound = { transport: 'amqp', broker: 'artemis', hosts: ['mq1.example.com:5672', 'mq2', '[::1]:5672'], auth: 'anonymous' };

/** What is said of a manifest with this connection and these entries. */
async function problemsOf({ connection = {}, inbound = {}, outbound = {} }: Readonly<Record<string, object>>): Promise<string> {
  const folder = await temporaryFolder();
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
  const file = join(folder, 'waybill.json');
  const manifest = {
    plugins: ['@waybill/transport-amqp', '@waybill/journal-sqlite'],
    journal: { use: 'sqlite', path: './journal.db' },
    connections: { broker: { ...sound, ...connection } },
    inbound: { status: { connection: 'broker', queue: 'status', ...inbound } },
    outbound: { orders: { connection: 'broker', queue: 'orders', ...outbound } },
  };
  await writeFile(file, JSON.stringify(manifest, undefined, 2));
  const result = checkManifest(readManifest(file), { env: { MQ_PASSWORD: 'secret' } });
  return 'problems' in result ? formatProblems(result.problems) : '';
}

const plain = { user: 'waybill', password: '${env:MQ_PASSWORD}' };

describe('the other side of an entry', () => {
  const local = {
    broker: 'artemis',
    hosts: ['127.0.0.1:5672', '[::1]'],
    auth: 'anonymous',
    connectTimeout: 5_000,
    idleTimeout: 1_000,
    maxFrameSize: 65_536,
  };
  const connection = local;

  it.each<[string, object, object, object]>([
    ['puts what is taken', {}, { queue: 'a' }, { connection, endpoint: { queue: 'a' } }],
    [
      'asks for replies where they may go',
      {},
      { queue: 'a', replyQueues: ['r'] },
      { connection, endpoint: { queue: 'a', replyQueue: 'r' } },
    ],
    ['is not played where no reply may go', {}, { queue: 'a', replyQueues: [] }, { impossible: 'it may reply to no queue' }],
    [
      'is not played at a broker of others',
      { hosts: ['mq1:5672'] },
      { queue: 'a' },
      { impossible: 'its broker mq1:5672 is not on this machine' },
    ],
  ])('%s', (_, broker, source, told) => {
    expect(putterOf({ ...local, ...broker } as never, source as never)).toEqual(told);
  });

  it('takes what is put', () => {
    expect(takerOf(local as never, { queue: 'a' } as never)).toEqual({ connection, endpoint: { queue: 'a' } });
  });
});

describe('the check of a manifest', () => {
  it.each([
    ['as small as it can be', {}],
    ['with a password', { connection: { auth: { plain }, tls: {} } }],
    ['with the file of a password', { connection: { auth: { plain: { ...plain, password: { file: './password' } } } } }],
    ['with a password and a certificate', { connection: { auth: { plain: { ...plain, certificate: { cert: 'a', key: 'b' } } } } }],
    ['with a certificate', { connection: { auth: { external: { cert: 'a', key: 'b' } }, tls: { ca: 'c', serverName: 'mq' } } }],
    [
      'with every setting of an entry',
      { inbound: { limit: '1MB', giveUpAfter: 10, replyQueues: ['r'] }, outbound: { expiry: '1h', replyQueue: 'r' } },
    ],
  ])('finds nothing in one %s', async (_, manifest) => {
    expect(await problemsOf(manifest)).toBe('');
  });

  it.each([
    ['a kind of broker that is none', { connection: { broker: 'rabbit' } }, /broker/],
    ['no kind of broker', { connection: { broker: undefined } }, /broker/],
    ['no host', { connection: { hosts: [] } }, /hosts/],
    ['an address of the web as a host', { connection: { hosts: ['amqp://mq1:5672'] } }, /hosts/],
    ['no word about who this side is', { connection: { auth: undefined } }, /auth/],
    ['a password in the clear', { connection: { auth: { plain: { user: 'a', password: 'b' } } } }, /password/],
    ['a user without a password', { connection: { auth: { plain: { user: 'a' } } } }, /password/],
    ['a certificate without its key', { connection: { auth: { external: { cert: 'a' } } } }, /key/],
    ['a setting of TLS that is none', { connection: { tls: { servername: 'mq' } } }, /serverName/],
    ['a frame that is too small', { connection: { maxFrameSize: '100B' } }, /maxFrameSize/],
    ['a time without a unit', { connection: { idleTimeout: 30 } }, /idleTimeout/],
    ['no queue', { inbound: { queue: undefined } }, /queue/],
    ['a limit of attempts that leaves none', { inbound: { giveUpAfter: 2 } }, /giveUpAfter/],
    ['a misspelt setting', { outbound: { expires: '1h' } }, /expiry/],
  ])('explains %s', async (_, manifest, told) => {
    expect(await problemsOf(manifest)).toMatch(told);
  });

  it('loads nothing of the library, and neither does the plugin before it connects', async () => {
    // In a process of its own: other tests have loaded the library in this one.
    const script = `const { default: transport } = await import('@waybill/transport-amqp');
      const loaded = Object.keys(process.getBuiltinModule('node:module').createRequire(import.meta.url).cache);
      console.log(transport.name, loaded.filter((file) => file.includes('/rhea/')).length);`;
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], { cwd: import.meta.dirname });
    expect(stdout).toBe('amqp 0\n');
  });
});
