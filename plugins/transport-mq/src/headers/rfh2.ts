/** Properties as they stand in a header: by folder, then by name. */
export type Folders = Readonly<Record<string, Readonly<Record<string, string>>>>;

export interface Header {
  readonly folders: Folders;
  /** Of what follows the header. */
  readonly format: string;
  readonly ccsid: number;
  readonly encoding: number;
  readonly body: Buffer;
}

export const headerFormat = 'MQHRF2';
const fixedLength = 36;
const utf8 = 1208;
/** Says that numbers have their smallest byte first. */
const reversed = 0x222;

/**
 * Reads the header in front of a body. Undefined where the bytes are not one. `encoding`: of the descriptor, which says how numbers are
 * written. A CCSID of the body that is "inherited" or left out is undefined behaviour of senders; it is told as it stands.
 */
export function readHeader(bytes: Buffer, encoding: number): Header | undefined {
  const isLittle = (encoding & 0xf) === 2;
  const number = (at: number): number => (isLittle ? bytes.readInt32LE(at) : bytes.readInt32BE(at));
  if (bytes.length < fixedLength || bytes.toString('latin1', 0, 4) !== 'RFH ') return undefined;
  const length = number(8);
  if (number(4) !== 2 || length < fixedLength || length > bytes.length) return undefined;
  const folders: Record<string, Record<string, string>> = {};
  for (let at = fixedLength; at + 4 <= length; ) {
    const size = number(at);
    if (size < 0 || at + 4 + size > length) return undefined;
    Object.assign(folders, readFolder(bytes.toString('utf8', at + 4, at + 4 + size)));
    at += 4 + size;
  }
  const format = bytes.toString('latin1', 20, 28).trimEnd();
  return { folders, format, ccsid: number(16), encoding: number(12), body: bytes.subarray(length) };
}

/** A header with these folders, in front of the body that is described. */
export function writeHeader(folders: Folders, described: { readonly format: string; readonly ccsid: number }): Buffer {
  const parts = Object.entries(folders).map(([name, values]) => paddedFolder(name, values));
  const fixed = Buffer.alloc(fixedLength, ' ');
  fixed.write('RFH ', 0, 'latin1');
  fixed.writeInt32LE(2, 4);
  fixed.writeInt32LE(fixedLength + parts.reduce((sum, { length }) => sum + length, 0), 8);
  fixed.writeInt32LE(reversed, 12);
  fixed.writeInt32LE(described.ccsid, 16);
  fixed.write(described.format, 20, 'latin1');
  fixed.writeInt32LE(0, 28);
  fixed.writeInt32LE(utf8, 32);
  return Buffer.concat([fixed, ...parts]);
}

function paddedFolder(name: string, values: Readonly<Record<string, string>>): Buffer {
  const inside = Object.entries(values).map(([key, value]) => `<${key}>${escapeText(value)}</${key}>`);
  const text = Buffer.from(`<${name}>${inside.join('')}</${name}>`);
  const padded = Buffer.alloc(4 + 4 * Math.ceil(text.length / 4), ' ');
  padded.writeInt32LE(padded.length - 4, 0);
  text.copy(padded, 4);
  return padded;
}

/** `<usr><a>1</a><b dt='i4'>2</b></usr>`: names within names are joined by a dot, and what is null is left out. */
function readFolder(text: string): Record<string, Record<string, string>> {
  const values: Record<string, string> = {};
  const open: { readonly name: string; readonly isNull: boolean; readonly text: string; hasNames: boolean }[] = [];
  const close = (): void => {
    const closed = open.pop();
    if (!closed || open.length === 0 || closed.isNull || closed.hasNames) return;
    const path = [...open.slice(1).map(({ name }) => name), closed.name];
    values[path.join('.')] = unescapeText(closed.text);
  };
  let folder: string | undefined;
  // Each step looks at what no other looks at again, so that no header takes long.
  for (const [, isEnd, name = '', attributes = '', isEmpty, value = ''] of text.matchAll(/<(\/)?([^\s<>/]+)([^<>]*?)(\/)?>([^<]*)/g)) {
    if (isEnd) close();
    else {
      const parent = open.at(-1);
      if (parent) parent.hasNames = true;
      folder ??= name;
      open.push({ name, isNull: /xsi:nil\s*=\s*['"]true/.test(attributes), text: value, hasNames: false });
      if (isEmpty) close();
    }
  }
  return folder === undefined ? {} : { [folder]: values };
}

function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function unescapeText(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&apos;', "'").replaceAll('&amp;', '&');
}
