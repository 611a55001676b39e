import type { Content } from '../content/content.ts';
import type { Output } from '../content/output.ts';
import type { PackedField } from '../layout/layout.ts';
import { badValue, isMisfit, type Misfit } from '../misfit.ts';
import { normalIn, pointed, type Room, unpointed } from './decimal.ts';
import type { FieldForm } from './field-form.ts';
import { isBlank, type Physical } from './physical.ts';

/** Two digits a byte, and the sign in the last half byte: A, C, E and F plus, B and D minus. C, D and, without sign, F are written. */
export class PackedForm implements FieldForm {
  readonly width: number;
  readonly canBeBlank = false;
  readonly isBinary = true;
  readonly #room: Room;
  readonly #physical: Physical;

  constructor({ digits, decimals = 0, signed = false }: PackedField, physical: Physical) {
    this.width = (digits >> 1) + 1;
    this.#room = { digits, decimals, signed };
    this.#physical = physical;
  }

  read(content: Content, from: number, to: number): string | undefined | Misfit {
    const bytes = content.bytes!;
    let digits = '';
    for (let at = from; at < to; at += 1) {
      const byte = bytes[at]!;
      if (byte >> 4 > 9 || (at < to - 1 && (byte & 15) > 9))
        return this.#wrong(content, from, to, badValue('has a half byte above 9 where a digit belongs', at - from));
      digits += at < to - 1 ? twoDigits[byte] : String(byte >> 4);
    }
    const sign = bytes[to - 1]! & 15;
    if (sign < 10) return this.#wrong(content, from, to, badValue('has no sign in its last half byte', to - from - 1));
    const negative = sign === 11 || sign === 13;
    if (negative && !this.#room.signed) return badValue('has a minus, and no sign is allowed', to - from - 1);
    if (digits.length > this.#room.digits && digits.charCodeAt(0) !== 48) return badValue(`has more than ${this.#room.digits} digits`);
    return pointed(digits, this.#room.decimals, negative);
  }

  /** Blanks that were moved over the field are the commonest dirt. They can never be a number, nor can low-values. */
  #wrong(content: Content, from: number, to: number, wrong: Misfit): undefined | Misfit {
    if (!isBlank(content, from, to, this.#physical)) return wrong;
    return content.units.charCodeAt(from) === 0 ? undefined : badValue('holds blanks, which are no packed number');
  }

  write(value: string, out: Output): Misfit | undefined {
    const stored = unpointed(value, this.#room);
    if (isMisfit(stored)) return stored;
    const negative = stored.charCodeAt(0) === 45;
    const digits = (negative ? stored.slice(1) : stored).padStart(this.width * 2 - 1, '0');
    for (let at = 0; at < digits.length - 1; at += 2) out.byte((digits.charCodeAt(at) - 48) * 16 + digits.charCodeAt(at + 1) - 48);
    const sign = negative ? 13 : this.#room.signed ? 12 : 15;
    return out.byte((digits.charCodeAt(digits.length - 1) - 48) * 16 + sign);
  }

  normal(value: string): string | Misfit {
    return normalIn(value, this.#room);
  }
}

/** By a byte of two digits, these. */
const twoDigits = Array.from({ length: 0x9a }, (_, byte) => `${byte >> 4}${byte & 15}`);
