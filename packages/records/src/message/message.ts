import { type Group, Misfit, type MisfitKind, makeUp, type Node, Writing } from '@waybill/mapping';
import type { Choose } from '@waybill/values';
import { recordErrors } from '../errors.ts';
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
  /** What they mean: the outermost tag, of `mapping().group`, with the names of the layout. */
  readonly root: Node;
}

/** What was read. */
export interface ReadRecords<Value> {
  readonly value: Value;
  /** What stood in segments behind their last fields, by the path of the segment; undefined where there was nothing. */
  readonly surplus: Readonly<Record<string, string>> | undefined;
}

export interface TaggedWriting extends WriteOptions {
  /** What stood behind the last fields of segments when the message was read. */
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

/** Defines a message. What it needs is made at its first use; reading and writing throw a `TypeError` where layout and meaning do not fit. */
export function defineTaggedMessage<Value>({ tag, root }: TaggedMessageSpec): TaggedMessage<Value> {
  if (root.kind !== 'group') throw new TypeError('The root of a message is one tag.');
  const writing = new Writing(root);
  const formats = new Map<string, TaggedFormat>();
  let plan: GroupPlan | undefined;
  const format = (options: TaggedFormatOptions): TaggedFormat => {
    const key = JSON.stringify(options);
    const known = formats.get(key) ?? new TaggedFormat(tag, options);
    formats.set(key, known);
    return known;
  };
  return {
    root,
    tag,
    read: (bytes, options = {}) => {
      const target = new MappedTarget((plan ??= planMapping(root)), options.units === 'bytes' ? 'byte' : 'character');
      format(options).read(bytes, target);
      const { surpluses } = target;
      return { value: target.value as Value, surplus: Object.keys(surpluses).length > 0 ? surpluses : undefined };
    },
    write: (value, options = {}, { surplus = {}, ...more } = {}) => {
      const used = format(options);
      const [item] = used.items;
      if (item === undefined) throw new TypeError('The layout has no tag.');
      const writer = new ValuesWriter(item, surplus);
      refusingMisfits(() => writing.write(value, writer));
      return used.encode(writer.result, more);
    },
    makeUp: (choose) => makeUp(root, choose) as Value,
  };
}

const codes: Readonly<
  Record<MisfitKind, 'WB_RECORD_MISSING_VALUE' | 'WB_RECORD_BAD_VALUE' | 'WB_RECORD_WRONG_COUNT' | 'WB_RECORD_NO_ALTERNATIVE'>
> = {
  missing: 'WB_RECORD_MISSING_VALUE',
  'bad value': 'WB_RECORD_BAD_VALUE',
  'too many': 'WB_RECORD_WRONG_COUNT',
  beside: 'WB_RECORD_NO_ALTERNATIVE',
};

function refusingMisfits(write: () => void): void {
  try {
    write();
  } catch (error) {
    if (!(error instanceof Misfit)) throw error;
    const { kind, message, wire, field, hint } = error;
    throw recordErrors[codes[kind]](message, { at: field === '' ? wire : `${wire} (${field})`, hint });
  }
}
