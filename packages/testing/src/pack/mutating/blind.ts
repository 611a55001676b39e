import { type Chance, oneOf } from './chance.ts';

/** Changes a message without a look at what it means. */
export interface BlindMutation {
  readonly name: string;
  readonly make: (body: Buffer, chance: Chance) => Buffer;
}

/** What senders and attackers put where it does not belong. */
const odd = [
  ' ',
  '\r\n',
  '\t',
  '\0',
  '\ufeff',
  '\u0085',
  '\u00a0',
  '漢😀',
  '<',
  '>',
  '&',
  '"',
  ']]>',
  '&amp;',
  '&lt;',
  '&#0;',
  '&#13;',
  '&#x10FFFF;',
  '&#xD800;',
  '&nbsp;',
  '&a;&a;&a;',
  '<![CDATA[x]]>',
  '<![CDATA[',
  '<!-- c -->',
  '<!--',
  '<?p x?>',
  '<!DOCTYPE x [<!ENTITY a "aaaa">]>',
  '<x>',
  '</x>',
  '<x/>',
  '<HEADER>',
  '</HEADER>',
  '__proto__',
  'NaN',
  '-0',
  '1e400',
  '0x10',
  '٣',
];

/** What a text becomes as a whole. */
const whole = [
  '',
  ' ',
  '9'.repeat(400),
  `0.${'0'.repeat(400)}1`,
  '0'.repeat(5_000),
  '-',
  '+.',
  '0000-00-00',
  '9999-12-31T23:59:59.999999+14:00',
  '2024-02-30',
  'x'.repeat(20_000),
  '&amp;'.repeat(2_000),
  '😀'.repeat(300),
];

type OnText = (parts: string[], chance: Chance) => readonly string[];

/** Changes the tags and texts of a message. */
function onParts(name: string, change: OnText): BlindMutation {
  const make = (body: Buffer, chance: Chance): Buffer => {
    const parts = body.toString('utf8').split(/(?=<)|(?<=>)/);
    return Buffer.from(change(parts, chance).join(''));
  };
  return { name, make };
}

function rangeIn({ length }: { readonly length: number }, chance: Chance, most: number): readonly [from: number, to: number] {
  const from = chance(length + 1);
  return [from, Math.min(length, from + 1 + chance(most))];
}

function withBytes(body: Buffer, change: (copy: Buffer) => void): Buffer {
  const copy = Buffer.from(body);
  if (copy.length > 0) change(copy);
  return copy;
}

const signs = Buffer.from('0123456789ABCDEFXYZabcxyz');

/** In the place of a letter or digit, so that nothing else is lost. */
function putSign(copy: Buffer, chance: Chance): void {
  let at = chance(copy.length);
  for (let seen = 0; seen < copy.length && !signs.includes(copy[at] as number); seen += 1) at = (at + 1) % copy.length;
  copy[at] = oneOf([...signs], chance);
}

/** A part with what belongs to it: from an opening tag to the end of it. */
function elementIn(parts: readonly string[], chance: Chance): readonly [from: number, to: number] {
  const from = chance(parts.length);
  const [, name] = /^<([^\s/>!?]+)[^]*[^/]>$|^<([^\s/>!?])>$/.exec(parts[from] ?? '') ?? [];
  if (name === undefined) return [from, from + 1];
  const end = parts.indexOf(`</${name}>`, from);
  return [from, end < 0 ? from + 1 : end + 1];
}

const onBytes: readonly BlindMutation[] = [
  { name: 'a bit that is flipped', make: (body, chance) => withBytes(body, (copy) => (copy[chance(copy.length)]! ^= 1 << chance(8))) },
  { name: 'another byte', make: (body, chance) => withBytes(body, (copy) => (copy[chance(copy.length)] = chance(256))) },
  { name: 'another letter or digit', make: (body, chance) => withBytes(body, (copy) => putSign(copy, chance)) },
  {
    name: 'bytes that are cut out',
    make: (body, chance) => {
      const [from, to] = rangeIn(body, chance, 40);
      return Buffer.concat([body.subarray(0, from), body.subarray(to)]);
    },
  },
  {
    name: 'bytes that stand there twice',
    make: (body, chance) => {
      const [from, to] = rangeIn(body, chance, 200);
      const at = chance(body.length + 1);
      return Buffer.concat([body.subarray(0, at), body.subarray(from, to), body.subarray(at)]);
    },
  },
  { name: 'an end that is missing', make: (body, chance) => body.subarray(0, chance(body.length + 1)) },
  { name: 'another encoding', make: (body, chance) => encoded(body, chance(6)) },
  {
    name: 'something odd',
    make: (body, chance) => {
      const at = chance(body.length + 1);
      return Buffer.concat([body.subarray(0, at), Buffer.from(oneOf(odd, chance)), body.subarray(at)]);
    },
  },
];

function encoded(body: Buffer, way: number): Buffer {
  const text = body.toString('utf8');
  switch (way) {
    case 0:
      return Buffer.from(text, 'utf16le');
    case 1:
      return Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);
    case 2:
      return Buffer.from(text, 'latin1');
    case 3:
      return Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), body]);
    case 4:
      return Buffer.from(text.replace('UTF-8', 'ISO-8859-1'));
    default:
      return Buffer.from(text.replace('version="1.0"', 'version="1.1"'));
  }
}

const onTags: readonly BlindMutation[] = [
  onParts('a tag or text that is gone', (parts, chance) => parts.toSpliced(chance(parts.length), 1)),
  onParts('a tag or text in another place', (parts, chance) => {
    const [moved = ''] = parts.splice(chance(parts.length), 1);
    return parts.toSpliced(chance(parts.length + 1), 0, moved);
  }),
  onParts('two tags or texts that have changed places', (parts, chance) => {
    const [one, other] = [chance(parts.length), chance(parts.length)];
    return parts.with(one, parts[other] ?? '').with(other, parts[one] ?? '');
  }),
  onParts('a part that is gone', (parts, chance) => {
    const [from, to] = elementIn(parts, chance);
    return parts.toSpliced(from, to - from);
  }),
  onParts('a part that stands there again and again', (parts, chance) => {
    const [from, to] = elementIn(parts, chance);
    const copies = Array.from({ length: oneOf([1, 1, 1, 20], chance) }, () => parts.slice(from, to)).flat();
    return parts.toSpliced(to, 0, ...copies);
  }),
  onParts('a part in another place', (parts, chance) => {
    const [from, to] = elementIn(parts, chance);
    const moved = parts.splice(from, to - from);
    return parts.toSpliced(chance(parts.length + 1), 0, ...moved);
  }),
  onParts('white space between tags', (parts, chance) =>
    parts.toSpliced(chance(parts.length + 1), 0, oneOf([' ', '\n', '\r\n  ', '\t'], chance)),
  ),
  onParts('something odd between tags', (parts, chance) => parts.toSpliced(chance(parts.length + 1), 0, oneOf(odd, chance))),
  onParts('another text', (parts, chance) => {
    const texts = parts.flatMap((part, index) => (part.startsWith('<') ? [] : [index]));
    return texts.length === 0 ? parts : parts.with(oneOf(texts, chance), oneOf(whole, chance));
  }),
  onParts('tags in tags in tags', (parts, chance) => {
    const depth = oneOf([5, 200], chance);
    return parts.toSpliced(chance(parts.length + 1), 0, '<x>'.repeat(depth), '</x>'.repeat(depth));
  }),
];

export const blindMutations: readonly BlindMutation[] = [...onBytes, ...onTags];
