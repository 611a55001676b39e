import { date10, dateTime, Problem, time6 } from '@waybill/values';
import type { Content } from '../content/content.ts';
import type { Output } from '../content/output.ts';
import type { DateField } from '../layout/layout.ts';
import { badValue, isMisfit, type Misfit } from '../misfit.ts';
import { fraction, type DateForm as Parts, readParts, writeParts } from './date-format.ts';
import type { FieldForm } from './field-form.ts';
import { isBlank, type Physical, trimmedEnd } from './physical.ts';

/** What dates and times exist is decided by the types of text that messages in XML use as well. */
const types = { date: date10(), time: time6(), timestamp: dateTime() } as const;
const examples = { date: '2024-03-19', time: '16:20:05', timestamp: '2024-03-19T16:20:05' } as const;

export class DateForm implements FieldForm {
  readonly width: number;
  readonly canBeBlank = true;
  readonly isBinary = false;
  readonly #type: DateField['type'];
  readonly #parts: Parts;
  readonly #none: ReadonlySet<string>;
  readonly #physical: Physical;

  constructor({ type, length, none = [] }: DateField, parts: Parts, physical: Physical) {
    this.width = length ?? parts.width;
    this.#type = type;
    this.#parts = parts;
    this.#none = new Set(none);
    this.#physical = physical;
  }

  read(content: Content, from: number, to: number): string | undefined | Misfit {
    if (isBlank(content, from, to, this.#physical)) return undefined;
    const text = content.units.slice(from, trimmedEnd(content, from, to, 32, this.#physical));
    if (this.#none.has(text)) return undefined;
    const iso = readParts(text, this.#parts, this.#type);
    if (iso === undefined) return badValue(`is not in the form ${this.#parts.format}`);
    const value = types[this.#type].read(iso);
    return value instanceof Problem ? badValue(`holds no ${named(this.#type)} that exists`) : value;
  }

  write(value: string, out: Output): Misfit | undefined {
    const normal = this.normal(value);
    if (isMisfit(normal)) return normal;
    return out.plain(writeParts(normal, this.#parts).padEnd(this.width));
  }

  normal(value: string): string | Misfit {
    const normal = value === '' ? new Problem('is empty') : types[this.#type].read(value);
    if (normal instanceof Problem) return badValue(`takes a ${named(this.#type)} such as ${examples[this.#type]}`);
    if (/(Z|[+-]\d\d:\d\d)$/.test(normal)) return badValue('has no place for a zone');
    if (fraction(normal).length > this.#parts.fraction) return badValue(`has room for ${this.#parts.fraction} digits of a second`);
    if (this.#parts.complete) return normal;
    // What the form leaves out has to be what reading puts in for it.
    const back = readParts(writeParts(normal, this.#parts), this.#parts, this.#type);
    const again = back === undefined ? undefined : types[this.#type].read(back);
    return again === normal ? normal : badValue(`cannot be written as ${this.#parts.format}`);
  }
}

function named(type: DateField['type']): string {
  return type === 'timestamp' ? 'date and time' : type === 'time' ? 'time of day' : 'date';
}
