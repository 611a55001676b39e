import { isMisfit } from '../misfit.ts';
import type { Writing } from '../walking/writing.ts';
import type { MessagePlan, TagPlan } from './plan.ts';

/** Writes a message of tagged segments, without white space between them. */
export class MessageWriting {
  readonly #plan: MessagePlan;
  readonly #writing: Writing;

  constructor(plan: MessagePlan, writing: Writing) {
    this.#plan = plan;
    this.#writing = writing;
  }

  message(): void {
    this.#tag(this.#plan.root, 0);
  }

  #tag(plan: TagPlan, index: number): void {
    const { out, source } = this.#writing;
    out.plain(plan.open);
    if (plan.segment !== undefined) this.#writing.group(plan.segment.node, index, () => this.#surplus(plan));
    else {
      source.open(plan.item, index);
      for (const each of plan.tags) this.#occurrences(each);
      source.close(plan.item);
    }
    out.plain(plan.close);
  }

  #occurrences(plan: TagPlan): void {
    const { item, min, max } = plan;
    const given = this.#writing.counted(item);
    // A tag that has to be there once is written in any case: it may hold nothing but constants.
    const count = min === 1 && max === 1 ? 1 : given;
    if (count > max)
      throw this.#writing.fault('WB_RECORD_WRONG_COUNT', item, `${plan.open} occurs ${count} times; it can at most ${max} times.`);
    if (count < min)
      throw this.#writing.fault('WB_RECORD_MISSING_SEGMENT', item, `${plan.open} occurs ${count} times; it has to ${min} times.`);
    for (let index = 0; index < count; index += 1) this.#writing.occurrence(item, index, () => this.#tag(plan, index));
  }

  /** What was read behind the last field, word for word. A tag in it would be taken for the end of the segment. */
  #surplus({ item, segment }: TagPlan): void {
    const text = this.#writing.source.surplus?.(item);
    if (text === undefined || text === '') return;
    const { out } = this.#writing;
    const isTag = this.#plan.marks.some((mark) => text.includes(mark));
    if (isTag || !segment?.keepsSurplus) {
      const says = isTag
        ? 'What is to stand behind the last field holds a tag.'
        : 'The segment cannot have anything behind its last field.';
      throw this.#writing.fault('WB_RECORD_DOES_NOT_FIT', item, says);
    }
    const wrong = out.verbatim(text);
    if (isMisfit(wrong)) throw this.#writing.fault(wrong.code, item, `What is to stand behind the last field ${wrong.says}.`);
  }
}
