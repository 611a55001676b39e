import type { FormatWriter } from '@waybill/mapping';
import { recordErrors } from '../errors.ts';
import type { RecordItem } from '../walking/record-item.ts';
import { type RecordValues, surplusKey } from '../walking/values.ts';
import type { GroupPlan } from './plan.ts';

type Made = Record<string, unknown>;

/** A tag or a group that is being written. */
interface Frame {
  readonly item: RecordItem;
  readonly plan: GroupPlan | undefined;
  readonly made: Made;
  readonly step: string;
}

/** Takes a message as the values of its records. Throws errors of records for what the layout has no room for. */
export class ValuesWriter implements FormatWriter {
  readonly values: Made = {};
  /** What has not found its place yet. */
  readonly #surpluses: Map<string, string>;
  readonly #around: Frame[] = [];
  readonly #root: RecordItem;
  readonly #plan: GroupPlan;

  constructor(root: RecordItem, plan: GroupPlan, surpluses: Readonly<Record<string, string>>) {
    this.#root = root;
    this.#plan = plan;
    this.#surpluses = new Map(Object.entries(surpluses));
  }

  open(name: string): void {
    const around = this.#around.at(-1);
    if (around === undefined) return this.#enter({ item: this.#root, plan: this.#plan, made: this.values, step: name });
    const item = this.#childOf(around.item, name);
    const plan = around.plan?.groups.get(name);
    const made: Made = {};
    if (item.repeats) {
      const list = (around.made[name] ??= []) as Made[];
      list.push(made);
      return this.#enter({ item, plan, made, step: `${name}[${list.length}]` });
    }
    if (around.made[name] !== undefined) {
      throw recordErrors.WB_RECORD_WRONG_COUNT(`There can be one ${name}, not several.`, { at: this.#path([`${name}[2]`]) });
    }
    around.made[name] = made;
    this.#enter({ item, plan, made, step: name });
  }

  #enter(frame: Frame): void {
    this.#around.push(frame);
    if (this.#surpluses.size === 0) return;
    this.#take(this.#path([]), frame.made, surplusKey);
    for (const [name, { kept }] of frame.plan?.fields ?? [])
      if (kept && frame.item.children.has(name)) this.#take(this.#path([name]), frame.made, name);
  }

  #take(path: string, made: Made, key: string): void {
    const text = this.#surpluses.get(path);
    if (text === undefined) return;
    made[key] = text;
    this.#surpluses.delete(path);
  }

  #path(below: readonly string[]): string {
    return [...this.#around.map(({ step }) => step), ...below].join('/');
  }

  leaf(name: string, text: string): void {
    const around = this.#around.at(-1);
    if (around === undefined) throw new TypeError(`The field ${name} stands outside of every record.`);
    const item = this.#childOf(around.item, name);
    // Blanks are padding: nothing would be read from them.
    if (around.plan?.fields.get(name)?.mandatory && /^ *$/.test(text)) {
      throw recordErrors.WB_RECORD_MISSING_VALUE(`The value of ${name} is blank.`, { at: this.#path([name]) });
    }
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

  /** The values, once all is written. */
  get result(): RecordValues {
    const [stranger] = this.#surpluses.keys();
    if (stranger !== undefined) {
      throw recordErrors.WB_RECORD_UNKNOWN_NAME('The message that is written has no place for this surplus.', { at: stranger });
    }
    return this.values as RecordValues;
  }
}
