import type { Content } from '../content/content.ts';
import type { RecordErrorCode } from '../errors.ts';
import { isMisfit, type Misfit } from '../misfit.ts';
import { clauseOf, quoted, recordFault, shown } from './faults.ts';
import type { ChoiceNode, FieldNode, GroupNode, Node, Times } from './nodes.ts';
import type { FieldTarget, RecordItem } from './record-item.ts';

export interface ReadingOptions {
  readonly unit: 'byte' | 'character';
  /** True: what a record lacks at its end counts as blanks. */
  readonly cutBlanks: boolean;
  /** True: errors tell the number of the record. */
  readonly several: boolean;
  /** Added to offsets: what was left out before the content. */
  readonly before: number;
  readonly slots: number;
}

/** Walks records and hands what is in them to a target. One for each input; it remembers where it is, for errors. */
export class Reading {
  readonly content: Content;
  /** Where the next field begins, and where the record ends. */
  at = 0;
  end = 0;
  readonly #target: FieldTarget;
  readonly #options: ReadingOptions;
  readonly #indices: number[] = [];
  readonly #values: (string | undefined)[];
  readonly #places: number[];
  #record = 0;
  /** The group that is being read: a fault in a filler is told of it. */
  #group: RecordItem | undefined;

  constructor(content: Content, target: FieldTarget, options: ReadingOptions) {
    this.content = content;
    this.#target = target;
    this.#options = options;
    this.#values = Array.from({ length: options.slots });
    this.#places = Array.from({ length: options.slots }, () => 0);
  }

  /** What offsets and widths count. */
  get unit(): ReadingOptions['unit'] {
    return this.#options.unit;
  }

  /** Reads one record that begins at `from`; afterwards `at` is where it has ended. */
  record(root: GroupNode, index: number, from: number, to: number): void {
    this.#record = index;
    this.at = from;
    this.end = to;
    this.group(root, index);
  }

  /** Reads a group; `behind` is called when all is read, before it is closed. */
  group({ item, nodes }: GroupNode, index: number, behind?: () => void): void {
    const around = this.#group;
    this.#group = item;
    this.#target.open(item, index);
    this.#nodes(nodes);
    behind?.();
    this.#target.close(item);
    this.#group = around;
  }

  #nodes(nodes: readonly Node[]): void {
    for (const node of nodes) {
      if (node.kind === 'choice') this.#choice(node);
      else if (node.times === undefined) this.#once(node, 0);
      else this.#times(node, node.times);
    }
  }

  #once(node: Exclude<Node, ChoiceNode>, index: number): void {
    if (node.kind === 'field') this.#field(node, index);
    else if (node.kind === 'group') this.group(node, index);
    else this.#filler(node.width);
  }

  #times(node: Exclude<Node, ChoiceNode>, times: Times): void {
    const count = times.kind === 'end' ? Number.POSITIVE_INFINITY : times.kind === 'fixed' ? times.count : this.#count(times);
    if (node.kind === 'filler') {
      for (let index = 0; index < count && (times.kind !== 'end' || this.at < this.end); index += 1) this.#filler(node.width);
      return;
    }
    this.#target.list(node.item);
    const depth = node.item.depth - 1;
    for (let index = 0; index < count && (times.kind !== 'end' || this.at < this.end); index += 1) {
      this.#indices[depth] = index;
      this.#once(node, index);
    }
    this.#indices.length = depth;
  }

  /** How often, or how long, as the field before has said. */
  #count({ by, min, max }: { readonly by: FieldNode; readonly min: number; readonly max: number }): number {
    const value = this.#values[by.slot];
    const from = this.#places[by.slot]!;
    // The record was cut before the count: what is absent has no entries.
    if (value === undefined && this.#options.cutBlanks && from >= this.end) return 0;
    const count = value !== undefined && /^\d{1,9}$/.test(value) ? Number(value) : -1;
    if (count >= min && count <= max) return count;
    const what = min === max ? String(max) : `${min} to ${max}`;
    const held = shown(by, this.content, from, Math.min(from + by.form.width, this.end));
    throw this.fault('WB_RECORD_WRONG_COUNT', by.item, `The field ${by.item.name}${held} has to be a count of ${what}.`, from);
  }

  #filler(width: number): void {
    const to = this.at + width;
    if (to > this.end && !this.#options.cutBlanks && this.#group !== undefined) {
      const says = `The record ends ${to - this.end} ${this.#options.unit}s too early, in filler of ${this.#group.name}.`;
      throw this.fault('WB_RECORD_TOO_SHORT', this.#group, says, this.end);
    }
    this.at = to;
  }

  #field(node: FieldNode, index: number): void {
    const from = this.at;
    const width = node.length === undefined ? node.form.width : this.#count({ by: node.length.by, min: 0, max: node.length.max });
    const to = from + width;
    const value = to > this.end ? this.#cut(node, from, to) : node.form.read(this.content, from, to);
    if (isMisfit(value)) throw this.#misfit(node, value, from, to);
    this.at = to;
    this.#check(node, value, from, to);
    if (node.slot >= 0) {
      this.#values[node.slot] = value;
      this.#places[node.slot] = from;
    }
    this.#target.field(node.item, value, from + this.#options.before, index);
  }

  /** A field that the record does not reach: absent, filled with blanks, or too short. */
  #cut(node: FieldNode, from: number, to: number): string | undefined | Misfit {
    if (!this.#options.cutBlanks || node.length !== undefined) {
      const left = Math.max(0, this.end - from);
      const says = `The record ends inside the field ${node.item.name}, which has ${to - from} ${this.#options.unit}s, after ${left} of them.`;
      throw this.fault('WB_RECORD_TOO_SHORT', node.item, says, from);
    }
    if (from >= this.end) return undefined;
    return node.form.read(this.content.padded(from, this.end, to - from), 0, to - from);
  }

  #check(node: FieldNode, value: string | undefined, from: number, to: number): void {
    const { constant, item } = node;
    if (constant !== undefined && (value ?? '') !== constant) {
      const what = constant === '' ? 'blank' : JSON.stringify(constant);
      const says = `The field ${item.name}${shown(node, this.content, from, Math.min(to, this.end))} is always ${node.secret ? 'the same' : what}.`;
      throw this.fault('WB_RECORD_WRONG_CONSTANT', item, says, from);
    }
    if (node.required && value === undefined) throw this.fault('WB_RECORD_MISSING_VALUE', item, `The field ${item.name} is blank.`, from);
  }

  #choice({ alternatives, width, pick }: ChoiceNode): void {
    const from = this.at;
    const index = this.#picked(pick, alternatives, from);
    const node = alternatives[index]!;
    if (node.times === undefined) this.#once(node, 0);
    else this.#times(node, node.times);
    if (width === undefined) return;
    // The shorter of the alternatives leave room behind them.
    this.at = from;
    this.#filler(width);
  }

  #picked(pick: ChoiceNode['pick'], alternatives: ChoiceNode['alternatives'], from: number): number {
    if (pick.kind === 'always') return pick.index;
    if (pick.kind === 'unsaid') throw this.#unsaid(alternatives);
    if (pick.kind === 'inside') this.#peek(pick.by, from + pick.offset);
    const value = this.#values[pick.by.slot] ?? '';
    const index = pick.of.get(value) ?? pick.other;
    if (index !== undefined) return index;
    const what = pick.by.secret ? '' : quoted(value);
    const says = `The field ${pick.by.item.name}${what} has to be one of ${[...pick.of.keys()].join(', ')}.`;
    throw this.fault('WB_RECORD_NO_ALTERNATIVE', pick.by.item, says, this.#places[pick.by.slot]!);
  }

  /** Looks at the deciding field of the alternatives before it is known which of them holds. */
  #peek(node: FieldNode, from: number): void {
    const to = from + node.form.width;
    const value = to > this.end ? this.#cut(node, from, to) : node.form.read(this.content, from, to);
    if (isMisfit(value)) throw this.#misfit(node, value, from, to);
    this.#values[node.slot] = value;
    this.#places[node.slot] = from;
  }

  #unsaid(alternatives: ChoiceNode['alternatives']): Error {
    const names = alternatives.map(({ item }) => item.name).join(', ');
    const hint = 'Say `by` which field that is told, or which one holds `always`; for a copybook, with the option `choose`.';
    const says = `Nothing says which of ${names} the record has.`;
    return this.fault('WB_RECORD_NO_ALTERNATIVE', alternatives[0]!.item, says, this.at, hint);
  }

  /** Runs `read` for one occurrence of an item, which errors then name. */
  occurrence<T>(item: RecordItem, index: number, read: () => T): T {
    if (item.repeats) this.#indices[item.depth - 1] = index;
    const done = read();
    if (item.repeats) this.#indices.length = item.depth - 1;
    return done;
  }

  #misfit(node: FieldNode, wrong: Misfit, from: number, to: number): Error {
    const says = `The field ${node.item.name}${shown(node, this.content, from, Math.min(to, this.end))} ${clauseOf(wrong, node.secret)}.`;
    return this.fault(wrong.code, node.item, says, from + wrong.offset, wrong.hint);
  }

  fault(code: RecordErrorCode, item: RecordItem, says: string, offset: number, hint?: string): Error {
    const { unit, several, before } = this.#options;
    const where = { indices: this.#indices, record: several ? this.#record : undefined, offset: offset + before, unit };
    return recordFault(code, item, says, where, hint);
  }
}
