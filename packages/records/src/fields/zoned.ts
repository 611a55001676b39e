import type { Content } from '../content/content.ts';
import type { Output } from '../content/output.ts';
import type { ZonedField } from '../layout/layout.ts';
import { badValue, isMisfit, type Misfit } from '../misfit.ts';
import { normalIn, pointed, type Room, unpointed } from './decimal.ts';
import type { FieldForm } from './field-form.ts';
import { isBlank, type Physical } from './physical.ts';

/** By the place of a character: its digit, and minus in the second half. */
const translated = '{ABCDEFGHI}JKLMNOPQR';
const native = '0123456789pqrstuvwxy';

/** A digit a unit. In EBCDIC the sign is the zone of a byte, whatever character that is in the code page; in ASCII it is a character. */
export class ZonedForm implements FieldForm {
  readonly width: number;
  readonly canBeBlank: boolean;
  readonly isBinary = false;
  readonly #room: Room;
  readonly #signAt: number;
  readonly #separate: boolean;
  readonly #blankIsZero: boolean;
  readonly #physical: Physical;

  constructor(field: ZonedField, physical: Physical) {
    const { digits, decimals = 0, signed = false, separate = false, sign = 'trailing', blankWhenZero = false } = field;
    this.width = digits + (separate ? 1 : 0);
    this.canBeBlank = !blankWhenZero;
    this.#room = { digits, decimals, signed };
    this.#signAt = signed ? (sign === 'leading' ? 0 : this.width - 1) : -1;
    this.#separate = separate;
    this.#blankIsZero = blankWhenZero;
    this.#physical = physical;
  }

  read(content: Content, from: number, to: number): string | undefined | Misfit {
    if (isBlank(content, from, to, this.#physical)) return this.#blankIsZero ? pointed('0', this.#room.decimals, false) : undefined;
    let digits = '';
    let negative = false;
    for (let at = 0; at < this.width; at += 1) {
      const unit = content.units.charCodeAt(from + at);
      if (at !== this.#signAt) {
        if (unit < 48 || unit > 57) return badValue('does not hold digits alone', at);
        digits += content.units[from + at];
        continue;
      }
      const sign = this.#separate ? separateSign(unit) : this.#overpunched(content, from + at);
      if (sign === undefined)
        return badValue(this.#separate ? 'has no sign + or - at its place' : 'has no digit with a sign at its place', at);
      negative = sign >= 10;
      if (!this.#separate) digits += String(sign % 10);
    }
    return pointed(digits, this.#room.decimals, negative);
  }

  /** The digit, and 10 more where the sign is minus. */
  #overpunched(content: Content, at: number): number | undefined {
    if (this.#physical.page.ebcdic) return signedByte(content.bytes![at]!);
    const sign = content.units[at]!;
    const place = (this.#physical.signs === 'native' ? native : translated).indexOf(sign);
    if (place >= 0) return place;
    return sign >= '0' && sign <= '9' ? Number(sign) : undefined;
  }

  write(value: string, out: Output): Misfit | undefined {
    const stored = unpointed(value, this.#room);
    if (isMisfit(stored)) return stored;
    const negative = stored.charCodeAt(0) === 45;
    const digits = negative ? stored.slice(1) : stored;
    if (this.#blankIsZero && !/[1-9]/.test(digits)) return out.blanks(this.width);
    const signAt = this.#signAt;
    if (signAt < 0) return out.plain(digits);
    if (this.#separate) {
      const sign = negative ? '-' : '+';
      return out.plain(signAt === 0 ? sign + digits : digits + sign);
    }
    out.plain(digits.slice(0, signAt));
    this.#overpunch(Number(digits[signAt]), negative, out);
    return out.plain(digits.slice(signAt + 1));
  }

  #overpunch(digit: number, negative: boolean, out: Output): void {
    if (this.#physical.page.ebcdic) out.byte((negative ? 0xd0 : 0xc0) + digit);
    else out.plain((this.#physical.signs === 'native' ? native : translated)[digit + (negative ? 10 : 0)]!);
  }

  normal(value: string): string | Misfit {
    return normalIn(value, this.#room);
  }
}

function separateSign(unit: number): number | undefined {
  if (unit === 43) return 0;
  return unit === 45 ? 10 : undefined;
}

/** A, C, E and F mean plus, B and D minus. */
function signedByte(byte: number): number | undefined {
  const zone = byte >> 4;
  const digit = byte & 15;
  if (zone < 10 || digit > 9) return undefined;
  return zone === 11 || zone === 13 ? digit + 10 : digit;
}
