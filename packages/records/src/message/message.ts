import { isWaybillError, type MessageError } from '@waybill/contract';
import { fieldsOf, type Group, Misfit, type MisfitKind, makeUp, type Node, type Writing, writingOf } from '@waybill/mapping';
import type { Choose } from '@waybill/values';
import { type RecordErrorCode, recordErrors } from '../errors.ts';
import type { WriteOptions } from '../record-format.ts';
import type { Tag } from '../tagged/declaration.ts';
import { TaggedFormat, type TaggedFormatOptions } from '../tagged-format.ts';
import type { GroupPlan } from './plan.ts';
import { planMapping } from './planning.ts';
import { MappedTarget } from './target.ts';
import { ValuesWriter } from './values-writer.ts';

export interface TaggedMessageSpec {
  /** How the message stands in tags and fields. */
  readonly tag: Tag;
  /** Makes what they mean, at the first use of the message: the outermost tag, with `mapping().group` and the names of the layout. */
  readonly root: () => Node;
}

/** What was read. */
export interface ReadRecords<Value> {
  readonly value: Value;
  /**
   * What has no place in the value: what stood in segments behind their last fields, by the path of the segment, and texts that mean nothing, by
   * the path of their field. Undefined where there was nothing.
   */
  readonly surplus: Readonly<Record<string, string>> | undefined;
}

export interface TaggedWriting extends WriteOptions {
  /** What had no place in the value when the message was read. What the message has no place for is refused. */
  readonly surplus?: Readonly<Record<string, string>> | undefined;
}

/** A message of tagged segments as one declaration of its layout and one of its meaning. */
export interface TaggedMessage<Value> {
  readonly root: Group;
  readonly tag: Tag;
  /** Reads and checks a whole message. Throws errors of records, with path and place. */
  read(bytes: Uint8Array, options?: TaggedFormatOptions): ReadRecords<Value>;
  /** Throws errors of records with the path on the wire and the place in the value. Nothing is written then. */
  write(value: Value, options?: TaggedFormatOptions, more?: TaggedWriting): Uint8Array;
  /** A value that can be written, made up. `choose` decides what it has in it; without it, everything once, with plain texts. */
  makeUp(choose?: Choose): Value;
}

/**
 * Defines a message. Its nodes, and what it needs for reading and writing, are made at its first use, which throws a `TypeError` where layout
 * and meaning do not fit.
 */
export function defineTaggedMessage<Value>({ tag, root: make }: TaggedMessageSpec): TaggedMessage<Value> {
  const formats = new Map<string, TaggedFormat>();
  let [made, planned, writing]: [Group?, GroupPlan?, Writing?] = [];
  const root = (): Group => (made ??= rootOf(make()));
  const plan = (): GroupPlan => (planned ??= planMapping(root()));
  const format = (options: TaggedFormatOptions): TaggedFormat => {
    const key = JSON.stringify(options);
    const known = formats.get(key) ?? new TaggedFormat(tag, options);
    formats.set(key, known);
    return known;
  };
  return {
    get root() {
      return root();
    },
    tag,
    read: (bytes, options = {}) => {
      const target = new MappedTarget(plan(), options.units === 'bytes' ? 'byte' : 'character');
      format(options).read(bytes, target);
      const { surpluses } = target;
      return { value: target.value as Value, surplus: Object.keys(surpluses).length > 0 ? surpluses : undefined };
    },
    write: (value, options = {}, { surplus = {}, ...more } = {}) => {
      const used = format(options);
      const [item] = used.items;
      if (item === undefined) throw new TypeError('The layout has no tag.');
      const writer = new ValuesWriter(item, plan(), surplus);
      const mapped = (writing ??= writingOf(root()));
      refusingMisfits(() => mapped.write(value, writer));
      return tellingFields(root(), () => used.encode(writer.result, more));
    },
    makeUp: (choose) => makeUp(root(), choose) as Value,
  };
}

function rootOf(node: Node): Group {
  if (node.kind !== 'group') throw new TypeError('The root of a message is one tag.');
  return node;
}

const codes: Readonly<
  Record<MisfitKind, 'WB_RECORD_MISSING_VALUE' | 'WB_RECORD_BAD_VALUE' | 'WB_RECORD_WRONG_COUNT' | 'WB_RECORD_NO_ALTERNATIVE'>
> = {
  missing: 'WB_RECORD_MISSING_VALUE',
  'bad value': 'WB_RECORD_BAD_VALUE',
  'too many': 'WB_RECORD_WRONG_COUNT',
  beside: 'WB_RECORD_NO_ALTERNATIVE',
};

/** A layout knows the place on the wire alone: the place in the value is told beside it. */
function tellingFields(root: Group, write: () => Uint8Array): Uint8Array {
  try {
    return write();
  } catch (error) {
    const field = isWaybillError(error) && error.at !== undefined ? fieldAt(root, error.at) : undefined;
    if (field === undefined) throw error;
    const { code, message, at, hint } = error as MessageError;
    throw recordErrors[code as RecordErrorCode](message, { at: `${at} (${field})`, hint });
  }
}

/** `items[1].price` for `Order/Items/Item[2]/Record/Price`: entries of lists are those of the segments that repeat, in their order. */
function fieldAt(root: Group, at: string): string | undefined {
  const path = at.replaceAll(/\[\d+\]/g, '').slice(root.name.length + 1);
  const indexes = [...at.matchAll(/\[(\d+)\]/g)].map(([, number]) => Number(number) - 1);
  const field = fieldsOf(root).find((each) => each.path === path)?.field;
  return field?.replaceAll('[]', () => `[${indexes.shift() ?? 0}]`);
}

function refusingMisfits(write: () => void): void {
  try {
    write();
  } catch (error) {
    if (!(error instanceof Misfit)) throw error;
    const { kind, message, wire, field, hint } = error;
    throw recordErrors[codes[kind]](message, { at: field === '' ? wire : `${wire} (${field})`, hint });
  }
}
