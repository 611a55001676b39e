// The folders of an MQRFH2 header: `<usr><name dt='i4'>5</name></usr>`.
import { MQC } from '../mqi.ts';
import type { Property } from './property.ts';

/** Each type of the MQI with its name in a folder, and its value as text and as bytes of this machine. */
const types: readonly {
  readonly type: number;
  readonly dt: string;
  readonly read: (value: Buffer) => string;
  readonly write: (text: string) => Buffer;
}[] = [
  { type: MQC.MQTYPE_STRING, dt: '', read: (value) => value.toString('utf8'), write: (text) => Buffer.from(text, 'utf8') },
  {
    type: MQC.MQTYPE_BOOLEAN,
    dt: 'boolean',
    read: (value) => String(value.readInt32LE()),
    write: (text) => int32(/^(1|true)$/.test(text) ? 1 : 0),
  },
  { type: MQC.MQTYPE_INT8, dt: 'i1', read: (value) => String(value.readInt8()), write: (text) => Buffer.from([Number(text) & 0xff]) },
  { type: MQC.MQTYPE_INT16, dt: 'i2', read: (value) => String(value.readInt16LE()), write: (text) => int16(Number(text)) },
  { type: MQC.MQTYPE_INT32, dt: 'i4', read: (value) => String(value.readInt32LE()), write: (text) => int32(Number(text)) },
  { type: MQC.MQTYPE_INT64, dt: 'i8', read: (value) => String(value.readBigInt64LE()), write: (text) => int64(BigInt(text)) },
  { type: MQC.MQTYPE_FLOAT32, dt: 'r4', read: (value) => String(value.readFloatLE()), write: (text) => float(Number(text)) },
  { type: MQC.MQTYPE_FLOAT64, dt: 'r8', read: (value) => String(value.readDoubleLE()), write: (text) => double(Number(text)) },
  {
    type: MQC.MQTYPE_BYTE_STRING,
    dt: 'bin.hex',
    read: (value) => value.toString('hex').toUpperCase(),
    write: (text) => Buffer.from(text, 'hex'),
  },
];

/** One text a folder. A name without a folder belongs to `usr`. */
export function folderTexts(properties: readonly Property[]): readonly string[] {
  const folders = Map.groupBy(properties, ({ name }) => placeOf(name).folder);
  return [...folders].map(([folder, held]) => `<${folder}>${held.map(element).join('')}</${folder}>`);
}

/** The properties of one folder; undefined when it is not made of properties. */
export function propertiesOf(text: string): readonly Property[] | undefined {
  const outer = /^\s*<(\w+)([^>]*?)(\/>|>([\s\S]*)<\/\1>)[\s\0]*$/.exec(text);
  const [, folder = '', attributes = '', , content = ''] = outer ?? [];
  if (!/^(usr|mcd|jms|mqext|mq|mqps)$/.test(folder) && !/content=['"]properties['"]/.test(attributes)) return undefined;
  return readElements(content, folder === 'usr' ? '' : `${folder}.`);
}

function readElements(content: string, prefix: string): readonly Property[] | undefined {
  const properties: Property[] = [];
  let at = 0;
  for (const match of content.matchAll(/\s*<([^\s<>/]+)([^<>]*?)(?:\/>|>([\s\S]*?)<\/\1>)\s*/g)) {
    if (match.index !== at) return undefined;
    at += match[0].length;
    const [, name = '', attributes = '', inner = ''] = match;
    const found = inner.includes('<') ? readElements(inner, `${prefix}${name}.`) : property(`${prefix}${name}`, attributes, inner);
    if (found === undefined) return undefined;
    properties.push(...found);
  }
  return content.slice(at).trim() === '' ? properties : undefined;
}

function property(name: string, attributes: string, text: string): readonly Property[] | undefined {
  if (/xsi:nil=['"]true['"]/.test(attributes)) return [{ name, type: MQC.MQTYPE_NULL, value: Buffer.alloc(0) }];
  const dt = /\bdt=['"]([\w.]*)['"]/.exec(attributes)?.[1] ?? '';
  const type = types.find((each) => each.dt === (dt === 'string' ? '' : dt === 'int' ? 'i8' : dt));
  return type && [{ name, type: type.type, value: type.write(unescaped(text)) }];
}

function element({ name, type, value }: Property): string {
  const path = placeOf(name).path;
  const last = path.at(-1) ?? '';
  const wrapped = path.slice(0, -1).reduceRight((inner, part) => `<${part}>${inner}</${part}>`, textOf(last, type, value));
  return wrapped;
}

function textOf(name: string, type: number, value: Buffer): string {
  if (type === MQC.MQTYPE_NULL) return `<${name} xsi:nil='true'></${name}>`;
  const known = types.find((each) => each.type === type);
  if (known === undefined) throw new Error(`There is no form for properties of type ${type}.`);
  return `<${name}${known.dt === '' ? '' : ` dt='${known.dt}'`}>${escaped(known.read(value))}</${name}>`;
}

function placeOf(name: string): { readonly folder: string; readonly path: readonly string[] } {
  const [first = '', ...rest] = name.split('.');
  return rest.length === 0 ? { folder: 'usr', path: [first] } : { folder: first, path: rest };
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function unescaped(text: string): string {
  const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };
  return text.replaceAll(/&(\w+);/g, (whole, name: string) => named[name] ?? whole);
}

function int16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeInt16LE(value);
  return bytes;
}

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32LE(value);
  return bytes;
}

function int64(value: bigint): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64LE(value);
  return bytes;
}

function float(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeFloatLE(value);
  return bytes;
}

function double(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleLE(value);
  return bytes;
}
