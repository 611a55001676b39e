import type { TSchema } from '@waybill/contract';
import * as fc from 'fast-check';

/** The part of JSON Schema that commands and events use. */
interface Schema {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly patternProperties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly anyOf?: readonly Schema[];
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
}

/** Any value that a schema allows. Throws for a part of JSON Schema that it does not know: nothing is left out in silence. */
export function valuesOf(schema: TSchema): fc.Arbitrary<unknown> {
  return values(schema);
}

function values(node: Schema): fc.Arbitrary<unknown> {
  if (node.anyOf) return fc.oneof(...node.anyOf.map(values));
  if (node.enum) return fc.constantFrom(...node.enum);
  switch (node.type) {
    case 'object':
      return objects(node);
    case 'array':
      return fc.array(values(node.items ?? {}), { minLength: node.minItems ?? 0, maxLength: 3 });
    case 'string':
      return node.pattern === undefined ? texts(node) : matching(node.pattern, node);
    case 'boolean':
      return fc.boolean();
    case undefined:
    default:
      throw new Error(`no values are known for ${JSON.stringify(node)}`);
  }
}

function objects({ properties = {}, required = [], patternProperties }: Schema): fc.Arbitrary<unknown> {
  const [record] = Object.entries(patternProperties ?? {});
  if (record) return fc.dictionary(matching(record[0], { minLength: 1 }), values(record[1]), { maxKeys: 4 });
  const known = Object.fromEntries(Object.entries(properties).map(([key, each]) => [key, values(each)]));
  return fc.record(known, { requiredKeys: [...required], noNullPrototype: true });
}

/** Two real lengths beside short texts: more than any column that a message was ever stored in, and as much as is allowed. */
function texts({ minLength = 0, maxLength = 2000 }: Schema): fc.Arbitrary<string> {
  const longest = fc.constantFrom('x', '&', '漢', '😀').map((sign) => sign.repeat(maxLength));
  const short = fc.string({ unit: 'binary', minLength, maxLength: Math.min(12, maxLength) });
  return fc.oneof({ weight: 9, arbitrary: short }, { weight: 1, arbitrary: longest });
}

/** The texts that a pattern of ours allows; the generated ones are held to it. */
function matching(pattern: string, node: Schema): fc.Arbitrary<string> {
  const regex = new RegExp(pattern, 'u');
  const found = kinds.find(({ example }) => regex.test(example));
  if (!found) throw new Error(`no texts are known for the pattern ${pattern}`);
  return found.texts(node).filter((text) => regex.test(text) && text.length >= (node.minLength ?? 0));
}

const year = fc.constantFrom('0001', '0004', '1900', '1999', '2000', '2023', '2024', '9998', '9999');
const twoDigits = (least: number, most: number) => fc.integer({ min: least, max: most }).map((number) => String(number).padStart(2, '0'));
const dates = fc.tuple(year, twoDigits(1, 12), fc.constantFrom('01', '15', '28', '29', '30', '31')).map((parts) => parts.join('-'));
const times = fc.tuple(twoDigits(0, 23), twoDigits(0, 59), twoDigits(0, 59)).map((parts) => parts.join(':'));
const fractions = fc.constantFrom('', '.5', '.250000', '.123456789', '.000');
const zones = fc.constantFrom('', 'Z', '+00:00', '-04:30', '+14:00', '-14:00', '+18:00', '-12:00');
const digits = (most: number) => fc.string({ unit: fc.constantFrom('0', '1', '5', '9'), minLength: 1, maxLength: most });

const numbers = fc.nat({ max: 2_000_000_000 }).map(String);

/** Most ids of the messages are numbers of a database. */
const ids = (node: Schema) => fc.oneof({ weight: 7, arbitrary: numbers }, { weight: 1, arbitrary: anyIds(node) });

const anyIds = (node: Schema) =>
  fc.tuple(texts({ ...node, minLength: 0 }), fc.constantFrom('1', 'é', '😀')).map(([text, sign]) =>
    Array.from(sign + text)
      .slice(0, node.maxLength)
      .join(''),
  );

const kinds: readonly { readonly example: string; readonly texts: (node: Schema) => fc.Arbitrary<string> }[] = [
  { example: ' ', texts },
  { example: '😀', texts: ids },
  { example: '2026-03-14', texts: () => dates },
  {
    example: '2026-03-14T16:20:05',
    texts: () => fc.tuple(dates, times, fractions, zones).map(([date, ...rest]) => `${date}T${rest.join('')}`),
  },
  {
    example: '-12.5',
    texts: () =>
      fc.tuple(fc.constantFrom('', '-', '+'), digits(25), fc.option(digits(8), { nil: undefined })).map(([sign, whole, part]) => {
        return part === undefined ? sign + whole : `${sign}${whole}.${part}`;
      }),
  },
];
