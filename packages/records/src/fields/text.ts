import type { Content } from '../content/content.ts';
import type { Output, Placing } from '../content/output.ts';
import type { TextField } from '../layout/layout.ts';
import { badValue, doesNotFit, type Misfit, misfit } from '../misfit.ts';
import type { FieldForm } from './field-form.ts';
import { isBlank, type Physical, trimmedEnd, trimmedStart } from './physical.ts';

/** The padding does not belong to the value, the blanks on the other side do. A text of variable length has no padding, and its blanks are data. */
export class TextForm implements FieldForm {
  readonly width: number;
  readonly canBeBlank = true;
  readonly isBinary = false;
  readonly #placing: Placing;
  readonly #pad: number;
  readonly #physical: Physical;
  /** To the left, with blanks behind it, as most are. */
  readonly #isPlain: boolean;

  constructor({ length, justify = 'left', pad = ' ', truncate = false }: TextField, physical: Physical) {
    this.width = typeof length === 'number' ? length : 0;
    this.#placing = { width: this.width, right: justify === 'right', pad, truncate };
    this.#pad = pad.charCodeAt(0);
    this.#physical = physical;
    this.#isPlain = justify === 'left' && pad === ' ';
  }

  read(content: Content, from: number, to: number): string | undefined | Misfit {
    const { right } = this.#placing;
    const start = right ? trimmedStart(content, from, to, this.#pad) : from;
    const end = right ? to : trimmedEnd(content, from, to, this.#pad, this.#physical);
    if (start === end || (this.#pad !== 32 && isBlank(content, from, to, this.#physical))) return undefined;
    const text = content.text(start, end);
    if (!content.hasNul || typeof text !== 'string') return text;
    const index = text.indexOf('\0');
    return index < 0 ? text : misfit('WB_RECORD_BAD_CHARACTER', 'holds low-values (NUL)', start - from + index);
  }

  write(value: string, out: Output): Misfit | undefined {
    if (this.#isPlain) return out.text(value.endsWith(' ') ? withoutEnd(value, ' ') : value, this.#placing);
    return this.#unwritable(value) ?? out.text(this.#placing.right ? value : withoutEnd(value, this.#placing.pad), this.#placing);
  }

  normal(value: string): string | Misfit {
    const wrong = this.#unwritable(value);
    if (wrong !== undefined || this.#placing.right) return wrong ?? value;
    return withoutEnd(value, this.#placing.pad);
  }

  /** What would be read otherwise than it was written. Blanks at the end of text are not data; other padding might be. */
  #unwritable(value: string): Misfit | undefined {
    const { right, pad } = this.#placing;
    if (right ? value.startsWith(pad) : pad !== ' ' && value.endsWith(pad)) {
      return doesNotFit(`is padded with "${pad}", and the value ${right ? 'begins' : 'ends'} with it`);
    }
    if (pad !== ' ' && value !== '' && value.trim() === '') return badValue('cannot hold blanks alone');
    return undefined;
  }
}

/** A text whose length stands in another field. */
export class CountedTextForm implements FieldForm {
  readonly width = 0;
  readonly canBeBlank = true;
  readonly isBinary = false;
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
  }

  read(content: Content, from: number, to: number): string | undefined | Misfit {
    const text = content.text(from, to);
    if (!content.hasNul || typeof text !== 'string') return text;
    const index = text.indexOf('\0');
    return index < 0 ? text : misfit('WB_RECORD_BAD_CHARACTER', 'holds low-values (NUL)', index);
  }

  write(value: string, out: Output): Misfit | undefined {
    return out.loose(value, this.#most);
  }

  normal(value: string): string {
    return value;
  }
}

function withoutEnd(value: string, pad: string): string {
  if (!value.endsWith(pad)) return value;
  let end = value.length;
  while (end > 0 && value[end - 1] === pad) end -= 1;
  return value.slice(0, end);
}
