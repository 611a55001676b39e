import type { Outcome } from '../mqi.ts';

/** Cuts a stream of bytes into frames: 4 bytes with a length, then that many bytes. See `library/exchange.h`. */
export class FrameReader {
  #rest: Buffer = Buffer.alloc(0);

  /** The frames that are complete with this piece. */
  *push(piece: Buffer): Generator<Buffer> {
    this.#rest = this.#rest.length === 0 ? piece : Buffer.concat([this.#rest, piece]);
    while (this.#rest.length >= 4) {
      const end = 4 + this.#rest.readUInt32LE(0);
      if (this.#rest.length < end) return;
      yield this.#rest.subarray(4, end);
      this.#rest = this.#rest.subarray(end);
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
