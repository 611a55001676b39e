import type { Output } from '../content/output.ts';
import type { RecordErrorCode } from '../errors.ts';
import { isMisfit, type Misfit } from '../misfit.ts';
import { clauseOf, quoted, recordFault } from './faults.ts';
import { type ChoiceNode, type FieldNode, type GroupNode, type Node, sizeOf, type Times } from './nodes.ts';
import { type FieldSource, pathOf, type RecordItem } from './record-item.ts';

export interface WritingOptions {
  /** Called with the path of each text that was cut because its field says `truncate`. */
  readonly truncated?: ((path: string) => void) | undefined;
  /** True: errors tell the number of the record. */
  readonly several: boolean;
  readonly slots: number;
}

/** A field that decides about others, as it was written. */
interface Kept {
  readonly value: string | undefined;
  /** Where it was written, in bytes. */
  readonly at: number;
  /** Of a count that was not given: what it was filled in with. */
  filled: number | undefined;
}

/** What stands in the entries of a table that has fewer than it has room for. */
const nothing: FieldSource = {
  count: () => 0,
  open: () => undefined,
  field: () => undefined,
  close: () => undefined,
  choose: () => undefined,
};

/** Walks records and writes what a source gives. */
export class Writing {
  readonly out: Output;
  source: FieldSource;
  readonly #options: WritingOptions;
  readonly #indices: number[] = [];
  readonly #kept: Kept[] = [];
  #record = 0;

  constructor(out: Output, source: FieldSource, options: WritingOptions) {
    this.out = out;
    this.source = source;
    this.#options = options;
  }

  record(root: GroupNode, index: number): void {
    this.#record = index;
    this.group(root, index);
  }

  /** Writes a group; `behind` is called when all is written, before it is closed. */
  group({ item, nodes }: GroupNode, index: number, behind?: () => void): void {
    this.source.open(item, index);
    for (const node of nodes) {
      if (node.kind === 'choice') this.#choice(node);
      else if (node.times === undefined) this.#once(node, 0);
      else this.#times(node, node.times);
    }
    behind?.();
    this.source.close(item);
  }

  #once(node: Exclude<Node, ChoiceNode>, index: number): void {
    if (node.kind === 'field') this.#field(node, index);
    else if (node.kind === 'group') this.group(node, index);
    else this.out.blanks(node.width);
  }

  #times(node: Exclude<Node, ChoiceNode>, times: Times): void {
    if (node.kind === 'filler') return this.#fillers(node.width, times);
    const { item } = node;
    const count = this.counted(item);
    const least = times.kind === 'depending' ? times.min : 0;
    const most = times.kind === 'depending' ? times.max : times.kind === 'fixed' ? times.count : Number.POSITIVE_INFINITY;
    if (count < least || count > most) {
      const says = `The table ${item.name} has ${count} entries; it can have ${least === most ? least : `${least} to ${most}`}.`;
      throw this.fault('WB_RECORD_WRONG_COUNT', item, says);
    }
    for (let index = 0; index < count; index += 1) this.occurrence(item, index, () => this.#once(node, index));
    if (times.kind === 'fixed') this.#rest(node, count, times.count);
    if (times.kind === 'depending') this.#fill(times.by, count, item);
  }

  /** Runs `write` for one occurrence of an item, which errors then name. */
  occurrence(item: RecordItem, index: number, write: () => void): void {
    if (item.repeats) this.#indices[item.depth - 1] = index;
    write();
    if (item.repeats) this.#indices.length = item.depth - 1;
  }

  counted(item: RecordItem): number {
    const count = this.source.count(item);
    if (!Number.isInteger(count) || count < 0) throw this.fault('WB_RECORD_WRONG_COUNT', item, `${item.name} occurs ${count} times.`);
    return count;
  }

  #rest(node: FieldNode | GroupNode, from: number, to: number): void {
    const given = this.source;
    this.source = nothing;
    for (let index = from; index < to; index += 1) this.occurrence(node.item, index, () => this.#once(node, index));
    this.source = given;
  }

  /** Fillers whose number is said elsewhere are as many as were counted there. */
  #fillers(width: number, times: Times): void {
    if (times.kind === 'end') return;
    const count = times.kind === 'fixed' ? times.count : this.#numberOf(times.by);
    this.out.blanks(width * count);
  }

  #numberOf(by: FieldNode): number {
    const { value, filled } = this.#kept[by.slot]!;
    return filled ?? Number(value ?? 0);
  }

  #field(node: FieldNode, index: number): void {
    const { item, form } = node;
    const given = this.source.field(item, index) as unknown;
    if (given !== undefined && given !== null && typeof given !== 'string') {
      const says = `The value of ${item.name} is no text but a ${typeof given}.`;
      throw this.fault('WB_RECORD_BAD_VALUE', item, says, 'Numbers and dates are given as text, so that no digit is lost.');
    }
    const value = this.#valueOf(node, given ?? undefined);
    if (node.slot >= 0) this.#kept[node.slot] = { value, at: this.out.length, filled: undefined };
    if (node.length !== undefined) this.#counted(node, value ?? '');
    else if (value !== undefined) this.#write(node, value);
    else if (node.counts) this.#write(node, '0');
    else if (form.canBeBlank && !node.required) this.out.blanks(form.width);
    else throw this.#missing(node);
  }

  /** What is to be written: a constant is supplied, and a blank text is none. */
  #valueOf({ constant, form, item, secret }: FieldNode, given: string | undefined): string | undefined {
    const value = given === '' ? undefined : given;
    if (constant === undefined) return value;
    const normal = value === undefined ? undefined : form.normal(value);
    if (normal === undefined || normal === constant) return constant === '' ? undefined : constant;
    const says = `The field ${item.name} is always ${secret ? 'the same' : constant === '' ? 'blank' : JSON.stringify(constant)}, and the value is another one.`;
    throw this.fault('WB_RECORD_WRONG_CONSTANT', item, says);
  }

  #missing({ item, required }: FieldNode): Error {
    const says = required ? `The field ${item.name} has no value.` : `The field ${item.name} has no value, and its type cannot be blank.`;
    return this.fault('WB_RECORD_MISSING_VALUE', item, says);
  }

  #write(node: FieldNode, value: string): void {
    const wrong = node.form.write(value, this.out);
    if (wrong !== undefined) throw this.#misfit(node, wrong, value);
    if (this.out.truncated === 0) return;
    this.out.truncated = 0;
    this.#options.truncated?.(pathOf(node.item));
  }

  /** A text whose length stands in a field before it. */
  #counted(node: FieldNode, value: string): void {
    this.#write(node, value);
    this.#fill(node.length!.by, this.out.units(value), node.item);
  }

  /** Fills in how many, or how long, where the source has not said it; where it has, it has to be true. */
  #fill(by: FieldNode, count: number, item: RecordItem): void {
    const kept = this.#kept[by.slot]!;
    const said = kept.value ?? kept.filled?.toString();
    if (said === undefined) {
      const wrong = this.out.patch(kept.at, () => by.form.write(String(count), this.out));
      if (wrong !== undefined) throw this.#misfit(by, wrong, String(count));
      kept.filled = count;
    } else if (by.form.normal(said) !== String(count)) {
      const says = `${by.item.name} says ${by.secret ? 'otherwise' : said}, and ${item.name} has ${count}.`;
      throw this.fault('WB_RECORD_WRONG_COUNT', item, says);
    }
  }

  #choice(node: ChoiceNode): void {
    const { alternatives, width, pick } = node;
    const index = this.#picked(node);
    const chosen = alternatives[index]!;
    if (chosen.times === undefined) this.#once(chosen, 0);
    else this.#times(chosen, chosen.times);
    if (width !== undefined) this.out.blanks(width - sizeOf(chosen)!);
    if (pick.kind !== 'inside') return;
    const value = this.#deciding(pick.by);
    if ((pick.of.get(value) ?? pick.other) === index) return;
    const says = `The field ${pick.by.item.name}${pick.by.secret ? '' : quoted(value)} does not go with ${chosen.item.name}, which is given.`;
    throw this.fault('WB_RECORD_NO_ALTERNATIVE', chosen.item, says);
  }

  #picked({ alternatives, items, pick }: ChoiceNode): number {
    if (pick.kind === 'always') return pick.index;
    const names = items.map(({ name }) => name).join(', ');
    if (pick.kind === 'unsaid') {
      throw this.fault(
        'WB_RECORD_NO_ALTERNATIVE',
        items[0]!,
        `Nothing says which of ${names} is to be written.`,
        'Say `by` or `always` in the layout.',
      );
    }
    if (pick.kind === 'inside') {
      const chosen = this.source.choose(items);
      const index = alternatives.findIndex(({ item }) => item === chosen);
      if (index >= 0) return index;
      throw this.fault('WB_RECORD_NO_ALTERNATIVE', items[0]!, `None of ${names} is given, or several of them are.`);
    }
    const value = this.#deciding(pick.by);
    const index = pick.of.get(value) ?? pick.other;
    if (index !== undefined) return index;
    const says = `The field ${pick.by.item.name}${pick.by.secret ? '' : quoted(value)} has to be one of ${[...pick.of.keys()].join(', ')}.`;
    throw this.fault('WB_RECORD_NO_ALTERNATIVE', pick.by.item, says);
  }

  /** The value of a field as it will be read. */
  #deciding(by: FieldNode): string {
    const value = this.#kept[by.slot]?.value;
    const normal = value === undefined ? '' : by.form.normal(value);
    return isMisfit(normal) ? '' : normal;
  }

  #misfit(node: FieldNode, wrong: Misfit, value: string): Error {
    const says = `The field ${node.item.name}${node.secret ? '' : quoted(value)} ${clauseOf(wrong, node.secret)}.`;
    return this.fault(wrong.code, node.item, says, wrong.hint);
  }

  fault(code: RecordErrorCode, item: RecordItem, says: string, hint?: string): Error {
    const record = this.#options.several ? this.#record : undefined;
    return recordFault(code, item, says, { indices: this.#indices, record }, hint);
  }
}
