import { type TSchema, unitKeyword } from '@waybill/contract';
import { secretPaths } from '@waybill/contract/host';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { commands, customerRegister, events, orderCreated } from '../src/index.ts';
import { accepted, refused } from './examples.ts';

const ajv = new Ajv({ strict: true, allErrors: true });
ajv.addKeyword(unitKeyword);

const schemas = new Map<string, TSchema>([
  ...commands.flatMap(({ name, input, output }) => parts(name, { input, output })),
  ...events.flatMap(({ name, data, reply }) => parts(name, { data, reply })),
]);

function parts(name: string, named: Readonly<Record<string, TSchema | undefined>>): [string, TSchema][] {
  return Object.entries(named).flatMap(([part, schema]) => (schema ? [[`${name} ${part}`, schema] satisfies [string, TSchema]] : []));
}

function check(name: string, value: unknown): { ok: boolean; errors: unknown } {
  const schema = schemas.get(name);
  if (!schema) throw new Error(`No schema is named "${name}".`);
  const validate = ajv.compile(schema);
  // As a value comes from a pack: undefined fields are no fields.
  return { ok: validate(JSON.parse(JSON.stringify(value))), errors: validate.errors };
}

describe('every schema', () => {
  it.each([...schemas.keys()])('%s has an accepted example', (name) => {
    expect(accepted).toHaveProperty([name]);
    expect(check(name, accepted[name])).toEqual({ ok: true, errors: null });
  });

  it.each(refused)('%s is refused when %s', (name, _because, value) => {
    expect(check(name, value).ok).toBe(false);
  });

  it('is closed and describes each of its fields', () => {
    expect([...schemas].flatMap(([name, schema]) => faults(schema, name))).toEqual([]);
  });
});

describe('the lists of commands and events', () => {
  it('are in the order of their names and name nothing twice', () => {
    for (const names of [commands.map(({ name }) => name), events.map(({ name }) => name)])
      expect(names).toEqual([...new Set<string>(names)].toSorted());
  });

  it('say what each of them is for', () => {
    for (const { summary } of [...commands, ...events]) expect(summary).toMatch(/^[A-Z].{15,}$/);
  });
});

describe('what nobody may see', () => {
  it('is marked in the inputs and events that hold it', () => {
    expect(secretPaths(customerRegister.input)).toEqual(['password', 'passwordVerify', 'challenge.answer']);
    expect(secretPaths(orderCreated.data)).toEqual(['paymentCard.number']);
  });
});

interface Node {
  readonly type?: string;
  readonly description?: string;
  readonly additionalProperties?: unknown;
  readonly properties?: Readonly<Record<string, Node>>;
  readonly items?: Node;
  readonly anyOf?: readonly Node[];
}

function faults(schema: TSchema, at: string): string[] {
  const node = schema as Node;
  const children = [
    ...Object.entries(node.properties ?? {}),
    ...(node.items ? [['[]', node.items] as const] : []),
    ...(node.anyOf ?? []).map((branch, index) => [`|${index}`, branch] as const),
  ];
  return [
    ...(node.properties && node.additionalProperties !== false ? [`${at} is open`] : []),
    ...(node.description || at.endsWith('[]') ? [] : [`${at} has no description`]),
    ...children.flatMap(([key, child]) => faults(child as TSchema, `${at}.${key}`)),
  ];
}
