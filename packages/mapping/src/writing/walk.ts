import type { Problem } from '@waybill/values';
import type { Path } from '../declaring/nodes.ts';
import { type Holder, isHolder, type Slot } from '../holding/slot.ts';
import { Misfit, type MisfitKind } from './misfit.ts';
import type { Sink } from './sink.ts';

/** One message that is being written: where it goes, and where the writing is, for errors. */
export class Walk {
  readonly sink: Sink;
  /** The whole value. */
  readonly root: Holder;
  readonly #wire: string[] = [];
  readonly #fields: string[] = [];

  constructor(sink: Sink, root: Holder) {
    this.sink = sink;
    this.root = root;
  }

  enter(step: string): void {
    this.#wire.push(step);
  }

  leave(): void {
    this.#wire.pop();
  }

  /** From here on fields are told from this one on. */
  enterField(field: string): void {
    this.#fields.push(field);
  }

  leaveField(): void {
    this.#fields.pop();
  }

  /** Throws: something below the group in hand is wrong. `below` is `/Name` or `@name`, `field` the way from the object in hand. */
  refuse(kind: MisfitKind, says: string, { below = '', field = '', ...more }: Where): never {
    const fields = [...this.#fields, field].filter((each) => each !== '');
    throw new Misfit(kind, says, { wire: this.#wire.join('/') + below, field: fields.join('.') }, more);
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

/** How a slot is told: `totals.net`. */
export function fieldOf({ path, key }: Slot): string {
  return [...path.map((step) => step.key), key].join('.');
}

export function toldPath(path: Path): string {
  return path.join('.');
}
