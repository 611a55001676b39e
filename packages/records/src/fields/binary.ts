import type { Content } from '../content/content.ts';
import type { Output } from '../content/output.ts';
import type { BinaryField } from '../layout/layout.ts';
import { badValue, doesNotFit, isMisfit, type Misfit } from '../misfit.ts';
import { normalIn, pointed, type Room, unpointed } from './decimal.ts';
import type { FieldForm } from './field-form.ts';
import type { Physical } from './physical.ts';

/** How many bytes a binary number of so many digits takes. */
export function binaryWidth(digits: number): number {
  if (digits <= 4) return 2;
  return digits <= 9 ? 4 : 8;
}

/** A number in two's complement. Blanks are a number, too: only one that the digits do not allow, so that they are refused for it. */
export class BinaryForm implements FieldForm {
  readonly width: number;
  readonly canBeBlank = false;
  readonly isBinary = true;
  readonly #room: Room;
  readonly #digits: number;
  readonly #least: bigint;
  readonly #most: bigint;
  readonly #little: boolean;

  constructor({ digits, decimals = 0, signed = false, native = false }: BinaryField, { nativeOrder }: Physical) {
    this.width = binaryWidth(digits);
    const bits = BigInt(this.width * 8 - (signed ? 1 : 0));
    this.#most = native ? 2n ** bits - 1n : 10n ** BigInt(digits) - 1n;
    this.#least = signed ? (native ? -(2n ** bits) : -this.#most) : 0n;
    this.#digits = digits;
    this.#room = { digits: native ? 20 : digits, decimals, signed };
    this.#little = native && nativeOrder === 'little';
  }

  read(content: Content, from: number, to: number): string | Misfit {
    const bytes = content.bytes!;
    let number = 0n;
    for (let at = from; at < to; at += 1) number = number * 256n + BigInt(bytes[this.#little ? to - 1 - at + from : at]!);
    if (this.#room.signed) number = BigInt.asIntN(this.width * 8, number);
    if (number > this.#most || number < this.#least) return badValue(`holds a number of more than its ${this.#digits} digits`);
    return pointed(String(number < 0n ? -number : number), this.#room.decimals, number < 0n);
  }

  write(value: string, out: Output): Misfit | undefined {
    const stored = unpointed(value, this.#room);
    if (isMisfit(stored)) return stored;
    const number = BigInt(stored);
    if (number > this.#most || number < this.#least) return doesNotFit(`has ${this.width} bytes; the value needs more`);
    const unsigned = BigInt.asUintN(this.width * 8, number);
    for (let place = 0; place < this.width; place += 1) {
      const shift = this.#little ? place : this.width - 1 - place;
      out.byte(Number((unsigned >> BigInt(shift * 8)) & 255n));
    }
    return undefined;
  }

  normal(value: string): string | Misfit {
    return normalIn(value, this.#room);
  }
}
