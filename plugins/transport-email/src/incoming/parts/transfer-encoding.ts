import type { Mark } from '../mail-tree.ts';

export interface Decoded {
  readonly bytes: Uint8Array;
  readonly marks: readonly Mark[];
}

/** Undoes a transfer encoding (RFC 2045, 6). The result is exact, or a mark tells what is wrong with it. */
export function decodeTransfer(bytes: Uint8Array, encoding: string): Decoded {
  const name = encoding
    .replaceAll(/\([^()]*\)/g, '')
    .trim()
    .toLowerCase();
  if (name === 'base64') return decodeBase64(bytes);
  if (name === 'quoted-printable') return decodeQuotedPrintable(bytes);
  const marks: readonly Mark[] = /^(|7-?bit|8-?bit|binary)$/.test(name) ? [] : ['unknown-encoding'];
  return { bytes, marks };
}

const outside = 64;
const blank = 65;
const padding = 66;
/** For each byte the six bits that it stands for, or one of the three above. */
const sextets = Uint8Array.from({ length: 256 }, (_, byte) => {
  const at = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'.indexOf(String.fromCharCode(byte));
  if (at >= 0) return at;
  if (byte === 0x3d) return padding;
  return byte === 0x20 || (byte >= 0x09 && byte <= 0x0d) ? blank : outside;
});

/** White space counts for nothing, as do other characters outside the alphabet, which are marked (RFC 2045, 6.8). */
export function decodeBase64(bytes: Uint8Array): Decoded {
  const out = Buffer.allocUnsafe(Math.ceil((bytes.length * 3) / 4) + 3);
  const marks = new Set<Mark>();
  let written = 0;
  let group = 0;
  let inGroup = 0;
  let ended = false;
  for (const byte of bytes) {
    const sextet = sextets[byte] ?? outside;
    if (sextet === blank) continue;
    if (sextet === outside) marks.add('junk');
    else if (sextet === padding) ended = true;
    else if (ended) marks.add('after-end');
    else {
      group = (group << 6) | sextet;
      if (++inGroup < 4) continue;
      out[written++] = group >> 16;
      out[written++] = group >> 8;
      out[written++] = group;
      group = inGroup = 0;
    }
  }
  if (inGroup === 1 || (inGroup > 1 && !ended)) marks.add('cut-encoding');
  if (inGroup > 1) out[written++] = group >> (inGroup === 2 ? 4 : 10);
  if (inGroup > 2) out[written++] = group >> 2;
  return { bytes: out.subarray(0, written), marks: [...marks] };
}

const equals = 0x3d;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/** Blanks at the end of a line were added on the way and are left out (RFC 2045, 6.7, rule 3). */
export function decodeQuotedPrintable(bytes: Uint8Array): Decoded {
  const out = Buffer.allocUnsafe(bytes.length);
  const marks = new Set<Mark>();
  let written = 0;
  /** Behind the last byte that is no blank at a line's end. */
  let kept = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    if (byte !== equals) {
      const endsLine = byte === lineFeed || (byte === carriageReturn && bytes[at + 1] === lineFeed);
      if (endsLine && bytes[at - 1] !== carriageReturn) written = kept;
      out[written++] = byte;
      if (!isBlank(byte)) kept = written;
      continue;
    }
    const value = hexAt(bytes, at + 1);
    const next = value === undefined ? afterSoftBreak(bytes, at + 1) : at + 3;
    if (value !== undefined) out[written++] = value;
    else if (next === undefined) {
      marks.add(at + 2 >= bytes.length ? 'cut-encoding' : 'junk');
      out[written++] = byte;
    }
    kept = written;
    if (next !== undefined) at = next - 1;
  }
  return { bytes: out.subarray(0, kept), marks: [...marks] };
}

function isBlank(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x09;
}

function hexAt(bytes: Uint8Array, at: number): number | undefined {
  const high = digit(bytes[at]);
  const low = digit(bytes[at + 1]);
  return high === undefined || low === undefined ? undefined : high * 16 + low;
}

function digit(byte: number | undefined): number | undefined {
  if (byte === undefined) return undefined;
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const letter = byte & 0xdf;
  return letter >= 0x41 && letter <= 0x46 ? letter - 0x37 : undefined;
}

/** Where the next line begins, when nothing but blanks stands between here and the end of this one; else undefined. */
function afterSoftBreak(bytes: Uint8Array, from: number): number | undefined {
  let at = from;
  while (isBlank(bytes[at])) at++;
  if (at >= bytes.length) return at;
  if (bytes[at] === carriageReturn && bytes[at + 1] === lineFeed) return at + 2;
  return bytes[at] === lineFeed ? at + 1 : undefined;
}
