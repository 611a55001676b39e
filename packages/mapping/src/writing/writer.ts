import type { Problem } from '@waybill/values';
import { type Holder, isHolder } from '../holding/slot.ts';
import type { FormatWriter, Writing } from './format-writer.ts';
import type { PlannedGroup } from './group.ts';
import { Misfit, type MisfitKind } from './misfit.ts';
import type { Place, Walk, Where } from './planned.ts';

/** The writing of a message that is planned at the first value, since one that is never written needs no plan. */
export class PlannedWriting implements Writing {
  readonly #plan: () => PlannedGroup;
  #planned: PlannedGroup | undefined;

  constructor(plan: () => PlannedGroup) {
    this.#plan = plan;
  }

  write(value: unknown, out: FormatWriter): void {
    this.#planned ??= this.#plan();
    this.#planned.writeRoot(value, new Writer(out, value as Holder));
  }
}

class Writer implements Walk {
  readonly out: FormatWriter;
  readonly root: Holder;
  /** The groups around, and their number among those of their kind (-1: it has none). The texts for an error are made when there is one. */
  readonly #places: Place[] = [];
  readonly #indexes: number[] = [];

  constructor(out: FormatWriter, root: Holder) {
    this.out = out;
    this.root = root;
  }

  enter(place: Place, index: number): void {
    this.#places.push(place);
    this.#indexes.push(index);
  }

  leave(): void {
    this.#places.pop();
    this.#indexes.pop();
  }

  refuse(kind: MisfitKind, says: string, { below = '', field = '', ...more }: Where): never {
    const wire = this.#places.map(({ name }, at) => indexed(name, this.#indexes[at], 1)).filter((each) => each !== '');
    const fields = this.#places.map((place, at) => indexed(place.field, this.#indexes[at], 0));
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

function indexed(name: string, index: number | undefined, first: number): string {
  return index === undefined || index < 0 || name === '' ? name : `${name}[${index + first}]`;
}
