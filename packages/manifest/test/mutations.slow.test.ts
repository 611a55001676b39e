import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { contradictions } from './contradictions.ts';
import type { Mutation } from './mutation.ts';
import { memberAt, membersOf, placeAt, placeOf, withoutMember } from './places.ts';
import { accepted, environment, good, places, type Verdict, Workshop } from './workshop.ts';
import { unknownNames } from './wrong-names.ts';
import { badValues, placeholders } from './wrong-values.ts';

let workshop: Workshop;
beforeAll(() => {
  workshop = new Workshop();
});
afterEach(() => {
  const ran = workshop.ran();
  if (ran.length > 0) throw new Error(`The check ran the code of plugins: ${ran.join(', ')}.`);
});
afterAll(() => workshop.close());

/** Keys that name something of the integrator's own: every spelling of them is right. */
const freeNames = /^(connections|inbound|outbound)\.[^.]+$|\.(allow|headers|packs)\.[^.]+$/;
const settings = membersOf(good).filter(({ path }) => !freeNames.test(path));

const slips: readonly (readonly [string, (key: string, at: number) => string])[] = [
  ['a letter left out', (key, at) => key.slice(0, at) + key.slice(at + 1)],
  ['a letter twice', (key, at) => key.slice(0, at) + key.charAt(at) + key.slice(at)],
  ['a wrong letter', (key, at) => `${key.slice(0, at)}q${key.slice(at + 1)}`],
  ['two letters swapped', (key, at) => key.slice(0, at - 1) + key.charAt(at) + key.charAt(at - 1) + key.slice(at + 1)],
];

describe('a manifest without mutation', () => {
  it('is accepted', () => {
    expect(accepted(workshop.check(good)).inbound.map(({ name }) => name)).toEqual(['status', 'whispers', 'rumours']);
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
  const required = `plugins journal journal.use
    connections.backend.transport connections.backend.folder connections.letters.host
    inbound.status.connection inbound.status.queue inbound.status.auth.basic.user inbound.status.auth.basic.password
    outbound.orders.connection outbound.orders.queue outbound.order-letters.recipient
    routes[0].event routes[0].message routes[0].to`.split(/\s+/);
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
    expect(problem).toMatchObject(mutation.hint === undefined ? {} : { hint: mutation.hint });
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
  // Routes are compared with each other, so that one of them may hide what is wrong with the next.
  const entry = ({ path }: Mutation) => (path.startsWith('routes') ? 'routes' : path.split('.').slice(0, 2).join('.'));
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
