import { type TSchema, unitKeyword } from '@waybill/contract';
import { maskTagged, secretPaths } from '@waybill/contract/host';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { commands, customerRegister, customerUpdate, events, orderCreated, purchaseOrderSubmit } from '../src/index.ts';
import { accepted } from './examples.ts';
import { refused } from './refused-examples.ts';

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
    expect(secretPaths(customerUpdate.input)).toEqual(['password', 'passwordVerify', 'challenge.answer']);
    expect(secretPaths(orderCreated.data)).toEqual(['paymentCard.number']);
    expect(secretPaths(purchaseOrderSubmit.input)).toEqual(['card.number']);
  });
});

describe('what tells of a person', () => {
  const fields =
    /^(lines|line[12]|city|state|postalCode|(full|last|first|middle|alternate|nick)[Nn]ame|phone\d|email\d?|emails|fax|faxes|number|telephone|displayName)$/;

  /** Fields of such a name that tell of a document or a parcel. */
  const otherwise: Readonly<Record<string, readonly string[]>> = {
    'document.note-status input': ['state'],
    'purchase-order.submit output': ['state'],
    'purchase-order.shipped data': ['number'],
  };

  it.each([...schemas].flatMap(([name, schema]) => (accepted[name] === undefined ? [] : [[name, schema, accepted[name]] as const])))(
    'is marked in %s: names, addresses, e-mail addresses and telephone numbers',
    (name, schema, value) => {
      expect(shownIn(maskTagged(schema, value, ['secret', 'personal']), fields)).toEqual(otherwise[name] ?? []);
    },
  );

  it('leaves what is about the goods', () => {
    const value = maskTagged(orderCreated.data, accepted['order.created data'], ['secret', 'personal']) as {
      readonly orderId: string;
      readonly items: readonly { readonly partNumber: string }[];
    };
    expect([value.orderId, ...value.items.map(({ partNumber }) => partNumber)]).not.toContain('***');
  });
});

/** The fields of such a name, anywhere within, that are not masked. */
function shownIn(value: unknown, name: RegExp): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, one]) => {
    const leaves = Array.isArray(one) ? one : [one];
    const isShown = name.test(key) && leaves.some((leaf) => typeof leaf === 'string' && leaf !== '***');
    return isShown ? [key] : shownIn(one, name);
  });
}

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
