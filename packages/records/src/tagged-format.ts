import { contentOf, markLength, type Unit } from './content/content.ts';
import { type Allowed, allowedIn, Output } from './content/output.ts';
import type { Physical } from './fields/physical.ts';
import { named, type PhysicalOptions, physicalOf, type WriteOptions } from './record-format.ts';
import type { Tag } from './tagged/declaration.ts';
import { type MessagePlan, planMessage } from './tagged/plan.ts';
import { MessageReading } from './tagged/reading.ts';
import { MessageWriting } from './tagged/writing.ts';
import { Reading } from './walking/reading.ts';
import type { FieldSource, FieldTarget, RecordItem } from './walking/record-item.ts';
import { type RecordValues, ValuesMaker, ValuesSource, ValuesTarget } from './walking/values.ts';
import { Writing } from './walking/writing.ts';

export interface TaggedFormatOptions extends PhysicalOptions {
  /** What widths, and lengths that stand in fields, count. Default characters (code points). */
  readonly units?: Unit;
}

/** Messages of tagged segments, `<TAG>fields</TAG>`. Everything is prepared at the first use, and a fault of the declaration is thrown then. */
export class TaggedFormat {
  readonly tag: Tag;
  readonly #options: TaggedFormatOptions;
  readonly #maker = new ValuesMaker();
  #ready: Ready | undefined;

  constructor(tag: Tag, options: TaggedFormatOptions = {}) {
    this.tag = tag;
    this.#options = options;
  }

  /** The message and everything in it, by id: the first is the outermost tag. Throws WB_RECORD_LAYOUT. */
  get items(): readonly RecordItem[] {
    return this.#prepared().plan.items;
  }

  /** Hands the message to `target`. Throws errors of records, with path and offset. */
  read(bytes: Uint8Array, target: FieldTarget): void {
    this.#reading(bytes, target).message();
  }

  decode(bytes: Uint8Array): RecordValues {
    const target = new ValuesTarget(this.#maker);
    this.read(bytes, target);
    return target.records[0] ?? {};
  }

  /** The first segment alone, which tells what a message is: nothing behind it is looked at. */
  head(bytes: Uint8Array): RecordValues {
    const target = new ValuesTarget(this.#maker);
    this.#reading(bytes, target).head();
    return target.records[0] ?? {};
  }

  /** Writes the message that `source` gives. Throws errors of records, with paths; nothing is written then. */
  write(source: FieldSource, { truncated }: WriteOptions = {}): Uint8Array {
    const { plan, physical, allowed } = this.#prepared();
    const out = new Output(physical.page, physical.unit, allowed);
    new MessageWriting(plan, new Writing(out, source, { truncated, several: false, slots: plan.slots })).message();
    return out.done();
  }

  encode(values: RecordValues, options?: WriteOptions): Uint8Array {
    return this.write(new ValuesSource([values]), options);
  }

  #reading(bytes: Uint8Array, target: FieldTarget): MessageReading {
    const { plan, physical } = this.#prepared();
    const before = markLength(bytes, physical.page, physical.unit);
    const content = contentOf(before === 0 ? bytes : bytes.subarray(before), physical.page, physical.unit);
    const options = { unit: named(this.#options.units), cutBlanks: true, several: false, before, slots: plan.slots };
    return new MessageReading(plan, new Reading(content, target, options), target);
  }

  #prepared(): Ready {
    if (this.#ready === undefined) {
      const physical = physicalOf(this.#options);
      this.#ready = { plan: planMessage(this.tag, physical), physical, allowed: allowedIn(physical.page, '') };
    }
    return this.#ready;
  }
}

interface Ready {
  readonly plan: MessagePlan;
  readonly physical: Physical;
  readonly allowed: Allowed;
}
