import { afterAll, beforeAll, describe, expect, expectTypeOf, it } from 'vitest';
import { checkManifest } from '../src/check.ts';
import { defineManifest, type Manifest } from '../src/manifest.ts';
import { readManifest } from '../src/read/manifest.ts';
import { Workshop } from './workshop.ts';

const plugins = ['@fixture/wire', '@fixture/notebook', '@fixture/parcels'];
const base = {
  plugins,
  journal: { use: 'notebook', path: './journal.db' },
  connections: { backend: { transport: 'wire', folder: './data', port: 8080 } },
} as const;
const status = { connection: 'backend', queue: 'STATUS.IN' };
const orders = { connection: 'backend', queue: 'ORDERS.OUT' };
const route = { event: 'parcel.ordered', message: 'Parcel_Order@2.0', to: ['orders'] };

let workshop: Workshop;
beforeAll(() => {
  workshop = new Workshop();
});
afterAll(() => workshop.close());

/** `code path` of each error that the check finds. */
function found(manifest: object): readonly string[] {
  const result = checkManifest(readManifest(manifest, { folder: workshop.folder }), { env: { WAIT: '5s', ORDER: 'parallel', LIMIT: '3' } });
  const errors = 'problems' in result ? result.problems.filter(({ severity }) => severity === 'error') : [];
  return errors.map(({ code, path }) => `${code} ${path}`);
}

describe('a manifest in code', () => {
  it('takes every form that the check takes', () => {
    const manifest = defineManifest({
      ...base,
      $schema: './waybill.schema.json',
      inbound: {
        serial: { ...status, order: 'serial', timeout: '20s', retry: { first: '250ms' }, allow: { erp: 'all', '*': ['Parcel_Status'] } },
        keyed: { ...status, every: '2s', order: { by: 'key' }, packs: { parcels: { lenient: true } } },
        told: { ...status, every: '3s', order: '${env:ORDER}', timeout: '${env:WAIT}', concurrency: '${env:LIMIT}' },
      },
      outbound: { orders: { ...orders, unknown: 'park', retry: { most: '1h' } } },
      routes: [{ ...route, priority: [0, 9] }],
      log: { level: 'debug' },
      stop: { grace: '10s' },
    });
    expect(found(manifest)).toEqual([]);
    expectTypeOf(manifest).toEqualTypeOf<Manifest>();
  });

  it('may name no plugins, where an application hands them over', () => {
    const { plugins: _, ...rest } = base;
    expect(defineManifest(rest)).toBe(rest);
  });
});

describe('a manifest that does not compile', () => {
  it('is one with a misspelt section', () => {
    // @ts-expect-error -- it is called "inbound"
    const manifest = defineManifest({ ...base, inbuond: { status } });
    expect(found(manifest)).toEqual(['WB_MANIFEST_UNKNOWN_KEY inbuond']);
  });

  it('is one with an order that there is not', () => {
    // @ts-expect-error -- it is called "serial"
    const manifest = defineManifest({ ...base, inbound: { status: { ...status, order: 'seriel' } } });
    expect(found(manifest)).toEqual(['WB_MANIFEST_BAD_VALUE inbound.status.order']);
  });

  it('is one with an order by something else', () => {
    // @ts-expect-error -- by "key" is all there is
    const manifest = defineManifest({ ...base, inbound: { status: { ...status, order: { by: 'store' } } } });
    expect(found(manifest)).toEqual(['WB_MANIFEST_BAD_VALUE inbound.status.order.by']);
  });

  it('is one with a length of time without a unit', () => {
    // @ts-expect-error -- nobody knows 5 of what
    const manifest = defineManifest({ ...base, outbound: { orders: { ...orders, timeout: '5' } } });
    expect(found(manifest)).toEqual(['WB_MANIFEST_BAD_VALUE outbound.orders.timeout']);
  });

  it('is one with a unit that there is not', () => {
    // @ts-expect-error -- the unit is "s"
    const manifest = defineManifest({ ...base, outbound: { orders: { ...orders, retry: { first: '10 seconds' } } } });
    expect(found(manifest)).toEqual(['WB_MANIFEST_BAD_VALUE outbound.orders.retry.first']);
  });

  it('is one with a broken number of units', () => {
    // @ts-expect-error -- it is "1500ms"
    const manifest = defineManifest({ ...base, journal: { ...base.journal, keep: '1.5d' } });
    expect(found(manifest)).toEqual(['WB_MANIFEST_BAD_VALUE journal.keep']);
  });

  it('is one with a number as a length of time', () => {
    // @ts-expect-error -- nobody knows 30 of what
    const manifest = defineManifest({ ...base, stop: { grace: 30 } });
    expect(found(manifest)).toEqual(['WB_MANIFEST_WRONG_TYPE stop.grace']);
  });

  it('is one with a misspelt key within a key of ours', () => {
    // @ts-expect-error -- it is called "attempts"
    const manifest = defineManifest({ ...base, inbound: { status: { ...status, retry: { atempts: 3 } } } });
    expect(found(manifest)).toEqual(['WB_MANIFEST_UNKNOWN_KEY inbound.status.retry.atempts']);
  });

  it('is one with a misspelt key of a route', () => {
    // @ts-expect-error -- it is called "store"
    const manifest = defineManifest({ ...base, outbound: { orders }, routes: [{ ...route, stores: '1' }] });
    expect(found(manifest)).toEqual(['WB_MANIFEST_UNKNOWN_KEY routes[0].stores']);
  });

  it('is one without what every entry needs', () => {
    // @ts-expect-error -- a connection is missing
    const manifest = defineManifest({ ...base, inbound: { status: { queue: 'STATUS.IN' } } });
    expect(found(manifest)).toEqual(['WB_MANIFEST_MISSING_KEY inbound.status.connection']);
  });

  it('is one without a journal', () => {
    const { journal: _, ...rest } = base;
    // @ts-expect-error -- a journal is missing
    const manifest = defineManifest(rest);
    expect(found(manifest)).toEqual(['WB_MANIFEST_MISSING_KEY journal']);
  });
});

describe('the settings of plugins in a manifest', () => {
  interface WireSettings {
    readonly inbound: { readonly queue: string; readonly every?: `${number}ms` };
  }

  it('are open unless their types are given', () => {
    const manifest = defineManifest({ ...base, inbound: { status: { ...status, evry: '5ms' } } });
    expect(found(manifest)).toEqual(['WB_MANIFEST_UNKNOWN_KEY inbound.status.evry']);
  });

  it('are known to the compiler when they are', () => {
    expect(
      found(defineManifest<WireSettings>({ ...base, inbound: { status: { ...status, every: '5ms' } }, outbound: { orders } })),
    ).toEqual([]);
    // @ts-expect-error -- it is called "every"
    const manifest = defineManifest<WireSettings>({ ...base, inbound: { status: { ...status, evry: '5ms' } } });
    expect(found(manifest)).toEqual(['WB_MANIFEST_UNKNOWN_KEY inbound.status.evry']);
  });
});
