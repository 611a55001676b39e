import type { FormatWriter } from '@waybill/mapping';
import type { RecordItem } from '../walking/record-item.ts';
import { type RecordValues, surplusKey } from '../walking/values.ts';

type Made = Record<string, unknown>;

/** Takes a message as the values of its records. */
export class ValuesWriter implements FormatWriter {
  readonly values: Made = {};
  readonly #surpluses: Readonly<Record<string, string>>;
  readonly #around: { readonly item: RecordItem; readonly made: Made; readonly step: string }[] = [];
  readonly #root: RecordItem;

  constructor(root: RecordItem, surpluses: Readonly<Record<string, string>>) {
    this.#root = root;
    this.#surpluses = surpluses;
  }

  open(name: string): void {
    const around = this.#around.at(-1);
    if (around === undefined) return this.#enter(this.#root, this.values, name);
    const item = this.#childOf(around.item, name);
    const made: Made = {};
    if (!item.repeats) {
      around.made[name] = made;
      return this.#enter(item, made, name);
    }
    const list = (around.made[name] ??= []) as Made[];
    list.push(made);
    this.#enter(item, made, `${name}[${list.length}]`);
  }

  #enter(item: RecordItem, made: Made, step: string): void {
    this.#around.push({ item, made, step });
    const surplus = this.#surpluses[this.#around.map((each) => each.step).join('/')];
    if (surplus !== undefined) made[surplusKey] = surplus;
  }

  leaf(name: string, text: string): void {
    const around = this.#around.at(-1);
    if (around === undefined) throw new TypeError(`The field ${name} stands outside of every record.`);
    const item = this.#childOf(around.item, name);
    if (item.repeats) ((around.made[name] ??= []) as string[]).push(text);
    else around.made[name] = text;
  }

  #childOf(item: RecordItem, name: string): RecordItem {
    const child = item.children.get(name);
    if (child === undefined) throw new TypeError(`The layout of ${item.name} has no ${name}, which its mapping names.`);
    return child;
  }

  attribute(name: string): never {
    throw new TypeError(`Records have no attributes, such as ${name}.`);
  }

  text(): never {
    throw new TypeError('A group of fields has no text of its own.');
  }

  close(): void {
    this.#around.pop();
  }

  get result(): RecordValues {
    return this.values as RecordValues;
  }
}
