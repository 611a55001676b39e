import type { Content } from '../content/content.ts';
import { isMisfit } from '../misfit.ts';
import type { Reading } from '../walking/reading.ts';
import type { FieldTarget, RecordItem } from '../walking/record-item.ts';
import type { MessagePlan, Segment, TagPlan } from './plan.ts';

const noTag = 'something that is no tag';

/** Reads a message of tagged segments. Segments are read by their width: whatever stands inside is data, tags included. */
export class MessageReading {
  readonly #plan: MessagePlan;
  readonly #content: Content;
  readonly #reading: Reading;
  readonly #target: FieldTarget;
  #at = 0;

  constructor(plan: MessagePlan, reading: Reading, target: FieldTarget) {
    this.#plan = plan;
    this.#content = reading.content;
    this.#reading = reading;
    this.#target = target;
  }

  message(): void {
    const { root } = this.#plan;
    if (!this.#opens(root)) throw this.#unexpected(root.item, `The message does not begin with ${root.open}`);
    this.#tag(root, 0);
    this.#skipWhite();
    if (this.#at < this.#content.units.length) throw this.#unexpected(root.item, `Behind ${root.close} there is something else`);
  }

  /** Reads the first segment of the message, and nothing behind it. */
  head(): void {
    let plan = this.#plan.root;
    const groups: RecordItem[] = [];
    for (; ; plan = plan.tags[0]!) {
      if (!this.#opens(plan)) throw this.#unexpected(plan.item, `There is no ${plan.open} where the message begins`);
      if (plan.segment !== undefined) break;
      this.#at += plan.open.length;
      if (plan.tags.length === 0) throw this.#unexpected(plan.item, `${plan.open} holds no segment`);
      this.#target.open(plan.item, 0);
      groups.unshift(plan.item);
    }
    if (plan.item.repeats) this.#target.list(plan.item);
    this.#tag(plan, 0);
    for (const item of groups) this.#target.close(item);
  }

  /** Whether this tag stands here, behind white space. */
  #opens({ open }: TagPlan): boolean {
    this.#skipWhite();
    return this.#content.units.startsWith(open, this.#at);
  }

  #skipWhite(): void {
    const { units, white } = this.#content;
    while (this.#at < units.length && white.includes(units[this.#at]!)) this.#at += 1;
  }

  #tag(plan: TagPlan, index: number): void {
    this.#reading.occurrence(plan.item, index, () => {
      this.#at += plan.open.length;
      if (plan.segment !== undefined) this.#segment(plan, plan.segment, index);
      else this.#group(plan, index);
      this.#at += plan.close.length;
    });
  }

  #group(plan: TagPlan, index: number): void {
    this.#target.open(plan.item, index);
    for (const each of plan.tags) this.#occurrences(each, plan);
    this.#skipWhite();
    if (!this.#content.units.startsWith(plan.close, this.#at)) throw this.#stranger(plan);
    this.#target.close(plan.item);
  }

  #occurrences(plan: TagPlan, around: TagPlan): void {
    const { item, min, max } = plan;
    if (item.repeats) this.#target.list(item);
    let count = 0;
    for (; this.#opens(plan); count += 1) {
      if (count === max) throw this.#oneTooMany(plan);
      this.#tag(plan, count);
    }
    if (count >= min) return;
    const found = this.#shown();
    if (found === noTag) throw this.#stranger(around);
    const says = `The segment ${plan.open} is missing${found === '' ? '' : ` before ${found}`}.`;
    throw this.#reading.fault('WB_RECORD_MISSING_SEGMENT', item, says, this.#at);
  }

  /** Where a segment ends is decided before its fields are looked at: a lost character would show up as a wrong field further on. */
  #segment(plan: TagPlan, segment: Segment, index: number): void {
    const from = this.#at;
    const { width, node } = segment;
    if (width === undefined) {
      this.#reading.at = from;
      this.#reading.end = this.#content.units.length;
      this.#reading.group(node, index);
      this.#at = this.#reading.at;
      if (this.#content.units.startsWith(plan.close, this.#at)) return;
      throw this.#noEnd(plan, this.#at, `${plan.close} does not stand behind the text whose length is announced`);
    }
    const end = this.#endOf(plan, segment, from, width);
    this.#reading.at = from;
    this.#reading.end = Math.min(end, from + width);
    this.#reading.group(node, index, end > from + width ? () => this.#surplus(plan, from + width, end) : undefined);
    this.#at = end;
  }

  #endOf(plan: TagPlan, { least, ends }: Segment, from: number, width: number): number {
    const { units } = this.#content;
    const full = from + width;
    if (units.startsWith(plan.close, full)) return full;
    const found = units.indexOf(plan.close, from + least);
    if (found > full) this.#checkSurplus(plan, full, found);
    if (found > full || (found >= 0 && ends.has(found - from))) return found;
    const before = units.lastIndexOf(plan.close, full);
    const length = before >= from ? `; it has ${before - from}` : '';
    throw this.#noEnd(plan, full, `${plan.close} does not stand behind the ${width} ${this.#reading.unit}s of the segment${length}`);
  }

  /** If what is behind the known fields held a tag, it would be the next segment that this one, being too short, has swallowed. */
  #checkSurplus(plan: TagPlan, from: number, to: number): void {
    const raw = this.#content.units.slice(from, to);
    const mark = this.#plan.marks.find((each) => raw.includes(each));
    if (mark !== undefined) {
      throw this.#noEnd(
        plan,
        from,
        `${plan.close} does not stand where the width of the segment says, and ${mark} comes before the next one`,
      );
    }
    if (plan.segment?.keepsSurplus && this.#target.surplus !== undefined) return;
    throw this.#reading.fault('WB_RECORD_TOO_LONG', plan.item, `The segment goes on for ${to - from} behind its last field.`, from);
  }

  #surplus(plan: TagPlan, from: number, to: number): void {
    const text = this.#content.text(from, to);
    if (isMisfit(text)) {
      throw this.#reading.fault(text.code, plan.item, `What stands behind the last field ${text.says}.`, from + text.offset);
    }
    this.#target.surplus?.(plan.item, text, from);
  }

  #oneTooMany({ item, open, max }: TagPlan): Error {
    const says = `There ${max === 1 ? 'is a second' : `are more than ${max}`} ${open}`;
    return this.#reading.occurrence(item, max, () => this.#unexpected(item, says));
  }

  #noEnd({ item, open }: TagPlan, at: number, says: string): Error {
    return this.#reading.fault('WB_RECORD_SEGMENT_END', item, `The segment ${open} has lost or gained something: ${says}.`, at);
  }

  /** Something stands where a group should end: a tag at the wrong place, an unknown one, or no tag. */
  #stranger(plan: TagPlan): Error {
    const found = this.#shown();
    const isKnown = this.#plan.marks.includes(found);
    const what =
      found === '' ? 'The message ends' : isKnown ? `${found} stands at the wrong place, or too often,` : `${found} is not known there:`;
    const hint = `There can be ${[...plan.tags.map(({ open }) => open), plan.close].join(', ')}, in this order.`;
    const own = plan.tags.find(({ open }) => open === found) ?? plan;
    return this.#unexpected(
      own.item,
      isKnown || found === '' ? `${what} inside ${plan.open}` : `${what} it stands inside ${plan.open}`,
      hint,
    );
  }

  /** The tag that stands here; for anything else, that it is no tag. */
  #shown(): string {
    const { units } = this.#content;
    if (this.#at >= units.length) return '';
    return /^<\/?[A-Za-z][\w.-]{0,40}>/.exec(units.slice(this.#at, this.#at + 50))?.[0] ?? noTag;
  }

  #unexpected(item: RecordItem, says: string, hint?: string): Error {
    return this.#reading.fault('WB_RECORD_UNEXPECTED_TAG', item, `${says}.`, this.#at, hint);
  }
}
