import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accepted, environment, good, Workshop } from './workshop.ts';

let workshop: Workshop;
beforeAll(() => {
  workshop = new Workshop();
});
afterAll(() => workshop.close());

const inFolder = (...names: readonly string[]) => join(workshop.folder, ...names);

describe('a checked manifest', () => {
  it('has the settings of its connections as the transport receives them', () => {
    const [backend, letters] = accepted(workshop.check(good)).connections;
    expect(backend?.settings).toEqual({ folder: inFolder('data'), port: 8080, password: 'open-sesame', secure: false });
    expect(letters).toMatchObject({ name: 'letters', plugin: { card: { name: 'post' } }, settings: { host: 'mail.example.org' } });
  });

  it('has its inbound entries, the kernel’s keys apart from those of the transport', () => {
    const [status, whispers, rumours] = accepted(workshop.check(good)).inbound;
    expect(status).toEqual({
      name: 'status',
      connection: accepted(workshop.check(good)).connections[0],
      settings: { queue: 'STATUS.IN', every: 250, limit: 65_536, auth: { basic: { user: 'erp', password: 'token-4711' } } },
      messages: [
        { name: 'Parcel_Status', version: '2.0' },
        { name: 'Parcel_Status', version: '3.0' },
        { name: 'Customer_Change', version: '1.0' },
      ],
      accept: 'stored',
      order: 'parallel',
      parked: 'blocks',
      packs: { parcels: { lenient: true, longest: 32_768, key: 'token-4711' } },
      encoding: 'windows-1252',
      concurrency: 16,
      retry: { attempts: 7, first: 2_000, most: 60_000 },
      timeout: 20_000,
      store: '10151',
      allow: { erp_gateway: [{ name: 'Parcel_Status', version: '3.0' }], '*': 'all' },
      credentials: 'ignore',
      archive: true,
      feeds: [],
      errorsTo: undefined,
    });
    expect(rumours).toMatchObject({
      accept: 'processed',
      order: 'serial',
      parked: 'releases',
      concurrency: 1,
      retry: { attempts: 5, first: 1_000, most: 300_000 },
    });
    expect(whispers).toMatchObject({ order: 'key', parked: 'blocks', concurrency: 3, encoding: undefined });
    expect(rumours).toMatchObject({ messages: undefined, allow: undefined, store: undefined, credentials: 'check', timeout: 30_000 });
  });

  it('has the policies of failures, each part over what it stands in', () => {
    const text = good
      .replace('"attempts": 7', '"attempts": 7, "within": "1h", "kinds": { "unavailable": { "attempts": 50, "most": "15m" } }')
      .replace('"concurrency": 2', '"concurrency": 2, "rate": { "messages": 100, "per": "1m" }')
      .replace(
        '"event": "parcel.ordered"',
        '"event": "parcel.ordered", "retry": { "attempts": 3, "kinds": { "conflict": { "first": "5s" } } }',
      );
    const { inbound, outbound, routes } = accepted(workshop.check(text));
    const { retry } = inbound[0] ?? {};
    expect(retry).toEqual({
      attempts: 7,
      first: 2_000,
      most: 60_000,
      within: 3_600_000,
      kinds: { unavailable: { attempts: 50, most: 900_000 } },
    });
    expect(outbound[0]?.rate).toEqual({ messages: 100, per: 60_000 });
    expect(routes[0]?.retry).toEqual({ attempts: 3, kinds: { conflict: { first: 5_000 } } });
    expect(routes[1]?.retry).toBeUndefined();
  });

  it('knows the outbound entries that inbound ones name, whether they are enabled or not', () => {
    const named = good.replace('"accept": "stored"', '"accept": "stored", "feeds": ["orders"], "errorsTo": "order-letters"');
    const [status] = accepted(workshop.check(named)).inbound;
    expect([status?.feeds, status?.errorsTo?.name]).toEqual([['orders'], 'order-letters']);
    const wrong = workshop.check(named.replace('["orders"]', '["ordres"]').replace('"errorsTo": "order-letters"', '"errorsTo": "nobody"'));
    expect(wrong.problems).toMatchObject([
      { code: 'WB_MANIFEST_UNKNOWN_OUTBOUND', path: 'inbound.status.feeds[0]', hint: 'Did you mean "orders"?' },
      { code: 'WB_MANIFEST_UNKNOWN_OUTBOUND', path: 'inbound.status.errorsTo' },
    ]);
  });

  it('has its outbound entries and the routes that lead to them', () => {
    const { outbound, routes } = accepted(workshop.check(good));
    expect(outbound[0]).toMatchObject({
      name: 'orders',
      settings: { queue: 'ORDERS.OUT', headers: { 'x-source': 'harbour' } },
      order: 'parallel',
      unknown: 'park',
      concurrency: 2,
    });
    expect(outbound[1]).toMatchObject({
      order: 'key',
      parked: 'blocks',
      unknown: 'retry',
      concurrency: 4,
      retry: { attempts: 8, first: 1_000, most: 300_000 },
      timeout: 30_000,
      archive: false,
    });
    expect(routes[0]).toMatchObject({ message: { name: 'Parcel_Order', version: '2.0' }, store: '10151', priority: [0, 9] });
    expect(routes[0]?.to).toEqual(outbound);
    expect(routes[1]).toMatchObject({ message: { name: 'Stock_Question', version: '1.0' }, store: undefined, priority: undefined });
    expect(routes[1]?.pack.card.name).toBe('parcels');
  });

  it('has its journal, its application, its log and its secrets', () => {
    const manifest = accepted(workshop.check(good));
    expect(manifest.journal).toMatchObject({
      plugin: { card: { name: 'notebook' } },
      keep: 14 * 86_400_000,
      settings: { path: inFolder('data', 'journal.db') },
    });
    expect(manifest).toMatchObject({ app: inFolder('app.js'), log: { level: 'debug' }, grace: 10_000, folder: workshop.folder });
    expect(manifest.secrets).toEqual(['open-sesame', 'token-4711']);
  });

  it('has defaults for everything that is not said', () => {
    const manifest = accepted(workshop.check('{ "plugins": ["@fixture/notebook"], "journal": { "use": "notebook" } }'));
    expect(manifest).toMatchObject({
      app: undefined,
      log: { level: 'info' },
      grace: 30_000,
      journal: { keep: 30 * 86_400_000 },
      secrets: [],
    });
    expect(manifest.name).toBe(workshop.folder.split('/').at(-1));
  });
});

describe('an entry that is not enabled', () => {
  it('is left out, also from the routes', () => {
    const text = good
      .replace('"recipient"', '"enabled": false, "recipient"')
      .replace('"parked": "releases", "order": "serial"', '"enabled": false');
    const { inbound, outbound, routes } = accepted(workshop.check(text));
    expect(inbound.map(({ name }) => name)).toEqual(['status', 'whispers']);
    expect(outbound.map(({ name }) => name)).toEqual(['orders']);
    expect(routes[0]?.to.map(({ name }) => name)).toEqual(['orders']);
  });

  it('takes routes with it that lead nowhere else', () => {
    const text = good.replace('"enabled": true,\n      "description": "What the back end gets."', '"enabled": false');
    expect(accepted(workshop.check(text)).routes.map(({ event }) => event)).toEqual(['parcel.ordered']);
  });

  it('is checked like any other', () => {
    const text = good.replace('"order": "serial"', '"enabled": false, "oder": "serial"');
    expect(workshop.check(text).problems).toMatchObject([{ code: 'WB_MANIFEST_UNKNOWN_KEY', path: 'inbound.rumours.oder' }]);
  });
});

describe('a second route that asks', () => {
  const second = (rest: string) =>
    good
      .replace('"order-letters": {', '"more-orders": { "connection": "backend", "queue": "MORE" }, "order-letters": {')
      .replace(
        '"to": ["orders"] }',
        `"to": ["orders"] }, { "event": "stock.asked", "message": "Stock_Question", "to": ["more-orders"]${rest} }`,
      );

  it('is refused, since a request has one answer', () => {
    expect(workshop.check(second('')).problems).toMatchObject([{ code: 'WB_ROUTE_SEVERAL_ANSWERS', path: 'routes[2]' }]);
  });

  it('is accepted for a store', () => {
    expect(accepted(workshop.check(second(', "store": "10151"'))).routes).toHaveLength(3);
  });
});

describe('a placeholder', () => {
  const name = (text: string, env = environment) => {
    const manifest = `{ "name": ${JSON.stringify(text)}, "plugins": ["@fixture/notebook"], "journal": { "use": "notebook" } }`;
    return accepted(workshop.check(manifest, 'waybill.json', env)).name;
  };

  it('may stand inside a text, several times', () => {
    expect(name('<${env:TOKEN}|${env:WIRE_PORT}>')).toBe('<token-4711|8080>');
  });

  it('takes a file without its last newline', () => {
    workshop.write('secrets/name.txt', ' two\nlines\r\n');
    expect(name('${file:./secrets/name.txt}')).toBe(' two\nlines');
  });

  it('is a plain text behind a second dollar', () => {
    expect(name('$${env:TOKEN} costs $5')).toBe('${env:TOKEN} costs $5');
  });

  it('is not looked for in what it brought in', () => {
    expect(name('${env:OUTER}', { OUTER: '${env:TOKEN}' })).toBe('${env:TOKEN}');
  });

  it('finds nothing that every object has', () => {
    expect(() => name('${env:toString}')).toThrow('The environment variable toString is not set.');
  });

  it('gives a boolean where a boolean belongs', () => {
    const text = good.replace('"secure": false', '"secure": "${env:SECURE}"');
    const manifest = accepted(workshop.check(text, 'waybill.json', { ...environment, SECURE: 'false' }));
    expect(manifest.connections[0]?.settings['secure']).toBe(false);
  });

  it('never shows its value, only what is written', () => {
    const text = good.replace('"10s"', '"${env:TOKEN}"').replace('"stored"', '"${env:TOKEN}"');
    const { problems } = workshop.check(text);
    expect(problems.map(({ message }) => message)).toEqual([
      '"inbound.status.accept" is "${env:TOKEN}"; it must be "processed" or "stored".',
      '"stop.grace" is "${env:TOKEN}", which is not a length of time.',
    ]);
  });
});

describe('a slip that much depends on', () => {
  it.each([
    ['a misspelt section', '"connections"', '"conections"'],
    ['a misspelt key', '"transport": "wire"', '"trasport": "wire"'],
    ['a misspelt transport', '"transport": "wire"', '"transport": "wyre"'],
    ['a misspelt plugin', '"@fixture/parcels"', '"@fixture/parcel"'],
    ['a plugin that is not installed', '"@fixture/parcels"', '"@acme/messages"'],
    ['a section of a wrong type', '"connections": {', '"connections": [], "stop": {'],
  ])('is one problem, not many: %s', (_, from, to) => {
    const text = good.replace(from, to);
    expect(workshop.check(text).problems.filter(({ code }) => code !== 'WB_MANIFEST_DUPLICATE_KEY').length).toBeLessThanOrEqual(1);
  });

  it('does not hide what is wrong behind it', () => {
    const text = good
      .replace('"transport": "wire"', '"trasport": "wire"')
      .replace('"port"', '"prot"')
      .replace('"queue": "ORDERS.OUT"', '"queue": 5');
    expect(workshop.check(text).problems.map(({ path }) => path)).toEqual([
      'connections.backend.trasport',
      'connections.backend.prot',
      'outbound.orders.queue',
    ]);
  });
});
