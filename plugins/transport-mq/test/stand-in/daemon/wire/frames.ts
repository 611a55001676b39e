import type { Outcome } from '../mqi.ts';

/** Cuts a stream of bytes into frames: 4 bytes with a length, then that many bytes. See `library/exchange.h`. */
export class FrameReader {
  #pieces: Buffer[] = [];
  #length = 0;
  /** What has to be there before it is worth to look again: pieces of a large frame are put together once. */
  #needed = 4;

  /** The frames that are complete with this piece. */
  *push(piece: Buffer): Generator<Buffer> {
    this.#pieces.push(piece);
    this.#length += piece.length;
    while (this.#length >= this.#needed) {
      const bytes = Buffer.concat(this.#pieces);
      const end = 4 + bytes.readUInt32LE(0);
      const isComplete = bytes.length >= end;
      if (isComplete) yield bytes.subarray(4, end);
      const rest = isComplete ? bytes.subarray(end) : bytes;
      this.#pieces = [rest];
      this.#length = rest.length;
      this.#needed = isComplete ? 4 : end;
    }
  }
}

/** Reads the parts of a call, one after the other. */
export class Parts {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  number(): number {
    this.#at += 4;
    return this.#bytes.readInt32LE(this.#at - 4);
  }

  handle(): bigint {
    this.#at += 8;
    return this.#bytes.readBigInt64LE(this.#at - 8);
  }

  /** The bytes themselves, not a copy. */
  block(): Buffer {
    const length = this.number();
    this.#at += length;
    return this.#bytes.subarray(this.#at - length, this.#at);
  }

  text(): string {
    return this.block().toString('utf8');
  }
}

export function frameOf({ compCode, reason, parts }: Outcome): Buffer {
  const pieces = [numberBytes(0), numberBytes(compCode), numberBytes(reason)];
  for (const part of parts) {
    if (typeof part === 'number') pieces.push(numberBytes(part));
    else if (typeof part === 'bigint') pieces.push(handleBytes(part));
    else pieces.push(numberBytes(part.length), part);
  }
  const frame = Buffer.concat(pieces);
  frame.writeUInt32LE(frame.length - 4, 0);
  return frame;
}

function numberBytes(value: number): Buffer {
  const bytes = Buffer.allocUnsafe(4);
  bytes.writeInt32LE(value, 0);
  return bytes;
}

function handleBytes(value: bigint): Buffer {
  const bytes = Buffer.allocUnsafe(8);
  bytes.writeBigInt64LE(value, 0);
  return bytes;
}
