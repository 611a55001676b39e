import type { Content } from '../content/content.ts';
import type { Output } from '../content/output.ts';
import { normalIn, pointed, type Room, unpointed } from '../fields/decimal.ts';
import type { FieldForm } from '../fields/field-form.ts';
import { isBlank, type Physical } from '../fields/physical.ts';
import { badValue, isMisfit, type Misfit } from '../misfit.ts';
import { type EditedPicture, edit, holdsDigit } from './picture.ts';

/** A number as its picture prints it. What is read has to be what the picture would print of it, to the character. */
export class EditedForm implements FieldForm {
  readonly width: number;
  readonly canBeBlank: boolean;
  readonly isBinary = false;
  readonly #picture: EditedPicture;
  readonly #room: Room;
  readonly #blankIsZero: boolean;
  readonly #physical: Physical;

  constructor(picture: EditedPicture, blankWhenZero: boolean, physical: Physical) {
    const { whole, fraction, signed, width } = picture;
    this.#picture = picture;
    this.width = width;
    this.#room = { digits: whole + fraction, decimals: fraction, signed };
    this.#blankIsZero = blankWhenZero || (picture.suppressesAll && picture.fill === ' ');
    this.canBeBlank = !this.#blankIsZero;
    this.#physical = physical;
  }

  read(content: Content, from: number, to: number): string | undefined | Misfit {
    const zeros = '0'.repeat(this.#room.digits);
    if (isBlank(content, from, to, this.#physical)) return this.#blankIsZero ? pointed(zeros, this.#room.decimals, false) : undefined;
    const text = content.units.slice(from, to);
    const negative = this.#room.signed && /-|CR|DB/.test(text);
    const digits = this.#digitsOf(text);
    const printed = this.#print(digits, negative);
    if (printed !== text) return badValue('is not in the form of its picture', Math.max(0, firstDifference(printed, text)));
    return pointed(digits, this.#room.decimals, negative);
  }

  #digitsOf(text: string): string {
    let digits = '';
    let at = 0;
    for (const place of this.#picture.places) {
      const unit = text.charCodeAt(at);
      if (holdsDigit(place)) digits += unit >= 48 && unit <= 57 ? text[at] : '0';
      at += place.kind === 'floating' ? 1 : place.text.length;
    }
    return digits;
  }

  #print(digits: string, negative: boolean): string {
    if (this.#blankIsZero && !/[1-9]/.test(digits)) return ' '.repeat(this.width);
    return edit(this.#picture, digits, negative);
  }

  write(value: string, out: Output): Misfit | undefined {
    const stored = unpointed(value, this.#room);
    if (isMisfit(stored)) return stored;
    const negative = stored.charCodeAt(0) === 45;
    return out.plain(this.#print(negative ? stored.slice(1) : stored, negative));
  }

  normal(value: string): string | Misfit {
    return normalIn(value, this.#room);
  }
}

function firstDifference(one: string, other: string): number {
  let at = 0;
  while (at < one.length && one[at] === other[at]) at += 1;
  return at;
}
