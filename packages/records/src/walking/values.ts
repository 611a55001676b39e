import { recordErrors } from '../errors.ts';
import { type FieldSource, type FieldTarget, pathOf, type RecordItem } from './record-item.ts';

/** What a record holds: texts by name, nested as its groups are, lists where something repeats. What is blank has no key. */
export interface RecordValues {
  readonly [name: string]: RecordValue | readonly RecordValue[];
}

export type RecordValue = string | undefined | RecordValues;

/** The key of what stands in a segment behind its last field. No field can have this name. */
export const surplusKey = '#surplus';

type Made = Record<string, unknown>;

/**
 * Makes the objects of one format. V8 gives the objects of a constructor the room that the first of them have needed, while a literal
 * grows several times: with twenty fields a constructor for each group took a third of the time. The objects are plain ones all the same.
 */
export class ValuesMaker {
  readonly #constructors: (new () => Made)[] = [];

  make({ id }: RecordItem): Made {
    this.#constructors[id] ??= plainConstructor();
    return new this.#constructors[id]();
  }
}

function plainConstructor(): new () => Made {
  const constructor = function Values() {} as unknown as new () => Made;
  constructor.prototype = Object.prototype;
  return constructor;
}

/** Makes an object of each record. */
export class ValuesTarget implements FieldTarget {
  readonly records: RecordValues[] = [];
  readonly #maker: ValuesMaker;
  readonly #around: Made[] = [];
  #here: Made = {};

  constructor(maker: ValuesMaker) {
    this.#maker = maker;
  }

  list({ name }: RecordItem): void {
    this.#here[name] = [];
  }

  open(item: RecordItem): void {
    const made = this.#maker.make(item);
    if (item.parent === undefined) this.records.push(made as RecordValues);
    else if (item.repeats) (this.#here[item.name] as unknown[]).push(made);
    this.#around.push(this.#here);
    this.#here = made;
  }

  field({ name, repeats }: RecordItem, value: string | undefined): void {
    if (repeats) (this.#here[name] as unknown[]).push(value);
    else if (value !== undefined) this.#here[name] = value;
  }

  close(item: RecordItem): void {
    const made = this.#here;
    this.#here = this.#around.pop()!;
    // A group of blanks says nothing; a tag without anything in it does, and an entry of a list keeps the places of the others.
    const { parent, repeats, tagged, name } = item;
    if (parent !== undefined && !repeats && (tagged || !isEmpty(made))) this.#here[name] = made;
  }

  surplus(_item: RecordItem, text: string): void {
    this.#here[surplusKey] = text;
  }
}

function isEmpty(made: Made): boolean {
  for (const _ in made) return false;
  return true;
}

/** Gives what an object has. What the layout has no place for is refused. */
export class ValuesSource implements FieldSource {
  readonly #records: readonly RecordValues[];
  readonly #around: { here: Made; taken: number }[] = [];
  readonly #chosen = new Set<RecordItem>();
  #here: Made = {};
  /** How many values of `here` were asked for: where there are more, some have no place. */
  #taken = 0;

  constructor(records: readonly RecordValues[]) {
    this.#records = records;
  }

  count(item: RecordItem): number {
    const list = this.#take(item.name);
    if (item.alternative) this.#chosen.add(item);
    if (list === undefined) return 0;
    if (!item.repeats) return 1;
    if (!Array.isArray(list)) throw wrong(item, 'is a list');
    return list.length;
  }

  open(item: RecordItem, index: number): void {
    const given = item.parent === undefined ? this.#records[index] : this.#given(item, index);
    if (typeof given !== 'object' || given === null || Array.isArray(given)) throw wrong(item, 'is an object of its fields');
    this.#around.push({ here: this.#here, taken: this.#taken });
    this.#here = given as Made;
    this.#taken = 0;
    if (item.alternative) this.#chosen.add(item);
  }

  #given(item: RecordItem, index: number): unknown {
    if (item.repeats) return (this.#here[item.name] as readonly unknown[])[index] ?? {};
    // A tag that is there was asked for when it was counted.
    return (item.tagged ? this.#here[item.name] : this.#take(item.name)) ?? {};
  }

  field(item: RecordItem, index: number): string | undefined {
    if (item.repeats) return (this.#here[item.name] as readonly (string | undefined)[])[index];
    if (item.alternative) this.#chosen.add(item);
    return this.#take(item.name) as string | undefined;
  }

  choose(alternatives: readonly RecordItem[]): RecordItem | undefined {
    const given = alternatives.filter(({ name }) => this.#own(name) !== undefined);
    return given.length === 1 ? given[0] : undefined;
  }

  close(item: RecordItem): void {
    if (Object.keys(this.#here).length !== this.#taken) this.#refuse(item);
    for (const child of this.#chosen.size > 0 ? item.children.values() : []) this.#chosen.delete(child);
    ({ here: this.#here, taken: this.#taken } = this.#around.pop()!);
  }

  surplus(): string | undefined {
    return this.#take(surplusKey) as string | undefined;
  }

  #take(name: string): unknown {
    const value = this.#own(name);
    if (value !== undefined) this.#taken += 1;
    return value;
  }

  /** What every object inherits are functions, and no value is one. */
  #own(name: string): unknown {
    const value = this.#here[name];
    return value === null || typeof value === 'function' ? undefined : value;
  }

  /** Refuses what has no place, if there is such: a key may also be there without a value. */
  #refuse(item: RecordItem): void {
    const stranger = Object.keys(this.#here).find((key) => {
      const child = item.children.get(key);
      return (this.#here[key] ?? undefined) !== undefined && (child === undefined || (child.alternative && !this.#chosen.has(child)));
    });
    if (stranger === undefined) return;
    const isOther = item.children.get(stranger)?.alternative === true;
    const says = isOther
      ? `${stranger} is given, and another alternative is written.`
      : `${item.name || 'The record'} has no field ${stranger}.`;
    const hint = isOther ? undefined : `It has ${[...item.children.keys()].join(', ')}.`;
    const path = pathOf(item);
    throw recordErrors.WB_RECORD_UNKNOWN_NAME(says, { at: path === '' ? stranger : `${path}/${stranger}`, hint });
  }
}

function wrong(item: RecordItem, says: string): Error {
  return recordErrors.WB_RECORD_BAD_VALUE(`The value of ${item.name} ${says}, and something else was given.`, { at: pathOf(item) });
}
