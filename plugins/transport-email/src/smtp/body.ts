const [dot, newline, carriageReturn] = [0x2e, 0x0a, 0x0d];

/** The bytes of a mail as they go over the wire, without the final dot. */
export interface Body {
  /** Of the mail itself, as it is told by SIZE. */
  readonly size: number;
  /** A dot before each line that begins with one (RFC 5321, 4.5.2), and a line end at the end. */
  readonly stuffed: Uint8Array;
  /** It has bytes above 127. */
  readonly hasEightBit: boolean;
}

/** Why bytes are no mail that may be sent. */
export interface NoBody {
  readonly impossible: string;
}

/**
 * Bytes that are not lines ended by CR and LF are refused, not mended: what arrives would not be what was signed, and a bare CR or LF before a dot
 * ends the mail for some servers and not for others (CVE-2023-51764).
 */
export function bodyOf(bytes: Uint8Array): Body | NoBody {
  let above = 0;
  let dots = bytes[0] === dot ? 1 : 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] as number;
    above |= byte;
    if (byte > carriageReturn) continue;
    if (byte === newline) {
      if (bytes[at - 1] !== carriageReturn) return { impossible: 'it has a line end without CR' };
      if (bytes[at + 1] === dot) dots++;
    } else if (byte === carriageReturn && bytes[at + 1] !== newline) return { impossible: 'it has a CR without a line end' };
    else if (byte === 0) return { impossible: 'it has a NUL' };
  }
  const isWhole = bytes.length === 0 || bytes.at(-1) === newline;
  const stuffed = dots === 0 && isWhole ? bytes : stuff(bytes, dots, isWhole);
  return { size: bytes.length, stuffed, hasEightBit: above > 127 };
}

function stuff(bytes: Uint8Array, dots: number, isWhole: boolean): Uint8Array {
  const from = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const stuffed = Buffer.allocUnsafe(bytes.length + dots + (isWhole ? 0 : 2));
  let written = 0;
  let done = 0;
  if (bytes[0] === dot) stuffed[written++] = dot;
  for (let at = from.indexOf('\n.'); at >= 0; at = from.indexOf('\n.', at + 1)) {
    written += from.copy(stuffed, written, done, at + 1);
    stuffed[written++] = dot;
    done = at + 1;
  }
  written += from.copy(stuffed, written, done);
  if (!isWhole) stuffed.write('\r\n', written, 'latin1');
  return stuffed;
}
