import { type Finding, finishGroup, follow, type Holder, held, putEntry, repeatProblem, type Slot, slotOf, store } from '@waybill/mapping';
import { type AnyTextType, Problem } from '@waybill/values';
import { recordErrors } from '../errors.ts';
import { quoted } from '../walking/faults.ts';
import type { FieldTarget, RecordItem } from '../walking/record-item.ts';
import type { EntryPlan, FieldPlan, GroupPlan } from './plan.ts';

interface Frame {
  readonly plan: GroupPlan;
  /** The object that its nodes live in. */
  readonly scope: Holder;
  /** `ITMDAT[2]`, and where the group begins: the place of its first field. */
  readonly step: string;
  place: number | undefined;
  /** Where each of its fields begins, for what can be found only when the group ends. Undefined: nothing can. */
  readonly places: Map<string, number> | undefined;
  /** Of an entry: what its two fields hold. */
  entry: { name?: string; text?: string };
  readonly parts: unknown[];
}

/** Puts what is read into the value that the declaration says. Throws errors of records, with path and place. */
export class MappedTarget implements FieldTarget {
  readonly value: Holder = {};
  /** What has no place in the value: what stood behind the last fields of segments, by the path of the segment, and texts that mean nothing, by their own. */
  readonly surpluses: Record<string, string> = {};
  readonly #root: GroupPlan;
  readonly #unit: string;
  readonly #frames: Frame[] = [];

  constructor(root: GroupPlan, unit: string) {
    this.#root = root;
    this.#unit = unit;
  }

  list(): void {}

  open(item: RecordItem, index: number): void {
    const around = this.#frames.at(-1);
    const plan = around === undefined ? this.#root : around.plan.groups.get(item.name);
    const step = item.repeats ? `${item.name}[${index + 1}]` : item.name;
    if (plan === undefined) throw this.#unmapped(step, undefined);
    const { entry, check, finish } = plan;
    const places = entry || check || finish.length > 0 ? new Map<string, number>() : undefined;
    this.#frames.push({ plan, scope: this.#scope(plan, around), step, place: undefined, places, entry: {}, parts: [] });
  }

  #scope({ own, slot }: GroupPlan, around: Frame | undefined): Holder {
    if (around === undefined) return this.value;
    if (!own || slot === undefined) return around.scope;
    const made: Holder = {};
    store(around.scope, slot, made);
    return made;
  }

  field(item: RecordItem, value: string | undefined, place: number, index: number): void {
    const frame = this.#frames.at(-1) as Frame;
    frame.place ??= place;
    frame.places?.set(item.name, place);
    if (frame.plan.entry !== undefined) return this.#entryField(frame, frame.plan.entry, item.name, value ?? '');
    const plan = frame.plan.fields.get(item.name);
    if (plan !== undefined) return this.#keep(frame, plan, { name: item.name, value, place, index });
    // What never varies was checked by the layout.
    const isConstant = item.declared !== undefined && 'value' in item.declared && item.declared.value !== undefined;
    if (value !== undefined && !isConstant) throw this.#unmapped(item.name, place);
  }

  #entryField({ entry }: Frame, { name, text }: EntryPlan, field: string, value: string): void {
    if (field === name) entry.name = value;
    else if (field === text) entry.text = value;
  }

  #keep(frame: Frame, plan: FieldPlan, { name, value, place, index = 0 }: Told): void {
    const { as, slot, part, same, preset, mandatory, kept } = plan;
    if (kept && value !== undefined) this.surpluses[this.#path([name])] = value;
    if (as === undefined) return;
    if (value === undefined) {
      if (mandatory) throw this.#missing(name, place);
      if (preset !== undefined && slot !== undefined) store(frame.scope, slot, preset);
      return;
    }
    const read: unknown = as.read(value);
    if (read instanceof Problem) throw this.#fault({ name, place, value, as }, read.says, read.hint);
    if (slot?.list) this.#fillGaps(frame.scope, slot, { name, place, as, index });
    if (part !== undefined) frame.parts[part] = read;
    else if (slot !== undefined) store(frame.scope, slot, read);
    else if (same !== undefined) {
      const differs = repeatProblem(read, follow(this.value, same), same);
      if (differs !== undefined) throw this.#fault({ name, place, value, as }, differs.says, differs.hint);
    }
  }

  /** A blank field among those of a list keeps its place, as what an empty text means. */
  #fillGaps(scope: Holder, slot: Slot, { name, place, as, index = 0 }: Told & { readonly as: AnyTextType }): void {
    const before = (held(scope, slot) as readonly unknown[] | undefined)?.length ?? 0;
    for (let gap = before; gap < index; gap += 1) {
      const empty: unknown = as.read('');
      if (empty instanceof Problem) throw this.#fault({ name, place, as }, 'is there, and one before it is blank');
      store(scope, slot, empty);
    }
  }

  surplus(_item: RecordItem, text: string): void {
    this.surpluses[this.#path([])] = text;
  }

  close(): void {
    const frame = this.#frames.at(-1) as Frame;
    const { plan, scope, parts } = frame;
    for (const { path, is } of plan.sets) store(this.value, slotOf([], path), is);
    if (plan.entry !== undefined) this.#putEntry(frame, plan.entry);
    const finding = finishGroup(plan.finish, scope, parts) ?? plan.check?.(scope as never);
    if (finding !== undefined) throw this.#found(finding, frame);
    this.#frames.pop();
  }

  #putEntry({ scope, entry, places }: Frame, { name, text, named, as }: EntryPlan): void {
    const place = places?.get(name);
    const key: unknown = named.read(entry.name ?? '');
    if (key instanceof Problem) throw this.#fault({ name, place, value: entry.name, as: named }, key.says, key.hint);
    const value: unknown = as.read(entry.text ?? '');
    if (value instanceof Problem)
      throw this.#fault({ name: text, place: places?.get(text), value: entry.text, as }, value.says, value.hint);
    if (Object.hasOwn(scope, key as string))
      throw this.#fault({ name, place, value: entry.name, as: named }, 'stands there twice', 'Each name can have one value.');
    putEntry(scope, key as string, value);
  }

  #path(below: readonly string[]): string {
    return [...this.#frames.map(({ step }) => step), ...below].join('/');
  }

  #at(name: string, place: number | undefined): string {
    return [this.#path([name]), ...(place === undefined ? [] : [`${this.#unit} ${place}`])].join(', ');
  }

  #fault({ name, place, value, as }: Told & { readonly as?: AnyTextType }, says: string, hint?: string): Error {
    const shown = value === undefined || as === undefined || as.secret ? '' : quoted(value);
    return recordErrors.WB_RECORD_BAD_VALUE(`${name}${shown} ${says}.`, { at: this.#at(name, place), hint });
  }

  #found({ says, at, hint }: Finding, { plan, places, place }: Frame): Error {
    if (at !== undefined) return this.#fault({ name: at, place: places?.get(at) ?? place }, says, hint);
    const where = [this.#path([]), ...(place === undefined ? [] : [`${this.#unit} ${place}`])].join(', ');
    return recordErrors.WB_RECORD_BAD_VALUE(`${plan.name} ${says}.`, { at: where, hint });
  }

  #missing(name: string, place: number | undefined): Error {
    return recordErrors.WB_RECORD_MISSING_VALUE(`${name} is blank.`, { at: this.#at(name, place), hint: 'A value has to stand there.' });
  }

  #unmapped(name: string, place: number | undefined): Error {
    return recordErrors.WB_RECORD_UNMAPPED(`The message has no meaning for ${name}.`, { at: this.#at(name, place) });
  }
}

interface Told {
  readonly name: string;
  readonly place: number | undefined;
  readonly value?: string | undefined;
  /** Of a field that repeats: which occurrence it is, from 0. */
  readonly index?: number;
}
