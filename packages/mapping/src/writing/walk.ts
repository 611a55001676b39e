import type { Problem } from '@waybill/values';
import type { Path } from '../declaring/nodes.ts';
import { type Holder, isHolder, type Slot } from '../holding/slot.ts';
import type { FormatWriter } from './format-writer.ts';
import { Misfit, type MisfitKind } from './misfit.ts';

/** One message that is being written: where it goes, and where the writing is, for errors. */
export class Walk {
  readonly out: FormatWriter;
  /** The whole value. */
  readonly root: Holder;
  /** The groups around, their number among those of their kind (-1: it has none), and their fields, '' for one whose nodes live outside of it. */
  readonly #names: string[] = [];
  readonly #indexes: number[] = [];
  readonly #fields: string[] = [];

  constructor(out: FormatWriter, root: Holder) {
    this.out = out;
    this.root = root;
  }

  /** Enters a group, the `index`th of its kind, whose nodes live in `field`. The texts for an error are made when there is one. */
  enter(name: string, index: number, field: string): void {
    this.#names.push(name);
    this.#indexes.push(index);
    this.#fields.push(field);
  }

  leave(): void {
    this.#names.pop();
    this.#indexes.pop();
    this.#fields.pop();
  }

  /** Throws: something below the group in hand is wrong. `below` is `/Name` or `@name`, `field` the way from the object in hand. */
  refuse(kind: MisfitKind, says: string, { below = '', field = '', ...more }: Where): never {
    const wire = this.#names.map((name, at) => indexed(name, this.#indexes[at], 1)).filter((each) => each !== '');
    const fields = this.#fields.map((name, at) => indexed(name, this.#indexes[at], 0));
    const told = [...fields, field].filter((each) => each !== '').join('.');
    throw new Misfit(kind, says, { wire: wire.join('/') + below, field: told }, more);
  }

  refuseText(what: string, problem: Problem, where: Where): never {
    return this.refuse('bad value', `${what} ${problem.says}.`, { ...where, hint: problem.hint });
  }

  holder(value: unknown, name: string, field: string): Holder {
    if (isHolder(value)) return value;
    return this.refuse('bad value', `The value for ${name} is not an object.`, { field });
  }
}

interface Where {
  readonly below?: string;
  readonly field?: string;
  readonly hint?: string | undefined;
  readonly cause?: unknown;
}

function indexed(name: string, index: number | undefined, first: number): string {
  return index === undefined || index < 0 || name === '' ? name : `${name}[${index + first}]`;
}

/** How a slot is told: `totals.net`. */
export function fieldOf({ path, key }: Slot): string {
  return [...path.map((step) => step.key), key].join('.');
}

export function toldPath(path: Path): string {
  return path.join('.');
}
