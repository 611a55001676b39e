import type { Field, Group, Layout } from '../layout/layout.ts';

/**
 * A group or field of a layout, or a tag of a message of tagged segments: what a walk tells of. The same object in every walk, so that
 * whoever takes values from it or gives values to it can prepare for each of them once, by identity or in an array by `id`.
 */
export interface RecordItem {
  /** From 0, in the order of the layout, without gaps. */
  readonly id: number;
  readonly name: string;
  readonly kind: 'group' | 'field';
  /** Undefined: it is the record, or the message. */
  readonly parent: RecordItem | undefined;
  /** True: it may occur several times, so that its values are a list. */
  readonly repeats: boolean;
  /** True: it is one of several that stand at one place. */
  readonly alternative: boolean;
  /** True: that it is there says something, whether anything is in it or not: a tag. */
  readonly tagged: boolean;
  /** How many of those around it repeat, itself included. */
  readonly depth: number;
  /** By name; alternatives are among them, fillers are not. */
  readonly children: ReadonlyMap<string, RecordItem>;
  /** Where it was declared, with description and evidence; undefined for a tag that only holds others. */
  readonly declared: Field | Group | Layout | undefined;
}

/** Takes what is read, in the order of the record. What it throws ends the reading and reaches the caller unchanged. */
export interface FieldTarget {
  /** The occurrences of a repeated item follow; there may be none. */
  list(item: RecordItem): void;
  /** A group begins: the record itself, a group, a tag. `index` is that of the occurrence, from 0; of the record, its number in the input. */
  open(item: RecordItem, index: number): void;
  /**
   * A field. Undefined: it is blank, so that there is no value. `place` is where it begins, in the unit of the format from the start of
   * the input.
   */
  field(item: RecordItem, value: string | undefined, place: number, index: number): void;
  close(item: RecordItem): void;
  /** What stands in a segment behind its last field, word for word. Undefined: surplus is refused. */
  surplus?(item: RecordItem, text: string, place: number): void;
}

/** Gives what is to be written, in the order of the record. What it throws ends the writing; nothing is written then. */
export interface FieldSource {
  /** How many occurrences a repeated item has; of a tag that need not be there, 0 or 1. Asked before the first of them. */
  count(item: RecordItem): number;
  open(item: RecordItem, index: number): void;
  /** The value of a field, exact decimals and dates as text. Undefined: none. Of a constant: undefined, or the constant. */
  field(item: RecordItem, index: number): string | undefined;
  close(item: RecordItem): void;
  /** Which of several layouts of one place is written, where no field before it has decided. Undefined: none of them is there. */
  choose(alternatives: readonly RecordItem[]): RecordItem | undefined;
  /** What stands behind the last field of a segment. Undefined: nothing, ever. */
  surplus?(item: RecordItem): string | undefined;
}

/**
 * The names from the record down: `ORDER/LINES/PRICE`; with the occurrences around the item, the outermost first and from 0, as in paths
 * of XML from 1: `ORDER/LINES[2]/PRICE`. `record` is the number of the record, from 0, where there may be several.
 */
export function pathOf(item: RecordItem, indices: readonly number[] = [], record?: number): string {
  const { parent, name, repeats, depth } = item;
  if (parent === undefined) return record === undefined ? name : `${name || 'record'}[${record + 1}]`;
  const above = pathOf(parent, indices, record);
  const index = repeats ? indices[depth - 1] : undefined;
  const own = index === undefined ? name : `${name}[${index + 1}]`;
  return above === '' ? own : `${above}/${own}`;
}
