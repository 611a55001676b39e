import { reservedInboundKeys, reservedOutboundKeys } from '@waybill/contract/host';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inboundShape, outboundShape } from '../src/shape/shape.ts';
import { memberAt, withoutMember } from './places.ts';
import { accepted, environment, good, places, Workshop } from './workshop.ts';

let workshop: Workshop;
beforeAll(() => {
  workshop = new Workshop();
});
afterAll(() => workshop.close());

const codes = (text: string) => workshop.check(text).problems.map(({ code, path }) => `${code} ${path}`);
const withEntries = (entries: string) => good.replace('"whispers": {', () => `${entries}, "whispers": {`);
const withConnections = (connections: string) => good.replace('"hearsay": {', () => `${connections}, "hearsay": {`);
const stored = '"connection": "backend", "accept": "stored"';

describe('two entries that want the same of one connection', () => {
  it('are told by their names and settings, and by nothing that came from the environment', () => {
    const text = withEntries(`"twin": { ${stored}, "queue": "STATUS.IN", "every": "250ms" }`);
    expect(workshop.check(text).problems).toMatchObject([
      {
        message:
          '"status" and "twin" have the same "queue" and "every" on connection "backend", which the wire transport gives to one entry only.',
      },
    ]);
  });

  it('are found by what a setting means, not by how it is written', () => {
    const pair = `"a": { ${stored}, "queue": "Q" }, "b": { ${stored}, "queue": "Q", "every": "1000ms" }`;
    expect(codes(withEntries(pair))).toEqual(['WB_ENDPOINT_TAKEN inbound.b.queue']);
  });

  it('are found each, and together with all other problems', () => {
    const three = ['a', 'b', 'c'].map((name) => `"${name}": { ${stored}, "queue": "Q", "tiemout": "1s" }`).join(', ');
    expect(codes(withEntries(three))).toEqual([
      'WB_MANIFEST_UNKNOWN_KEY inbound.a.tiemout',
      'WB_ENDPOINT_TAKEN inbound.b.queue',
      'WB_MANIFEST_UNKNOWN_KEY inbound.b.tiemout',
      'WB_ENDPOINT_TAKEN inbound.c.queue',
      'WB_MANIFEST_UNKNOWN_KEY inbound.c.tiemout',
    ]);
  });

  it.each([
    ['one of them is not enabled', `"twin": { ${stored}, "queue": "STATUS.IN", "every": "250ms", "enabled": false }`],
    ['one of the settings differs', `"twin": { ${stored}, "queue": "STATUS.IN" }`],
  ])('are accepted where %s', (_, entry) => {
    expect(codes(withEntries(entry))).toEqual([]);
  });

  it('are accepted on two connections', () => {
    const entry = '"twin": { "connection": "second", "accept": "stored", "queue": "STATUS.IN", "every": "250ms" }';
    const text = withEntries(entry).replace(
      '"hearsay": {',
      '"second": { "transport": "wire", "folder": "./data", "port": 8081 }, "hearsay": {',
    );
    expect(codes(text)).toEqual([]);
  });

  it('are not compared by a setting that has a problem', () => {
    const pair = `"a": { ${stored}, "queue": 5 }, "b": { ${stored}, "queue": 5 }`;
    expect(codes(withEntries(pair))).toEqual(['WB_MANIFEST_WRONG_TYPE inbound.a.queue', 'WB_MANIFEST_WRONG_TYPE inbound.b.queue']);
  });
});

describe('two connections that want the same', () => {
  const wire = (port: string) => `{ "transport": "wire", "folder": "./data"${port} }`;
  it('are told by their names', () => {
    expect(workshop.check(withConnections(`"double": ${wire(', "port": 8080')}`)).problems).toMatchObject([
      { message: 'Connections "backend" and "double" have the same "port", which the wire transport can open once only.' },
    ]);
  });

  it.each([
    ['say nothing about it', ''],
    ['leave the choice to the system', ', "port": 0'],
  ])('are accepted where they %s', (_, port) => {
    workshop.install('zero-wire', workshop.cardOf('@fixture/wire').replace('"minimum":1', '"minimum":0'));
    const text = withConnections(`"a": ${wire(port)}, "b": ${wire(port)}`).replace('@fixture/wire', 'zero-wire');
    expect(accepted(workshop.check(text)).connections).toHaveLength(5);
  });
});

describe('a connection that lacks what an entry needs', () => {
  const without = good.replace('"port": "${env:WIRE_PORT}",', '');
  it('is told at each entry, and not at those of the other side', () => {
    const text = without.replace('"whispers": {', () => `"more": { ${stored}, "queue": "Q" }, "whispers": {`);
    expect(codes(text)).toEqual([
      'WB_ENDPOINT_NEEDS_SETTING inbound.status.connection',
      'WB_ENDPOINT_NEEDS_SETTING inbound.more.connection',
    ]);
  });

  it('is one problem where the setting is only misspelt', () => {
    expect(places(workshop.check(good.replace('"port":', '"prot":')))).toHaveLength(1);
  });
});

describe('the options of a pack', () => {
  it('are there for every pack that has some, with their defaults, where the entry says nothing', () => {
    const [, whispers] = accepted(workshop.check(good)).inbound;
    expect(whispers?.packs).toEqual({ parcels: { lenient: false, longest: 1_048_576 } });
  });

  it('are others in an outbound entry than in an inbound one', () => {
    expect(accepted(workshop.check(good)).outbound.map(({ packs }) => packs)).toEqual([
      { parcels: { longest: 8_192, stamp: 'red', seal: 'token-4711' } },
      { parcels: { longest: 2_097_152, stamp: 'red' } },
    ]);
  });

  it('are those of an inbound entry for the replies to what is asked', () => {
    const text = good.replace('"packs": { "parcels": { "longest": "8KB"', '"replies": { "parcels": { "lenient": true } }, $&');
    expect(accepted(workshop.check(text)).outbound.map(({ replies }) => replies)).toEqual([
      { parcels: { lenient: true, longest: 1_048_576 } },
      {},
    ]);
  });

  it.each([
    [
      'reading, in an outbound entry',
      good.replace('"longest": "8KB"', '"lenient": true'),
      'outbound.orders.packs.parcels',
      '"lenient" says how messages are read, and those of "outbound.orders.packs.parcels" are written.',
      'Set it in an inbound entry, or under "replies" where replies are meant, or remove it.',
    ],
    [
      'writing, for the replies to what is asked',
      good.replace('"packs": { "parcels": { "longest": "8KB"', '"replies": { "parcels": { "seal": "blue" } }, $&'),
      'outbound.orders.replies.parcels',
      '"seal" says how messages are written, and those of "outbound.orders.replies.parcels" are read.',
      'Set it under "packs", or remove it.',
    ],
    [
      'writing, in an inbound entry',
      good.replace('"longest": "32KB"', '"stamp": "blue"'),
      'inbound.status.packs.parcels',
      '"stamp" says how messages are written, and those of "inbound.status.packs.parcels" are read.',
      'Set it in an outbound entry, or remove it.',
    ],
  ])('that mean something only for %s are told, with the place for them', (_, text, at, message, hint) => {
    const [only, ...more] = workshop.check(text).problems;
    expect(only).toMatchObject({ code: 'WB_MANIFEST_UNKNOWN_KEY', message, hint });
    expect([only?.path.startsWith(`${at}.`), only?.line === undefined, more]).toEqual([true, false, []]);
  });

  it('that are wrong are told at their path, in an outbound entry as well', () => {
    const text = good.replace('"longest": "8KB"', '"longest": "8K", "stmap": "blue"').replace('"seal": "${env:TOKEN}"', '"seal": "token"');
    expect(codes(text)).toEqual([
      'WB_MANIFEST_BAD_VALUE outbound.orders.packs.parcels.longest',
      'WB_MANIFEST_UNKNOWN_KEY outbound.orders.packs.parcels.stmap',
      'WB_MANIFEST_LITERAL_SECRET outbound.orders.packs.parcels.seal',
    ]);
  });

  it('are not there for a pack that has none, which takes no options either', () => {
    workshop.install(
      'silent-pack',
      JSON.stringify({ ...JSON.parse(workshop.cardOf('@fixture/parcels')), options: undefined, writing: undefined }),
    );
    const text = good.replace('@fixture/parcels', 'silent-pack');
    expect(codes(text)).toEqual([
      ...['lenient', 'longest', 'key'].map((key) => `WB_MANIFEST_UNKNOWN_KEY inbound.status.packs.parcels.${key}`),
      ...['longest', 'seal'].map((key) => `WB_MANIFEST_UNKNOWN_KEY outbound.orders.packs.parcels.${key}`),
    ]);
    const halfSilent = withoutMember(text, memberAt(text, 'inbound.status.packs'));
    const silent = withoutMember(halfSilent, memberAt(halfSilent, 'outbound.orders.packs'));
    const { inbound, outbound } = accepted(workshop.check(silent));
    expect([...inbound, ...outbound].map(({ packs }) => packs)).toEqual([{}, {}, {}, {}, {}]);
  });

  it('that have no default are asked for in every entry', () => {
    workshop.install('strict-pack', workshop.cardOf('@fixture/parcels').replace('"default":"1MB",', ''));
    expect(codes(good.replace('@fixture/parcels', 'strict-pack'))).toEqual([
      'WB_MANIFEST_MISSING_KEY inbound.whispers.packs.parcels.longest',
      'WB_MANIFEST_MISSING_KEY inbound.rumours.packs.parcels.longest',
    ]);
  });

  it('that are secret are known as secrets', () => {
    const text = good.replace('"key": "${env:TOKEN}"', '"key": "${env:PARCEL_KEY}"');
    const verdict = workshop.check(text, 'waybill.jsonc', { ...environment, PARCEL_KEY: 'signed-0815' });
    expect(accepted(verdict).secrets).toContain('signed-0815');
  });
});

describe('the keys that mean the same for every transport', () => {
  it('are those that no transport can use for a setting of its own', () => {
    const of = ({ properties }: { readonly properties: object }) => Object.keys(properties).sort();
    expect([of(inboundShape), of(outboundShape)]).toEqual([[...reservedInboundKeys].sort(), [...reservedOutboundKeys].sort()]);
  });
});
