import type { Content } from '../content/content.ts';
import type { Output, Placing } from '../content/output.ts';
import type { NumberField } from '../layout/layout.ts';
import { badValue, doesNotFit, isMisfit, type Misfit } from '../misfit.ts';
import { firstNonDecimal, normalDecimal, normalIn, pointed, type Room, readDecimal, unpointed } from './decimal.ts';
import type { FieldForm } from './field-form.ts';
import { type Physical, trimmedEnd, trimmedStart } from './physical.ts';

/** A number as text. Blanks on both sides are padding, whatever the padding of the writer is; a field of blanks has no value, one of zeros is 0. */
export class NumberForm implements FieldForm {
  readonly width: number;
  readonly canBeBlank = true;
  readonly isBinary = false;
  readonly #placing: Placing;
  readonly #room: Room | undefined;
  readonly #physical: Physical;

  constructor({ length, decimals, justify = 'left', pad = ' ' }: NumberField, physical: Physical) {
    this.width = length;
    this.#placing = { width: length, right: justify === 'right', pad, truncate: false };
    this.#room = decimals === undefined ? undefined : { digits: length, decimals, signed: true };
    this.#physical = physical;
  }

  read(content: Content, from: number, to: number): string | undefined | Misfit {
    const end = trimmedEnd(content, from, to, 32, this.#physical);
    const start = trimmedStart(content, from, end, 32);
    if (start === end) return undefined;
    const text = content.units.slice(start, end);
    if (this.#room === undefined) {
      return readDecimal(text) ?? badValue('does not hold a number such as 12.50', start - from + firstNonDecimal(text));
    }
    const [, sign, digits] = /^([+-]?)(\d+)$/.exec(text) ?? [];
    if (digits !== undefined) return pointed(digits, this.#room.decimals, sign === '-');
    const good = /^[+-]?\d*/.exec(text)?.[0].length ?? 0;
    return badValue('does not hold digits alone (its point is implied)', start - from + (good < text.length ? good : 0));
  }

  write(value: string, out: Output): Misfit | undefined {
    const text = this.#room === undefined ? normalDecimal(value) : withoutZeros(unpointed(value, this.#room));
    if (isMisfit(text)) return text;
    const { width, right, pad } = this.#placing;
    if (text.length > width) return doesNotFit(`has room for ${width} characters; the number needs ${text.length}`);
    const isSignFirst = right && pad === '0' && text.startsWith('-');
    return isSignFirst ? out.plain(`-${text.slice(1).padStart(width - 1, '0')}`) : out.text(text, this.#placing);
  }

  normal(value: string): string | Misfit {
    return this.#room === undefined ? normalDecimal(value) : normalIn(value, this.#room);
  }
}

function withoutZeros(stored: string | Misfit): string | Misfit {
  return isMisfit(stored) ? stored : stored.replace(/^(-?)0+(?=\d)/, '$1');
}
