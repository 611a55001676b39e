import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { memberAt, membersOf, placeAt, placeOf, withoutMember } from './places.ts';
import { accepted, environment, good, places, type Verdict, Workshop } from './workshop.ts';

let workshop: Workshop;
beforeAll(() => {
  workshop = new Workshop();
});
afterEach(() => {
  expect(workshop.ran(), 'plugins whose code ran').toEqual([]);
});
afterAll(() => workshop.close());

/** Keys that name something of the integrator's own: every spelling of them is right. */
const freeNames = /^(connections|inbound|outbound)\.[^.]+$|\.(allow|headers)\.[^.]+$/;
const settings = membersOf(good).filter(({ path }) => !freeNames.test(path));

const slips: readonly (readonly [string, (key: string, at: number) => string])[] = [
  ['a letter left out', (key, at) => key.slice(0, at) + key.slice(at + 1)],
  ['a letter twice', (key, at) => key.slice(0, at) + key.charAt(at) + key.slice(at)],
  ['a wrong letter', (key, at) => `${key.slice(0, at)}q${key.slice(at + 1)}`],
  ['two letters swapped', (key, at) => key.slice(0, at - 1) + key.charAt(at) + key.charAt(at - 1) + key.slice(at + 1)],
];

describe('a manifest without mutation', () => {
  it('is accepted', () => {
    expect(accepted(workshop.check(good)).inbound.map(({ name }) => name)).toEqual(['status', 'rumours']);
  });
});

describe.each(slips)('a misspelt key: %s', (_, slip) => {
  it.each(settings.map((member, index) => [member.path, member, index] as const))('%s', (path, member, index) => {
    const at = 1 + (index % (member.key.length - 1));
    // Two letters that are the same cannot be swapped.
    const misspelt = slip(member.key, member.key[at] === member.key[at - 1] ? 1 : at);
    const text = `${good.slice(0, member.keyStart)}"${misspelt}"${good.slice(member.keyEnd)}`;
    const verdict = workshop.check(text);
    const wrongPath = path.slice(0, path.length - member.key.length) + misspelt;
    expect(places(verdict)).toEqual([`WB_MANIFEST_UNKNOWN_KEY ${placeAt(text, member.keyStart)} ${wrongPath}`]);
    expect(verdict.problems[0]?.hint).toBe(`Did you mean "${member.key}"?`);
  });
});

describe('a value of a wrong type', () => {
  const others: Readonly<Record<string, string>> = { string: 'false', number: '"many"', boolean: '"yes"', array: '{}', object: '["x"]' };
  it.each(membersOf(good).map((member) => [member.path, member] as const))('%s', (path, member) => {
    const text = good.slice(0, member.start) + others[member.value.type] + good.slice(member.end);
    const verdict = workshop.check(text);
    expect(places(verdict)).toEqual([`WB_MANIFEST_WRONG_TYPE ${placeAt(text, member.start)} ${path}`]);
  });
});

describe('a required key that is missing', () => {
  const required = [
    ...['plugins', 'journal', 'journal.use'],
    ...['connections.backend.transport', 'connections.backend.folder', 'connections.letters.host'],
    ...['inbound.status.connection', 'inbound.status.queue', 'inbound.status.auth.basic.user', 'inbound.status.auth.basic.password'],
    ...['outbound.orders.connection', 'outbound.orders.queue', 'outbound.order-letters.recipient'],
    ...['routes[0].event', 'routes[0].message', 'routes[0].to'],
  ];
  it.each(required)('%s', (path) => {
    const text = withoutMember(good, memberAt(good, path));
    const { parent } = memberAt(good, path);
    const owner =
      parent === ''
        ? '1:1'
        : parent.startsWith('routes[0]')
          ? placeOf(text, '"routes": [\n    |{')
          : placeAt(text, memberAt(text, parent).keyStart);
    expect(places(workshop.check(text))).toEqual([`WB_MANIFEST_MISSING_KEY ${owner} ${path}`]);
  });
});

describe('a key that stands twice', () => {
  it.each(membersOf(good).map((member) => [member.path, member] as const))('%s', (path, member) => {
    const again = `${good.slice(member.keyStart, member.end)}, `;
    const text = good.slice(0, member.keyStart) + again + good.slice(member.keyStart);
    expect(places(workshop.check(text))).toContain(`WB_MANIFEST_DUPLICATE_KEY ${placeAt(text, member.keyStart + again.length)} ${path}`);
  });
});

interface Mutation {
  readonly replace: string;
  readonly by: string;
  readonly code: string;
  /** Found in the mutated text; `|` marks the place. */
  readonly at: string;
  readonly path: string;
  readonly hint?: string;
}

const unknownNames: readonly Mutation[] = [
  {
    replace: '"@fixture/wire"',
    by: '"@fixture/wrie"',
    code: 'WB_PLUGIN_NOT_INSTALLED',
    at: '"@fixture/wrie"',
    path: 'plugins[0]',
    hint: 'Did you mean "@fixture/wire"? To install it: npm install @fixture/wrie',
  },
  {
    replace: '"@fixture/parcels"',
    by: '"@acme/pack-parcels"',
    code: 'WB_PLUGIN_NOT_INSTALLED',
    at: '"@acme/pack-parcels"',
    path: 'plugins[4]',
    hint: 'To install it: npm install @acme/pack-parcels',
  },
  { replace: '"./app.js"', by: '"./ap.js"', code: 'WB_MANIFEST_NO_APP', at: '"./ap.js"', path: 'app' },
  {
    replace: '"use": "notebook"',
    by: '"use": "notebok"',
    code: 'WB_MANIFEST_UNKNOWN_JOURNAL',
    at: '"notebok"',
    path: 'journal.use',
    hint: 'Did you mean "notebook"?',
  },
  {
    replace: '"transport": "wire"',
    by: '"transport": "wier"',
    code: 'WB_MANIFEST_UNKNOWN_TRANSPORT',
    at: '"wier"',
    path: 'connections.backend.transport',
    hint: 'Did you mean "wire"?',
  },
  {
    replace: '"transport": "post"',
    by: '"transport": "carrier-pigeon"',
    code: 'WB_MANIFEST_UNKNOWN_TRANSPORT',
    at: '"carrier-pigeon"',
    path: 'connections.letters.transport',
    hint: 'Known are wire, post, ear.',
  },
  {
    replace: '"connection": "backend"',
    by: '"connection": "bakcend"',
    code: 'WB_MANIFEST_UNKNOWN_CONNECTION',
    at: '"bakcend"',
    path: 'inbound.status.connection',
    hint: 'Did you mean "backend"?',
  },
  {
    replace: '"connection": "letters"',
    by: '"connection": "leters"',
    code: 'WB_MANIFEST_UNKNOWN_CONNECTION',
    at: '"leters"',
    path: 'outbound.order-letters.connection',
    hint: 'Did you mean "letters"?',
  },
  {
    replace: '"Parcel_Status"',
    by: '"Parcel_Stauts"',
    code: 'WB_MANIFEST_UNKNOWN_MESSAGE',
    at: '"Parcel_Stauts"',
    path: 'inbound.status.messages[0]',
    hint: 'Did you mean "Parcel_Status"?',
  },
  {
    replace: 'Customer_Change@1.0',
    by: 'Customer_Change@7.0',
    code: 'WB_MANIFEST_UNKNOWN_MESSAGE',
    at: '"Customer_Change@7.0"',
    path: 'inbound.status.messages[1]',
    hint: 'Did you mean "Customer_Change@1.0"?',
  },
  {
    replace: 'Parcel_Status@3.0',
    by: 'Parcel_Status@3.1',
    code: 'WB_MANIFEST_UNKNOWN_MESSAGE',
    at: '"Parcel_Status@3.1"',
    path: 'inbound.status.allow.erp_gateway[0]',
    hint: 'Did you mean "Parcel_Status@3.0"?',
  },
  {
    replace: 'Parcel_Order@2.0',
    by: 'Parcel_Ordre@2.0',
    code: 'WB_MANIFEST_UNKNOWN_MESSAGE',
    at: '"Parcel_Ordre@2.0"',
    path: 'routes[0].message',
    hint: 'Did you mean "Parcel_Order@2.0"?',
  },
  {
    replace: '"stock.asked"',
    by: '"stock.aksed"',
    code: 'WB_MANIFEST_UNKNOWN_EVENT',
    at: '"stock.aksed"',
    path: 'routes[1].event',
    hint: 'Did you mean "stock.asked"?',
  },
  {
    replace: '"order-letters"]',
    by: '"order-leters"]',
    code: 'WB_MANIFEST_UNKNOWN_OUTBOUND',
    at: '"order-leters"',
    path: 'routes[0].to[1]',
    hint: 'Did you mean "order-letters"?',
  },
];

const badValues: readonly Mutation[] = [
  { replace: '"14d"', by: '"14 days"', code: 'WB_MANIFEST_BAD_VALUE', at: '"14 days"', path: 'journal.keep' },
  { replace: '"250ms"', by: '"250"', code: 'WB_MANIFEST_BAD_VALUE', at: '"250"', path: 'inbound.status.every' },
  { replace: '"64KB"', by: '"64k"', code: 'WB_MANIFEST_BAD_VALUE', at: '"64k"', path: 'inbound.status.limit' },
  { replace: '"20s"', by: '20', code: 'WB_MANIFEST_WRONG_TYPE', at: '"timeout": |20', path: 'inbound.status.timeout' },
  { replace: '"2s"', by: '"-2s"', code: 'WB_MANIFEST_BAD_VALUE', at: '"-2s"', path: 'inbound.status.retry.first' },
  { replace: '"10s"', by: '"1e3s"', code: 'WB_MANIFEST_BAD_VALUE', at: '"1e3s"', path: 'stop.grace' },
  {
    replace: '"attempts": 7',
    by: '"attempts": 0',
    code: 'WB_MANIFEST_BAD_VALUE',
    at: '"attempts": |0',
    path: 'inbound.status.retry.attempts',
  },
  {
    replace: '"concurrency": 16',
    by: '"concurrency": 1001',
    code: 'WB_MANIFEST_BAD_VALUE',
    at: '1001',
    path: 'inbound.status.concurrency',
  },
  { replace: '"concurrency": 2', by: '"concurrency": 2.5', code: 'WB_MANIFEST_WRONG_TYPE', at: '2.5', path: 'outbound.orders.concurrency' },
  {
    replace: '"stored"',
    by: '"stoerd"',
    code: 'WB_MANIFEST_BAD_VALUE',
    at: '"stoerd"',
    path: 'inbound.status.accept',
    hint: 'Did you mean "stored"?',
  },
  {
    replace: '"parallel"',
    by: '"paralel"',
    code: 'WB_MANIFEST_BAD_VALUE',
    at: '"paralel"',
    path: 'inbound.status.order',
    hint: 'Did you mean "parallel"?',
  },
  {
    replace: '"ignore"',
    by: '"ingore"',
    code: 'WB_MANIFEST_BAD_VALUE',
    at: '"ingore"',
    path: 'inbound.status.credentials',
    hint: 'Did you mean "ignore"?',
  },
  { replace: '"debug"', by: '"debgu"', code: 'WB_MANIFEST_BAD_VALUE', at: '"debgu"', path: 'log.level', hint: 'Did you mean "debug"?' },
  {
    replace: '"*": "all"',
    by: '"*": "al"',
    code: 'WB_MANIFEST_BAD_VALUE',
    at: '"al"',
    path: 'inbound.status.allow.*',
    hint: 'Did you mean "all"?',
  },
  { replace: '[0, 9]', by: '[0, 9, 10]', code: 'WB_MANIFEST_BAD_VALUE', at: '[0, 9, 10]', path: 'routes[0].priority' },
  {
    replace: '[0, 9]',
    by: '[0, "9"]',
    code: 'WB_MANIFEST_WRONG_TYPE',
    at: '"9"',
    path: 'routes[0].priority[1]',
    hint: 'Write it without quotes: 9.',
  },
  { replace: '"to": ["orders"] }', by: '"to": [] }', code: 'WB_MANIFEST_BAD_VALUE', at: '[] }', path: 'routes[1].to' },
  {
    replace: '"orders", "order-letters"]',
    by: '"orders", "orders"]',
    code: 'WB_MANIFEST_BAD_VALUE',
    at: '"orders", |"orders"]',
    path: 'routes[0].to[1]',
  },
  {
    replace: '"store": "10151"',
    by: '"store": 10151',
    code: 'WB_MANIFEST_WRONG_TYPE',
    at: '"store": |10151',
    path: 'inbound.status.store',
    hint: 'Put it in quotes: "10151".',
  },
  {
    replace: '"backend": {',
    by: '"back_end": {}, "backend": {',
    code: 'WB_MANIFEST_BAD_VALUE',
    at: '"back_end"',
    path: 'connections.back_end',
    hint: 'Names are made of a to z, 0 to 9 and hyphens: "back-end".',
  },
];

const contradictions: readonly Mutation[] = [
  {
    replace: '"connection": "backend"',
    by: '"connection": "letters"',
    code: 'WB_ENDPOINT_CANNOT_RECEIVE',
    at: '"letters",\n      "queue"',
    path: 'inbound.status.connection',
    hint: 'Use a connection whose transport receives (wire, ear), or remove the entry.',
  },
  {
    replace: '"connection": "letters"',
    by: '"connection": "hearsay"',
    code: 'WB_ENDPOINT_CANNOT_SEND',
    at: '"hearsay", "recipient"',
    path: 'outbound.order-letters.connection',
    hint: 'Use a connection whose transport sends (wire, post), or remove the entry.',
  },
  {
    replace: '"order": "serial" }',
    by: '"order": "serial", "concurrency": 2 }',
    code: 'WB_MANIFEST_CONFLICT',
    at: '"concurrency": 2 }',
    path: 'inbound.rumours.concurrency',
  },
  { replace: '"most": "1m"', by: '"most": "1s"', code: 'WB_MANIFEST_CONFLICT', at: '"most": |"1s"', path: 'inbound.status.retry.most' },
  { replace: '[0, 9]', by: '[9, 0]', code: 'WB_MANIFEST_CONFLICT', at: '[9, 0]', path: 'routes[0].priority', hint: 'Write [0, 9].' },
  {
    replace: '"Parcel_Status"',
    by: '"Parcel_Order"',
    code: 'WB_ROUTE_WRONG_DIRECTION',
    at: '"Parcel_Order"',
    path: 'inbound.status.messages[0]',
  },
  {
    replace: '"Stock_Question"',
    by: '"Customer_Change"',
    code: 'WB_ROUTE_WRONG_DIRECTION',
    at: '"message": |"Customer_Change"',
    path: 'routes[1].message',
  },
  {
    replace: '"Stock_Question"',
    by: '"Error_Reply"',
    code: 'WB_ROUTE_OTHER_EVENT',
    at: '"Error_Reply"',
    path: 'routes[1].message',
    hint: 'Of "stock.asked" tell Stock_Question@1.0.',
  },
  {
    replace: 'Parcel_Order@2.0',
    by: 'Parcel_Order',
    code: 'WB_ROUTE_AMBIGUOUS_MESSAGE',
    at: '"Parcel_Order"',
    path: 'routes[0].message',
    hint: 'Write Parcel_Order@1.0 or Parcel_Order@2.0.',
  },
  {
    replace: '"to": ["orders"] }',
    by: '"to": ["order-letters"] }',
    code: 'WB_ENDPOINT_CANNOT_ASK',
    at: '"to": [|"order-letters"] }',
    path: 'routes[1].to[0]',
  },
  {
    replace: '"to": ["orders"] }',
    by: '"to": ["orders"] }, { "event": "parcel.ordered", "message": "Parcel_Order@2.0", "to": ["orders"], "store": "10151", "priority": [5, 12] }',
    code: 'WB_ROUTE_DUPLICATE',
    at: '{ "event": "parcel.ordered"',
    path: 'routes[2]',
  },
  {
    replace: '"to": ["orders"] }',
    by: '"to": ["orders"] }, { "event": "stock.asked", "message": "Stock_Question", "to": ["orders"], "priority": [5, 6] }',
    code: 'WB_ROUTE_DUPLICATE',
    at: '}, |{ "event": "stock.asked"',
    path: 'routes[2]',
  },
  {
    replace: '"@fixture/ear"',
    by: '"@fixture/post"',
    code: 'WB_MANIFEST_BAD_VALUE',
    at: '"@fixture/post", |"@fixture/post"',
    path: 'plugins[2]',
  },
];

const placeholders: readonly Mutation[] = [
  {
    replace: '${env:WIRE_PORT}',
    by: '${env:WIRE_PROT}',
    code: 'WB_MANIFEST_MISSING_VARIABLE',
    at: '"${env:WIRE_PROT}"',
    path: 'connections.backend.port',
    hint: 'Did you mean "WIRE_PORT"?',
  },
  {
    replace: '${env:TOKEN}',
    by: '${env:ERP_SECRET}',
    code: 'WB_MANIFEST_MISSING_VARIABLE',
    at: '"${env:ERP_SECRET}"',
    path: 'inbound.status.auth.basic.password',
    hint: 'Set ERP_SECRET for the process that runs Waybill.',
  },
  {
    replace: '${env:TOKEN}',
    by: '${file:./nowhere.txt}',
    code: 'WB_MANIFEST_MISSING_FILE',
    at: '"${file:./nowhere.txt}"',
    path: 'inbound.status.auth.basic.password',
  },
  {
    replace: '${env:TOKEN}',
    by: '${evn:TOKEN}',
    code: 'WB_MANIFEST_BAD_PLACEHOLDER',
    at: '"${evn:TOKEN}"',
    path: 'inbound.status.auth.basic.password',
  },
  { replace: '"STATUS.IN"', by: '"${STATUS}"', code: 'WB_MANIFEST_BAD_PLACEHOLDER', at: '"${STATUS}"', path: 'inbound.status.queue' },
  { replace: '"STATUS.IN"', by: '"${env:TOKEN"', code: 'WB_MANIFEST_BAD_PLACEHOLDER', at: '"${env:TOKEN"', path: 'inbound.status.queue' },
  {
    replace: '${env:WIRE_PASSWORD}',
    by: 'open-sesame',
    code: 'WB_MANIFEST_LITERAL_SECRET',
    at: '"open-sesame"',
    path: 'connections.backend.password',
    hint: 'Write ${env:NAME} or ${file:path}.',
  },
  {
    replace: '${env:WIRE_PORT}',
    by: '${env:TOKEN}',
    code: 'WB_MANIFEST_WRONG_TYPE',
    at: '"${env:TOKEN}"',
    path: 'connections.backend.port',
  },
];

describe.each([
  ['a name that nobody knows', unknownNames],
  ['a value that its setting does not take', badValues],
  ['parts that do not fit together', contradictions],
  ['a placeholder that cannot be filled', placeholders],
])('%s', (_, mutations) => {
  it.each(mutations.map((mutation) => [`${mutation.replace} → ${mutation.by}`, mutation] as const))('%s', (_title, mutation) => {
    const text = mutate(good, mutation);
    const verdict = workshop.check(text);
    expect(places(verdict)).toContain(expected(text, mutation));
    const problem = verdict.problems.find(({ path }) => path === mutation.path);
    if (mutation.hint !== undefined) expect(problem?.hint).toBe(mutation.hint);
    expect(leaked(verdict)).toEqual([]);
  });
});

describe('two mutations at once', () => {
  const all = [...unknownNames.slice(2), ...badValues, ...contradictions, ...placeholders];
  const pairs = all.flatMap((first, index) => all.slice(index + 1).map((second) => [first, second] as const));
  const apart = pairs.filter(([first, second]) => independent(first, second));

  it('are more than a hundred', () => {
    expect(apart.length).toBeGreaterThan(100);
  });

  it.each(sample(apart, 150).map(([first, second]) => [`${first.by} and ${second.by}`, first, second] as const))(
    '%s',
    (_, first, second) => {
      const text = mutate(mutate(good, first), second);
      const found = places(workshop.check(text));
      expect(found).toContain(expected(text, first));
      expect(found).toContain(expected(text, second));
    },
  );
});

describe('a YAML manifest', () => {
  const yaml = toYaml(good);
  it('without mutation is accepted', () => {
    expect(accepted(workshop.check(yaml, 'waybill.yaml')).name).toBe('harbour-store');
  });

  it.each(settings.map((member) => [member.path, member] as const))('with a misspelt key is refused: %s', (path, member) => {
    const index = settings.filter(({ key }) => key === member.key).indexOf(member);
    const { text, place } = misspellNth(yaml, member.key, index);
    const [problem, ...others] = workshop.check(text, 'waybill.yaml').problems;
    expect(others).toEqual([]);
    expect(problem).toMatchObject({ code: 'WB_MANIFEST_UNKNOWN_KEY', path: `${path}x`, hint: `Did you mean "${member.key}"?` });
    expect(`${problem?.line}:${problem?.column}`).toBe(place);
  });
});

function mutate(text: string, { replace, by }: Mutation): string {
  expect(text).toContain(replace);
  return text.replace(replace, () => by);
}

function expected(text: string, { code, at, path }: Mutation): string {
  return `${code} ${placeOf(text, at)} ${path}`;
}

/** Values of the environment that show up in what people get to read. */
function leaked({ problems }: Verdict): readonly string[] {
  const shown = JSON.stringify(problems);
  return [environment['WIRE_PASSWORD'] ?? '', environment['TOKEN'] ?? ''].filter((value) => shown.includes(value));
}

/** Mutations that neither touch the same text nor the same entry, so that each is found whatever the other does. */
function independent(first: Mutation, second: Mutation): boolean {
  const entry = ({ path }: Mutation) => path.split(/[.[]/).slice(0, 2).join('.');
  const once = ({ at }: Mutation, other: Mutation) => !other.by.includes(at.replace('|', '')) && !at.includes(other.replace);
  const placeable = (text: string, { at }: Mutation) => text.split(at.replace('|', '')).length === 2;
  if (entry(first) === entry(second) || !once(first, second) || !once(second, first)) return false;
  // What one replaces must be there still, and a misspelt name must not be what the other depends on.
  const dependents = /UNKNOWN|CANNOT|ROUTE|NOT_INSTALLED/;
  if (dependents.test(first.code) && dependents.test(second.code)) return false;
  const half = good.replace(first.replace, () => first.by);
  if (!half.includes(second.replace)) return false;
  const text = half.replace(second.replace, () => second.by);
  return placeable(text, first) && placeable(text, second);
}

/** Every so many-th item, the same at every run. */
function sample<Item>(items: readonly Item[], count: number): readonly Item[] {
  const step = Math.max(1, Math.floor(items.length / count));
  return items.filter((_, index) => index % step === 0);
}

/** The manifest as YAML in block style, every key in a line of its own. */
function toYaml(text: string): string {
  const lines = (value: unknown, indent: string): string => {
    if (Array.isArray(value)) return value.map((item) => `\n${indent}- ${lines(item, `${indent}  `).trimStart()}`).join('');
    if (typeof value !== 'object' || value === null) return JSON.stringify(value);
    return Object.entries(value)
      .map(([key, child]) => `\n${indent}${key === '*' ? '"*"' : key}: ${lines(child, `${indent}  `)}`)
      .join('');
  };
  return `# Written by a test.${lines(JSON.parse(text), '')}\n`;
}

function misspellNth(yaml: string, key: string, nth: number): { readonly text: string; readonly place: string } {
  const pattern = new RegExp(`(?<=^ *(- )?)${key.replace('$', '\\$')}(?=: ?)`, 'gm');
  const hit = [...yaml.matchAll(pattern)][nth];
  if (!hit) throw new Error(`The YAML text has no ${key} number ${nth}.`);
  return { text: `${yaml.slice(0, hit.index)}${key}x${yaml.slice(hit.index + key.length)}`, place: placeAt(yaml, hit.index) };
}
