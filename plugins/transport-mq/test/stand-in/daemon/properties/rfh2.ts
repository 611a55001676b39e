// The header MQRFH2: fixed fields, then folders of properties that look like XML.
import { has, MQC } from '../mqi.ts';
import type { Descriptor } from '../queues/message.ts';
import { folderTexts, propertiesOf } from './folders.ts';
import type { Property } from './property.ts';

export interface Header {
  readonly length: number;
  /** What these three say is about what follows the header. */
  readonly format: string;
  readonly encoding: number;
  readonly ccsid: number;
  readonly properties: readonly Property[];
}

const fixed = 36;

/** The header in front of a body that `about` describes. Its numbers have the order of this machine. */
export function headerOf(properties: readonly Property[], about: Descriptor): Buffer {
  const head = Buffer.alloc(fixed);
  head.write('RFH ', 0, 'latin1');
  head.writeInt32LE(2, 4);
  head.writeInt32LE(about.Encoding, 12);
  head.writeInt32LE(about.CodedCharSetId, 16);
  head.write(about.Format.padEnd(8, ' '), 20, 8, 'latin1');
  head.writeInt32LE(1208, 32);
  const header = Buffer.concat([head, ...folderTexts(properties).flatMap(lengthAndText)]);
  header.writeInt32LE(header.length, 8);
  return header;
}

/** Undefined when the body does not begin with a header whose folders are all made of properties: it is left as it is then. */
export function readHeader(body: Buffer, encoding: number): Header | undefined {
  if (body.length < fixed || body.toString('latin1', 0, 4) !== 'RFH ') return undefined;
  const number = (at: number) => (has(encoding, MQC.MQENC_INTEGER_REVERSED) ? body.readInt32LE(at) : body.readInt32BE(at));
  const length = number(8);
  if (number(4) !== 2 || length < fixed || length > body.length) return undefined;
  const properties: Property[] = [];
  for (let at = fixed; at + 4 <= length; ) {
    const end = at + 4 + number(at);
    const found = end > length ? undefined : propertiesOf(body.toString('utf8', at + 4, end));
    if (found === undefined) return undefined;
    properties.push(...found);
    at = end;
  }
  return { length, encoding: number(12), ccsid: number(16), format: body.toString('latin1', 20, 28).trimEnd(), properties };
}

function lengthAndText(folder: string): readonly Buffer[] {
  const bytes = Buffer.from(folder, 'utf8');
  const text = Buffer.alloc(Math.ceil(bytes.length / 4) * 4, ' ');
  text.set(bytes);
  const length = Buffer.alloc(4);
  length.writeInt32LE(text.length);
  return [length, text];
}
