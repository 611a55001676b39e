import { join } from 'node:path';
import type { AnyTransport } from '@waybill/contract';
import fulfillment from '@waybill/pack-fulfillment';
import { temporaryFolder } from '@waybill/testing';
import file from '@waybill/transport-file';
import http from '@waybill/transport-http';
import queue from '@waybill/transport-queue';
import { describe, expect, it } from 'vitest';
import { farManifest } from '../../src/simulate/far-sides/far-manifest.ts';
import { farPacks } from '../../src/simulate/far-sides/far-pack.ts';
import { checked } from './far-side.ts';

const { outgoing } = farPacks([fulfillment], []);
const transports = new Map<string, AnyTransport>([file, http, queue].map((each) => [each.name, each as AnyTransport]));

async function farOf(
  parts: object,
  {
    only,
    env,
    transports: its = transports,
  }: {
    readonly only?: readonly string[];
    readonly env?: Readonly<Record<string, string>>;
    readonly transports?: ReadonlyMap<string, AnyTransport>;
  } = {},
) {
  const folder = await temporaryFolder();
  return {
    folder,
    ...farManifest(checked(folder, parts, env), outgoing, {
      only,
      transports: its,
      packs: [fulfillment],
      journal: '/far.db',
      timeout: 30_000,
    }),
  };
}

const receiving = { concurrency: 500, timeout: '30000ms', credentials: 'ignore' };
const sending = { concurrency: 32, order: { by: 'key' }, parked: 'releases' };

describe('the far side of', () => {
  it('queues takes from where it is put, and puts where it is taken', async () => {
    const { folder, manifest } = await farOf({
      connections: { erp: { transport: 'queue', path: './q.db', lease: '5s' } },
      inbound: { status: { connection: 'erp', queue: 'STATUS.IN', replyQueues: ['ANSWERS', 'OTHERS'] } },
      outbound: {
        orders: { connection: 'erp', queue: 'ORDERS.OUT' },
        urgent: { connection: 'erp', queue: 'ORDERS.OUT', priority: 9 },
      },
    });
    const erp = { transport: 'queue', path: join(folder, 'q.db'), limit: '10485760B', maxDepth: 100_000, create: true, lease: '5000ms' };
    expect(manifest).toMatchObject({ connections: { erp } });
    expect(manifest['inbound']).toEqual({ orders: { connection: 'erp', queue: 'ORDERS.OUT', ...receiving } });
    expect(manifest['outbound']).toEqual({ status: { connection: 'erp', queue: 'STATUS.IN', replyQueue: 'ANSWERS', ...sending } });
  });

  it('a folder reads what is written, and writes what is read', async () => {
    const { manifest } = await farOf({
      connections: { erp: { transport: 'file', path: './x' } },
      inbound: { status: { connection: 'erp', folder: 'in', pattern: 'status-*.x?l' } },
      outbound: { orders: { connection: 'erp', folder: 'out', name: 'o-{id}.{type}' }, all: { connection: 'erp' } },
    });
    const read = { connection: 'erp', settle: '0ms', done: 'taken', ...receiving };
    expect(manifest['inbound']).toEqual({ orders: { ...read, folder: 'out', pattern: 'o-*.*' }, all: { ...read, pattern: '*-*.xml' } });
    expect(manifest['outbound']).toEqual({ status: { connection: 'erp', folder: 'in', name: 'status-{type}-{id}.x0l', ...sending } });
  });

  it('HTTP listens where something is sent to, and sends to what listens, as one of those who may', async () => {
    const { manifest } = await farOf(
      {
        connections: { web: { transport: 'http', listen: { host: '0.0.0.0', port: 8080 }, url: 'http://localhost:9000/api/' } },
        inbound: { status: { connection: 'web', path: '/status', method: 'PUT', auth: { basic: { users: { erp: '${env:SECRET}' } } } } },
        outbound: {
          orders: { connection: 'web', path: '/orders?key=1' },
          stock: { connection: 'web', url: 'http://127.0.0.1:9001/stock', method: 'PUT' },
        },
      },
      // In the manifest of the far side this is text and no placeholder.
      { env: { SECRET: 'a${b' } },
    );
    expect(manifest['connections']).toEqual({
      web: { transport: 'http', listen: { host: '127.0.0.1', port: 9000 } },
      'web-2': { transport: 'http', listen: { host: '127.0.0.1', port: 9001 } },
      'web-3': { transport: 'http' },
    });
    const taken = { auth: 'none', contentTypes: ['*'], ...receiving };
    expect(manifest['inbound']).toEqual({
      orders: { connection: 'web', path: '/api/orders', method: 'POST', ...taken },
      stock: { connection: 'web-2', path: '/stock', method: 'PUT', ...taken },
    });
    const auth = { basic: { user: 'erp', password: 'a$${b' } };
    expect(manifest['outbound']).toEqual({
      status: { connection: 'web-3', url: 'http://127.0.0.1:8080/status', method: 'PUT', auth, ...sending },
    });
  });

  it('an entry can send what that takes, and waits for replies where they come back', async () => {
    const { ways } = await farOf({
      connections: { erp: { transport: 'queue', path: './q.db' }, files: { transport: 'file', path: './x' } },
      inbound: {
        warehouse: { connection: 'erp', queue: 'W', messages: ['Create_WCS_PickBatch', 'Update_NC_ProductInventory'] },
        'by-file': { connection: 'files', messages: ['Create_WCS_PickBatch'] },
      },
    });
    expect(ways.map(({ entry, type, asks }) => [entry.name, type.name, asks])).toEqual([
      ['warehouse', 'Update_NC_ProductInventory', false],
      ['warehouse', 'Create_WCS_PickBatch', true],
      ['by-file', 'Create_WCS_PickBatch', false],
    ]);
  });
});

describe('entries whose far side cannot be played', () => {
  const parts = {
    connections: {
      erp: { transport: 'queue', path: './q.db' },
      web: { transport: 'http', listen: { port: 0 }, url: 'https://erp.example.com' },
      files: { transport: 'file', path: './x' },
    },
    inbound: { status: { connection: 'web', path: '/s', auth: 'none' }, one: { connection: 'files', pattern: 'one.xml' } },
    outbound: {
      orders: { connection: 'web', path: '/orders' },
      far: { connection: 'web', url: 'http://10.0.0.9:80/' },
      patched: { connection: 'web', url: 'http://127.0.0.1:1/', method: 'PATCH' },
      created: { connection: 'web', url: 'http://127.0.0.1:1/', success: [201] },
      queue: { connection: 'erp', queue: 'Q' },
    },
  };

  it('are told together, with the connections that are left', async () => {
    const error = await farOf(parts).catch((cause: unknown) => cause as Error);
    expect(error).toMatchObject({ code: 'WB_CLI_NO_FAR_SIDE', hint: expect.stringContaining('--only erp') as unknown });
    const { message } = error as Error;
    expect(message).toContain('outbound.orders: https://erp.example.com/orders begins with https');
    expect(message).toContain('outbound.far: http://10.0.0.9/ is not an address of this machine');
    expect(message).toContain('outbound.patched: it sends with PATCH');
    expect(message).toContain('outbound.created: its "success" lacks 200 or 204');
    expect(message).toContain('inbound.status: the system chooses its port');
    expect(message).toContain('inbound.one: its pattern "one.xml" names one file');
    expect(message).not.toContain('outbound.queue');
  });

  it('are told where their transport says nothing of its other side', async () => {
    const { send, receive } = queue;
    const silent = { ...queue, receive: { ...receive, counterpart: undefined }, send: { ...send, counterpart: undefined } } as AnyTransport;
    const only = ['erp'];
    await expect(farOf(parts, { only, transports: new Map([['queue', silent]]) })).rejects.toMatchObject({
      code: 'WB_CLI_NO_FAR_SIDE',
      message: expect.stringContaining('outbound.queue: its queue transport does not say how it looks from the other side') as unknown,
    });
  });

  it('do no harm on a connection that is not played', async () => {
    const { manifest } = await farOf(parts, { only: ['erp'] });
    expect(Object.keys(manifest['inbound'] as object)).toEqual(['queue']);
    expect(manifest['outbound']).toEqual({});
  });
});
