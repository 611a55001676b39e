// Without `stream` a decoder keeps no state between calls, so that all documents can share one. It leaves a byte order mark in
// the text: the parser skips it at the start, and in the middle of a document it is an ordinary character.
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Text so far, and whether the bytes behind it can never become UTF-8. */
export interface Decoded {
  readonly text: string;
  readonly broken: boolean;
}

/** Decodes UTF-8 that arrives in pieces. A character may be cut by the end of a piece. */
export class Utf8Pieces {
  #cut: Uint8Array | undefined;

  decode(piece: Uint8Array): Decoded {
    const bytes = this.#cut ? joined(this.#cut, piece) : piece;
    const whole = bytes.length - cutLength(bytes);
    this.#cut = whole < bytes.length ? bytes.slice(whole) : undefined;
    return decodeWhole(whole < bytes.length ? bytes.subarray(0, whole) : bytes);
  }

  /** True when the last piece ended inside a character. */
  get unfinished(): boolean {
    return this.#cut !== undefined;
  }
}

function joined(left: Uint8Array, right: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(left.length + right.length);
  bytes.set(left);
  bytes.set(right, left.length);
  return bytes;
}

/** How many bytes at the end are the beginning of a character whose rest is missing. */
function cutLength(bytes: Uint8Array): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back]!;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return sequenceLength(byte) > back ? back : 0;
  }
  return 0;
}

function sequenceLength(lead: number): number {
  return lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
}

function decodeWhole(bytes: Uint8Array): Decoded {
  try {
    return { text: decoder.decode(bytes), broken: false };
  } catch {
    return { text: longestPrefix(bytes), broken: true };
  }
}

/** The text in front of the first wrong byte. It is looked for in broken input only, so that it need not be fast. */
function longestPrefix(bytes: Uint8Array): string {
  let good = 0;
  let bad = bytes.length;
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (beginsWell(bytes.subarray(0, middle)) === undefined) bad = middle;
    else good = middle;
  }
  return beginsWell(bytes.subarray(0, good)) ?? '';
}

/** Decodes the beginning of a document, whose last character may be cut. If it is valid, so is every shorter one; the search above relies on that. */
function beginsWell(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes, { stream: true });
  } catch {
    return undefined;
  }
}
