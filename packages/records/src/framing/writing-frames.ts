import type { Output } from '../content/output.ts';
import { type Framing, largestLength } from './framing.ts';

/** Puts around each record what divides it from the next. */
export interface FrameWriter {
  begin(): void;
  /** False: the record is longer than a record of this framing can be. */
  end(): boolean;
}

export function frameWriter(framing: Framing, lineEnd: Uint8Array, out: Output): FrameWriter {
  switch (framing.kind) {
    case 'none':
      return { begin: () => undefined, end: () => true };
    case 'lines':
      return {
        begin: () => undefined,
        end: () => {
          out.append(lineEnd);
          return true;
        },
      };
    case 'rdw':
      return new LengthWriter(out);
    case 'bdw':
      return new BlockWriter(out, framing.blockSize ?? largestLength);
  }
}

const fourZeros = new Uint8Array(4);

class LengthWriter implements FrameWriter {
  protected start = 0;
  protected readonly out: Output;

  constructor(out: Output) {
    this.out = out;
  }

  begin(): void {
    this.start = this.out.length;
    this.out.append(fourZeros);
  }

  end(): boolean {
    return this.setLength(this.start, largestLength);
  }

  protected setLength(at: number, most: number): boolean {
    const length = this.out.length - at;
    this.out.setByte(at, length >> 8);
    this.out.setByte(at + 1, length & 255);
    return length <= most;
  }
}

class BlockWriter extends LengthWriter {
  readonly #size: number;
  /** Where the block begins that records are added to; -1: there is none yet. */
  #block = -1;

  constructor(out: Output, size: number) {
    super(out);
    this.#size = size;
  }

  override end(): boolean {
    if (!this.setLength(this.start, this.#size - 4)) return false;
    // A record that the block has no room for begins the next one.
    if (this.#block < 0 || this.out.length - this.#block > this.#size) {
      this.#block = this.start;
      this.out.insert(this.start, fourZeros);
    }
    return this.setLength(this.#block, this.#size);
  }
}
